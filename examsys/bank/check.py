"""Everything that must hold across the bank before it may be released: `check_bank`."""

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator
from datetime import date
from math import ceil
from pathlib import Path

from examsys.bank.alike import alike, alike_faults, counted_once
from examsys.bank.articles import article_faults
from examsys.bank.blueprints import blueprints_on
from examsys.bank.guessing import guessing_figures, helped_guessers
from examsys.bank.languages import lexicon_of, picture_faults, translation_faults
from examsys.bank.naming import is_named
from examsys.bank.report import Fault, Report, in_order
from examsys.bank.svg import svg_faults, words_of
from examsys.bank.yaml_source import BankSource, Written, missing_media, read_bank, repeated_ids
from examsys.domain.bank import Kind, Question, is_read_back, words_hash
from examsys.domain.filling import Cell
from examsys.domain.paper import Blueprint, Pool, check_drawable, gather
from examsys.domain.spoken import STEM, spoken_texts
from examsys.domain.tibetan import Level, Lexicon

DICTIONARY = Path("/usr/share/hunspell/bo.dic")
"""Where Debian's hunspell-bo lies; without it the spelling of Tibetan is reported as not checked."""

RESERVE = 3.0
"""How many times what a paper draws each cell must hold."""

LONGEST = 1_200
"""Characters of one text; ours stay below 700, and a terminal scrolls from about 300."""

_ODD = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ue000-\uf8ff]")  # controls, separators, private use
_HAN = re.compile("[\u4e00-\u9fff]")
_ALL_OF_THEM = re.compile("(以上|上述|前述)(各项|几项|选项)?(都|全部|全|均|皆)")
_PREFIX = {"subject1": "s1-", "subject3": "s3-"}


def check_bank(folder: Path, dictionary: Path = DICTIONARY, day: date | None = None) -> Report:
    """All faults of the bank in `folder`. `day` chooses the blueprints (default: the newest); nothing is written."""
    bank = read_bank(folder)
    faults = [*bank.faults, *repeated_ids(bank), *group_faults(bank.written), *_media_faults(bank)]
    lexicon = lexicon_of(bank.lexicon, bank.glossary, dictionary)
    if lexicon.known is None:
        faults.append(Fault("lexicon.yaml", 1, "", "BO18", Level.NOTE, "bo.spelling_not_checked", str(dictionary)))
    faults += picture_faults(bank, lexicon)
    for written in bank.written:
        faults += faults_of(written, bank, lexicon)
    blueprints = blueprints_on(bank.blueprints, day or date.max)
    pairs = alike(bank.written)
    once = counted_once(pairs)
    faults += alike_faults(pairs)
    faults += [fault for blueprint in blueprints for fault in _cell_faults(bank, blueprint, once)]
    faults += helped_guessers(bank)
    return Report(in_order(faults), _figures(bank, blueprints, once))


def faults_of(written: Written, bank: BankSource, lexicon: Lexicon) -> list[Fault]:
    """What is wrong with one question by itself."""
    return [
        *missing_media(written, bank),
        *_undescribed(written, bank),
        *_question_faults(written),
        *_audio_faults(written, bank),
        *article_faults(written),
        *translation_faults(written, lexicon),
    ]


def fault_at(written: Written, rule: str, level: Level, key: str, passage: str, *path: str | int) -> Fault:
    """A fault at a field of a question."""
    return Fault(written.document.file, written.line(*path), written.question.id, rule, level, key, passage)


def _question_faults(written: Written) -> Iterator[Fault]:
    question = written.question
    if not question.id.startswith(_PREFIX[question.subject]):
        yield fault_at(written, "QB03", Level.ERROR, "question.id_of_other_subject", question.subject, "id")
    for place, option in enumerate(question.options):
        if option.text and _ALL_OF_THEM.search(option.text.zh):
            yield fault_at(written, "QB04", Level.ERROR, "option.all_of_them", option.text.zh, "options", place)
    yield from _odd_texts(written)
    if question.kind is not Kind.JUDGE and len(question.options) < 4:
        yield fault_at(written, "QB04", Level.NOTE, "options.only_three", "", "options")
    yield from _given_away(written)


