"""What the checks of the bank say to people who work at the desk."""

import re
from collections.abc import Iterable, Mapping
from typing import Final

from ..bank.report import Fault
from ..bank.yaml_source import Written
from ..domain.errors import RuleBroken
from ..domain.tibetan import Finding, Level
from ..web.errors import message
from ..web.language import _

FAULTS: Final[Mapping[str, str]] = {
    "audio.other_than_heard": message("This recording is another than the one that was listened to and approved."),
    "audio.approved_by_its_voice": message("Nobody approves a recording of the own voice."),
    "audio.dialect_unknown": message("The bank names no such dialect of this language."),
    "audio.stale": message("The words were changed since this was recorded."),
    "bo.double_space": message("Two spaces one after the other."),
    "bo.double_tsheg": message("Two tshegs one after the other."),
    "bo.forbidden_sign": message("This sign may not be used in Tibetan here."),
    "bo.foreign_sign": message("A sign of another script in the Tibetan."),
    "bo.length_differs": message("The Tibetan is much longer or shorter than the Chinese: is something missing?"),
    "bo.misread": message("Readers took this for something else: say it another way."),
    "bo.missing_tsheg": message("This syllable is too long: a tsheg is missing."),
    "bo.negation_differs": message("One language denies something, the other does not."),
    "bo.nga_needs_tsheg": message("After the letter nga a tsheg stands before the shad."),
    "bo.no_question_particle": message("The Chinese asks; the Tibetan has no interrogative particle at its end."),
    "bo.not_nfc": message("The signs are not in normal order: please type this text anew."),
    "bo.not_translated": message("This is not Tibetan yet."),
    "bo.number_added": message("A number that the Chinese does not have."),
    "bo.number_missing": message("A number of the Chinese is missing."),
    "bo.numbers_in_other_order": message("The numbers stand in another order than in the Chinese."),
    "bo.options_alike": message("Two options are the same in Tibetan."),
    "bo.options_differ_in_number": message("The languages have different numbers of options."),
    "bo.particle_disagrees": message("The particle does not agree with the letter before it."),
    "bo.shad_after_ga": message("After the letters ga and ka there is no shad."),
    "bo.space_after_shad": message("After a shad within the text stands a space."),
    "bo.stem_without_end": message("The stem does not end with a shad."),
    "bo.stray_space": message("A space where none belongs."),
    "bo.term_not_used": message("The glossary has another Tibetan word for this."),
    "bo.tibetan_digit": message("Digits are written 0 to 9."),
    "bo.tsheg_before_digit": message("No tsheg or space before a number."),
    "bo.tsheg_before_shad": message("No tsheg before a shad, except after the letter nga."),
    "bo.unit_missing": message("The unit of this number is missing."),
    "bo.unknown_syllable": message("The dictionary does not know this syllable."),
    "chapter.unknown": message("This subject has no such chapter."),
    "explanation.names_no_source": message("The explanation names none of the articles given as sources."),
    "file.unreadable": message("The question cannot be read."),
    "key.judge_is_right_or_wrong": message("A judge question has no options; it is right or wrong."),
    "key.multiple_has_several": message("A multiple-choice question has at least two right options."),
    "key.names_options": message("The answer names an option that is not there."),
    "key.single_has_one": message("A single-choice question has exactly one right option."),
    "media.alt_names_the_answer": message("What one sees on the picture already says the answer."),
    "media.no_file": message("There is no such picture or recording."),
    "media.not_described": message("Nobody has described this picture yet."),
    "media.tibetan_missing": message(
        "What one sees on the picture is not yet said in Tibetan, or was made from an older Chinese."
    ),
    "option.all_of_them": message("No “all of the above”."),
    "option.needs_text_or_picture": message("An option needs a Chinese text or a picture."),
    "option.picture_has_text": message("An option is a picture or a text, not both."),
    "options.only_three": message("There are only three options."),
    "options.too_few": message("There are too few options: at least three."),
    "question.approved_by_nobody": message("Approved, but by nobody."),
    "question.enemy_unknown": message("There is no such question to be kept apart from."),
    "question.same_stem": message("This question asks in the same words."),
    "question.more_than_two_twins": message("More than two questions have this name for twins."),
    "question.twin_alone": message("No other question has this name for twins."),
    "question.id_of_other_subject": message("The number belongs to the other subject."),
    "question.its_own_enemy": message("A question cannot be kept apart from itself."),
    "question.named_twice": message("Something is named twice."),
    "schema": message("This does not fit here, or is missing."),
    "svg.declaration": message("The drawing declares a document type, entities or instructions."),
    "svg.event_handler": message("The drawing holds a script."),
    "svg.forbidden_element": message(
        "The drawing holds something other than plain shapes; words must be drawn as outlines."
    ),
    "svg.no_view_box": message("The drawing has no viewBox."),
    "svg.outside_reference": message("The drawing loads something from elsewhere."),
    "svg.too_large": message("The drawing is larger than 20 KB."),
    "svg.unreadable": message("The drawing cannot be read."),
    "text.no_chinese": message("The question has no Chinese words."),
    "text.odd_signs": message("There are signs here that cannot be shown."),
    "text.too_long": message("This text is too long."),
    "translation.changed_after_release": message("The Tibetan was changed after it was approved."),
    "translation.missing": message("The Tibetan is missing or not whole."),
    "translation.not_stamped": message("Nobody has said which Chinese this Tibetan was made from."),
    "translation.release_without_reviewer": message("Approved, but by nobody."),
    "translation.stale": message("The Chinese was changed since the Tibetan was made."),
    "zh.has_tibetan": message("There is Tibetan in the Chinese text."),
}