def _odd_texts(written: Written) -> Iterator[Fault]:
    """Texts that no terminal could show: too long, without a word of their language, or with signs that are no signs."""
    question = written.question
    named = [("stem", question.stem), ("explanation", question.explanation)]
    named += [("options", option.text) for option in question.options if option.text]
    for field, text in named:
        for words in (text.zh, text.bo):
            if len(words) > LONGEST:
                yield fault_at(written, "QB04", Level.ERROR, "text.too_long", f"{len(words)} > {LONGEST}", field)
            if odd := [f"U+{ord(sign):04X}" for sign in _ODD.findall(words)]:
                yield fault_at(written, "QB04", Level.ERROR, "text.odd_signs", " ".join(odd[:5]), field)
    if not _HAN.search(question.stem.zh):
        yield fault_at(written, "QB04", Level.ERROR, "text.no_chinese", question.stem.zh[:40], "stem")


def _audio_faults(written: Written, bank: BankSource) -> Iterator[Fault]:
    """Recordings in a dialect that the bank does not name or in its other language, and voices that approved themselves."""
    known = {dialect.slug: dialect.language for dialect in bank.dialects}
    for spoken in spoken_texts(written.question):
        field = "audio" if spoken.place == STEM else "options"
        for one in spoken.recordings:
            if known.get(one.dialect) != one.language:
                yield fault_at(
                    written, "QB13", Level.ERROR, "audio.dialect_unknown", f"{spoken.place} {one.dialect}", field
                )
            if one.approved_by and one.approved_by == one.speaker:
                yield fault_at(written, "QB13", Level.ERROR, "audio.approved_by_its_voice", one.path, field)
            if one.heard and one.heard != one.sha256:
                yield fault_at(written, "QB13", Level.ERROR, "audio.other_than_heard", one.path, field)
            if one.of != words_hash(spoken.words(one.language)):
                yield fault_at(written, "QB13", Level.NOTE, "audio.stale", f"{spoken.place} {one.dialect}", field)


def _undescribed(written: Written, bank: BankSource) -> Iterator[Fault]:
    """Pictures of which nobody has said what one sees: not at all, or not in Tibetan from the Chinese as it stands."""
    part = written.part
    for path in (*part.media, *(option.picture for option in part.options if option.picture)):
        lacks = bank.media[path].alt.lacks if path in bank.media else ""
        field = "media" if path in part.media else "options"
        if lacks == "zh":
            yield fault_at(written, "QB05", Level.ERROR, "media.not_described", path, field)
        elif lacks == "bo":
            yield fault_at(written, "QB11", Level.ERROR, "media.tibetan_missing", path, field)


def _given_away(written: Written) -> Iterator[Fault]:
    """Where the picture's description says in words what is asked, a candidate need not look at the picture."""
    right = [option.text.zh for option in written.question.options if option.id in written.question.key and option.text]
    for medium in written.question.media:
        for text in right:
            if len(text) > 1 and text in medium.alt.zh:
                yield fault_at(written, "QB12", Level.WARNING, "media.alt_names_the_answer", text, "media")


def group_faults(questions: Collection[Written]) -> Iterator[Fault]:
    """Enemies that do not exist, twins without a second, more than two on one fact, equal stems (said of the later one)."""
    ids = {written.question.id for written in questions}
    groups = Counter(written.question.twins for written in questions if written.question.twins)
    stems: dict[tuple[str, tuple[str, ...]], str] = {}
    for written in questions:
        question = written.question
        for enemy in question.enemies:
            if enemy not in ids:
                yield fault_at(written, "QB07", Level.ERROR, "question.enemy_unknown", enemy, "enemies")
        if question.twins and groups[question.twins] == 1:
            yield fault_at(written, "QB07", Level.WARNING, "question.twin_alone", question.twins, "twins")
        if question.twins and groups[question.twins] > 2:
            yield fault_at(written, "QB07", Level.ERROR, "question.more_than_two_twins", question.twins, "twins")
        same = question.stem.zh, tuple(medium.path for medium in question.media)
        first = stems.setdefault(same, question.id)
        if first != question.id:
            yield fault_at(written, "QB07", Level.WARNING, "question.same_stem", first, "stem")