LACKING: Final[Mapping[str, str]] = {  # by the field of the sheet: what it wants where its shape is wrong
    "chapter": message("The chapter is missing."),
    "difficulty": message("The difficulty is 1, 2 or 3."),
    "enemies": message("Numbers of questions belong here, with a space between two, such as s1-road-001."),
    "explanation.zh": message("The explanation is missing."),
    "families": message("No licence class is ticked."),
    "key": message("The right answer is missing."),
    "media": message("Names of pictures belong here, with a space between two, such as signs/stop.svg."),
    "options": message("An option needs a text, or the name of a picture such as signs/stop.svg."),
    "source": message("The law or the article is missing."),
    "stem.zh": message("The question is missing."),
    "twins": message("A name for twins has small Latin letters, digits, - and _, and begins with a letter."),
}
_TIBETAN: Final = re.compile("[\u0f00-\u0fff]")
TEXTS: Final = (("stem", "zh"), ("stem", "bo"), ("explanation", "zh"), ("explanation", "bo"))
_FIELD_OF_KEY: Final[Mapping[str, str]] = {
    "chapter.unknown": "chapter",
    "options.too_few": "options",
    "options.only_three": "options",
    "question.enemy_unknown": "enemies",
    "question.its_own_enemy": "enemies",
    "question.more_than_two_twins": "twins",
    "question.same_stem": "stem.zh",
    "question.twin_alone": "twins",
}


def sentence(fault: Fault) -> str:
    """What a fault says, in the language of the page; one that has no words here stands by its name."""
    said = FAULTS.get(fault.message_key)
    if fault.message_key == "schema":
        said = LACKING.get(_field_of_shape(fault), said)
    return _(said) if said else fault.message_key


def of_picture(finding: Finding) -> dict[str, str]:
    """What is wrong with a picture's Tibetan, as the picture's page shows it."""
    said = FAULTS.get(finding.message_key, finding.message_key)
    return {"level": finding.level.value, "rule": finding.rule, "sentence": _(said), "passage": finding.passage}


def told(written: Written | None, faults: Iterable[Fault]) -> list[dict[str, str]]:
    """Faults as the editor shows them: level, rule, sentence, the passage and its language, and the field of the sheet where it is; each once."""
    found = [
        {
            "level": fault.level.value, "rule": fault.rule, "sentence": sentence(fault),
            "passage": "" if fault.rule == "QB02" else fault.passage, "field": _field_of(written, fault),
            "lang": "bo" if _TIBETAN.search(fault.passage) else "zh-CN",
        }
        for fault in faults
    ]  # fmt: skip
    return [one for place, one in enumerate(found) if one not in found[:place]]


def refusals(broken: RuleBroken, written: Written | None = None) -> list[dict[str, str]]:
    """What a refusal names one by one, as `told` shows faults."""
    named = broken.facts.get("faults", ())
    each = named if isinstance(named, list | tuple) else ()
    others = [{"level": Level.ERROR.value, "rule": "", "sentence": str(one), "passage": "", "field": "", "lang": ""} for one in each if not isinstance(one, Fault)]  # fmt: skip
    return [*told(written, (one for one in each if isinstance(one, Fault))), *others]


def line(one: Mapping[str, str]) -> str:
    """One of them in a line."""
    return " ".join(filter(None, (one["rule"], one["sentence"], one["passage"])))


def _field_of(written: Written | None, fault: Fault) -> str:
    """The field of the sheet that shows a fault; empty for one of the whole question."""
    if fault.message_key in _FIELD_OF_KEY:
        return _FIELD_OF_KEY[fault.message_key]
    if fault.rule == "QB02":
        return _field_of_shape(fault)
    return _field_of_text(written, fault) if written else ""


def _field_of_shape(fault: Fault) -> str:
    """From the way to the part that does not fit, such as "stem.zh: …" or "options.0"; a fault about the answer names none."""
    if fault.message_key.startswith("key."):
        return "key"
    name, _dot, rest = fault.passage.partition(":")[0].partition(".")
    return f"{name}.{rest or 'zh'}" if name in ("stem", "explanation") else name


def _field_of_text(written: Written, fault: Fault) -> str:
    for name, language in TEXTS:
        if fault.line == written.line(name, language):
            return f"{name}.{language}"
    for place, option in enumerate(written.part.options):
        if fault.line == written.line("options", place):
            tibetan = fault.rule.startswith("BO") or fault.message_key.startswith("bo.")
            return f"option.{option.id}.{'bo' if tibetan else 'zh'}"
    return ""