def _media_faults(bank: BankSource) -> Iterator[Fault]:
    """Drawings that are unsafe or say what they mean, descriptions without a file, files without a description."""

    def fault(path: str, rule: str, level: Level, key: str, passage: str = "") -> Fault:
        if path in bank.media and bank.media_document:
            return Fault(
                "media/media.yaml", bank.media_document.line([path]), "", rule, level, key, f"{path} {passage}".strip()
            )
        return Fault(f"media/{path}", 1, "", rule, level, key, passage)

    for path, part in bank.media.items():
        if path not in bank.media_hashes:
            yield fault(path, "QB05", Level.ERROR, "media.no_file")
        if part.shows.zh in part.alt.zh:
            yield fault(path, "QB12", Level.WARNING, "media.alt_names_the_meaning", part.shows.zh)
    for path in bank.media_hashes:
        if path.endswith(".svg"):
            content = (bank.folder / "media" / path).read_bytes()
            for key, passage in svg_faults(content):
                yield fault(path, "QB06", Level.ERROR, key, passage)
            if path in bank.media and bank.media[path].shows.zh in words_of(content):
                yield fault(path, "QB12", Level.WARNING, "svg.names_the_meaning", bank.media[path].shows.zh)
            if path not in bank.media:
                yield fault(path, "QB05", Level.WARNING, "media.not_described")


def _cell_faults(bank: BankSource, blueprint: Blueprint, once: Collection[str]) -> Iterator[Fault]:
    """Cells of the blueprint with too little to choose from, or from which no paper can be drawn at all."""
    pool = gather(blueprint, {written.question.id: written.question for written in bank.written}.values())
    counts = _counts(pool, once)
    factor = 1.0 if blueprint.demonstration else RESERVE
    small: set[Cell] = set()
    for cell, count in blueprint.needs.items():
        have, need = counts[cell], ceil(count * factor)
        if have < need:
            small.add(cell)
            yield _cell_fault("bank.cell_too_small", blueprint, cell, have, need)
    for missing in check_drawable(blueprint, pool):
        cell = (missing.chapter, missing.kind.value)
        if cell not in small:
            yield _cell_fault("paper.cell_missing", blueprint, cell, missing.have, missing.need)


def _cell_fault(key: str, blueprint: Blueprint, cell: Cell, have: int, need: int) -> Fault:
    passage = f"{blueprint.name} {cell[0]} {cell[1]} {have}/{need}"
    return Fault("blueprints.yaml", 1, "", "QB08", Level.ERROR, key, passage)


def _with_scene(questions: list[Question], subject: str) -> str:
    """How many questions of a subject show a scene with road users, of how many."""
    own = [question for question in questions if question.subject == subject]
    return (
        f"{sum(any(medium.path.startswith('scenes/') for medium in question.media) for question in own)} of {len(own)}"
    )


def _counts(pool: Pool, once: Collection[str]) -> dict[Cell, int]:
    """How many questions each cell has; what is nearly another one does not count beside it."""
    return {cell: sum(name not in once for name in names) for cell, names in pool.cells.items()}


def _cells(bank: BankSource, blueprint: Blueprint, once: Collection[str]) -> dict[str, dict[str, list[int]]]:
    """By chapter and kind: how many questions there are, and how many a paper draws."""
    pool = gather(blueprint, {written.question.id: written.question for written in bank.written}.values())
    have, table = _counts(pool, once), dict[str, dict[str, list[int]]]()
    for cell, need in blueprint.needs.items():
        table.setdefault(cell[0], {})[cell[1]] = [have[cell], need]
    return table


def _figures(bank: BankSource, blueprints: tuple[Blueprint, ...], once: Collection[str]) -> dict[str, object]:
    questions = [written.question for written in bank.written]

    def count(name: Callable[[Written], str]) -> dict[str, int]:
        return dict(sorted(Counter(map(name, bank.written)).items()))

    pictured = [
        question for question in questions if question.media or any(option.picture for option in question.options)
    ]
    return {
        "questions": len(questions),
        "by_cell": count(
            lambda written: f"{written.question.subject} {written.question.chapter} {written.question.kind}"
        ),
        "nearly_another": len(once),
        "with_picture": len(pictured),
        "with_scene": {subject: _with_scene(questions, subject) for subject in _PREFIX},
        "picture_options": sum(any(option.picture for option in question.options) for question in questions),
        "pictures": len(bank.media),
        "pictures_named_alone": sum(is_named(bank, path) for path in bank.media),
        "one_class_only": dict(Counter(q.families[0] for q in questions if len(q.families) == 1)),
        "read_back": sum(is_read_back(question, "bo") for question in questions),
        "cells": {
            blueprint.name: _cells(bank, blueprint, once) for blueprint in blueprints if not blueprint.demonstration
        },
        "translations": dict(Counter(t.state for q in questions for t in q.translations.values())),
        "blueprints": [blueprint.name for blueprint in blueprints],
        **guessing_figures(questions),
    }
