"""From a draft to an outcome: what the bank's rules ask of a question, and what may still be missing."""

import re
from collections.abc import Callable, Mapping
from typing import TypeVar

from examsys.domain.bank import JUDGE_OPTIONS, Kind, Text

from ..words import SUBJECT_OF
from .drafts import Draft, DraftOption, Picture, Shown
from .exchange import LETTERS, LIMITS, NO_TEXT, Choice, Limits, Outcome, Refused, Row
from .headings import OWN, chapter_of, difficulty_of, families_of, kind_of, subject_of
from .keys import KeyFault, KeyStyle, judge_word, read_choice, read_judge
from .pictures import find, from_data, picture_faults, rightly_named, type_of
from .texts import narrow, plain, tidy

Value = TypeVar("Value")
_LONGEST_ID = 100
_NOT_IN_NAMES = re.compile(r"[\s;；,，|<>\"'&?#%]+")  # they separate names in cells or mean something in addresses
FEWEST_OPTIONS = 3
"""Options of a choice question, as the shape of the bank has it (`bank/schema.py`)."""


def examine(
    draft: Draft, media: Mapping[str, bytes], keys: KeyStyle = KeyStyle.WORDS, limits: Limits = LIMITS
) -> Outcome:
    """What becomes of one draft; `media` are the pictures that came with the file or that the bank has already."""
    row = _as_it_stands(draft) if draft.given_up else _Examination(draft, media, keys, limits).row()
    refusals = tuple(draft.refusals)
    return Outcome(draft.place, None if refusals else row, tuple(draft.warnings), refusals, row)


def _as_it_stands(draft: Draft) -> Row:
    """What people are shown of a question that could not be read."""
    options = zip(LETTERS, draft.options, strict=False)
    return Row(
        kind=Kind.SINGLE,
        stem=Text(draft.zh[: LIMITS.text], draft.bo[: LIMITS.text]),
        key=frozenset(),
        options=tuple(Choice(letter, Text(option.zh[: LIMITS.text], option.bo)) for letter, option in options),
        origin=draft.place,
    )


class _Examination:
    def __init__(self, draft: Draft, media: Mapping[str, bytes], keys: KeyStyle, limits: Limits) -> None:
        self.draft, self.media, self.keys, self.limits = draft, media, keys, limits
        self.taken: dict[str, bytes] = {}

    def row(self) -> Row:
        """The row as far as it can be made; whoever refuses a draft does not look at it."""
        draft = self.draft
        stem = Text(self.words(draft.zh, "zh"), self.words(draft.bo, "bo"))
        if not stem.zh:
            draft.refuse("stem.missing", "zh")
        options = self.options()
        kind = self.kind(options)
        key = self.key(kind, options)
        if kind is Kind.JUDGE:
            options = []
        self.check(kind, options, key)
        subject, chapter = self.subject_and_chapter()
        row = Row(
            kind=kind,
            stem=stem,
            key=key,
            options=tuple(options),
            explanation=Text(
                self.words(draft.explanation_zh, "explanation_zh"), self.words(draft.explanation_bo, "explanation_bo")
            ),
            subject=subject,
            chapter=chapter,
            families=self.word("families", families_of) or (),
            difficulty=self.word("difficulty", difficulty_of) or 0,
            sources=tuple(draft.sources),
            fixed_order=draft.fixed_order and kind is not Kind.JUDGE,
            pictures=tuple(dict.fromkeys(filter(None, (self.picture(name, "pictures") for name in draft.pictures)))),
            media=self.taken,
            id=self.name(),
            origin=draft.place,
        )
        self.note_gaps(row)
        return row

    def words(self, text: str, of: str) -> str:
        """A text as the bank can hold it; what was changed is warned of."""
        if len(text) > self.limits.text:
            self.draft.refuse("text.too_long", of, most=str(self.limits.text))
            return ""
        bare = text if self.draft.literal else plain(text)
        if bare != text:
            self.draft.warn("text.markup_removed", of)
        ascii_signs = narrow(bare)
        if ascii_signs != bare:
            self.draft.warn("text.full_width", of)
        return tidy(ascii_signs)

    def name(self) -> str:
        """The id that the file gives; it is compared with those of the bank, so only its length matters here."""
        if len(self.draft.id) > _LONGEST_ID:
            self.draft.refuse("text.too_long", "id", most=str(_LONGEST_ID))
            return ""
        return tidy(self.draft.id)

    def options(self) -> list[Choice]:
        """The options with their letters: those the file names, else by order."""
        drafts = self.draft.options
        if len(drafts) > len(LETTERS):
            self.draft.refuse("options.too_many", most=str(len(LETTERS)))
            return []
        named = [option.letter for option in drafts]
        own = all(letter in LETTERS and letter for letter in named) and len(set(named)) == len(named)
        letters = named if own else list(LETTERS[: len(drafts)])
        if own and sorted(letters) != list(LETTERS[: len(letters)]):
            self.draft.warn("options.gap", f"{max(letters)}_zh")
        return [self.option(option, letter) for option, letter in zip(drafts, letters, strict=True)]

    def option(self, option: DraftOption, letter: str) -> Choice:
        """One option; where there is a picture it has no text of its own."""
        of = f"{letter}_zh" if f"{letter}_zh" in self.draft.cells else "options_zh"
        words = Text(self.words(option.zh, of), self.words(option.bo, of))
        if not option.picture:
            return Choice(letter, words)
        if words.zh or words.bo:
            self.draft.warn("option.text_beside_picture", of)
        return Choice(letter, NO_TEXT, self.picture(option.picture, of) or "")

    def kind(self, options: list[Choice]) -> Kind:
        """The kind that the file says, else the one that options and key show."""
        draft = self.draft
        if draft.kind.strip():
            said = kind_of(draft.kind)
            if said is None:
                draft.refuse("kind.unsupported", "kind", text=draft.kind.strip()[:40])
            else:
                return said
        judged = {judge_word(option.text.zh) for option in options}
        if judged == set(JUDGE_OPTIONS) and len(options) == 2:
            return Kind.JUDGE
        if not options and (draft.right or judge_word(draft.key)):
            return Kind.JUDGE
        try:
            right = draft.right if draft.right is not None else self.choice_key(options)
        except KeyFault:
            return Kind.SINGLE
        return Kind.MULTIPLE if len(right) > 1 else Kind.SINGLE

    def key(self, kind: Kind, options: list[Choice]) -> frozenset[str]:
        """What is right, as option ids or `right` and `wrong`."""
        draft = self.draft
        try:
            if kind is Kind.JUDGE:
                return self.judge_key(options)
            right = draft.right if draft.right is not None else self.choice_key(options)
            if not right:
                raise KeyFault("key.missing")
            if not right <= {option.id for option in options}:
                raise KeyFault("key.beyond_options")
        except KeyFault as fault:
            draft.refuse(fault.args[0], "key", text=draft.key.strip()[:40])
            return frozenset()
        return right

    def choice_key(self, options: list[Choice]) -> frozenset[str]:
        return read_choice(narrow(self.draft.key), self.keys, [(option.id, option.text.zh) for option in options])

    def judge_key(self, options: list[Choice]) -> frozenset[str]:
        """The key of a judge question, whose two options may stand there in words, in either order."""
        words = {option.id: judge_word(option.text.zh) for option in options}
        if options and set(words.values()) != set(JUDGE_OPTIONS):
            self.draft.refuse("options.not_of_judge", "a_zh")
            return frozenset()
        right = self.draft.right
        if right is None and options and judge_word(self.draft.key) is None:
            right = self.choice_key(options)
        if right is None:
            return read_judge(self.draft.key, self.keys)
        said = {words.get(name, name) for name in right}
        if len(said) != 1 or not said <= set(JUDGE_OPTIONS):
            raise KeyFault("key.missing" if not said else "key.unreadable")
        return frozenset(str(word) for word in said)

    def check(self, kind: Kind, options: list[Choice], key: frozenset[str]) -> None:
        """What the bank asks of options and key."""
        draft = self.draft
        if kind is Kind.JUDGE:
            return
        if len(options) < FEWEST_OPTIONS and not any(reason.key == "options.too_many" for reason in draft.refusals):
            draft.refuse("options.too_few", "a_zh", least=str(FEWEST_OPTIONS))
        if any(not (option.text.zh or option.picture) for option in options):
            draft.refuse("option.empty", "a_zh")
        seen = [option.text.zh or option.picture for option in options]
        if len(set(seen)) < len(seen):
            draft.refuse("options.equal", "a_zh")
        if kind is Kind.SINGLE and len(key) > 1:
            draft.refuse("key.single_has_several", "key", text=", ".join(sorted(key)).upper())
        if kind is Kind.MULTIPLE and len(key) == 1:
            draft.refuse("key.multiple_has_one", "key")

    def picture(self, shown: Shown, of: str) -> str | None:
        """The name under which a picture is taken, one for each picture of the question; None if it is refused."""
        picture = shown if isinstance(shown, Picture) else self.named(shown, of)
        if picture is None:
            return None
        content = picture.content
        for key, passage in picture_faults(content, self.limits):
            self.draft.refuse(key, of, name=picture.name[:80], text=passage)
            return None
        true_name = rightly_named(picture.name, type_of(content))
        if true_name != picture.name:
            self.draft.warn("picture.other_type", of, name=picture.name[:80], kind=type_of(content))
        for name, known in self.taken.items():
            if known == content:
                return name
        true_name = _NOT_IN_NAMES.sub("_", true_name)
        while true_name in self.taken:
            true_name = f"_{true_name}"
        self.taken[true_name] = content
        return true_name

    def named(self, reference: str, of: str) -> Picture | None:
        """The picture that a reference means: one in the text itself, else one that came with the file or that the bank has."""
        try:
            content = from_data(reference)
        except Refused as broken:
            self.draft.refuse(broken.key, of)
            return None
        if content is not None:
            return Picture(f"picture.{type_of(content)}", content)
        known = find(reference, self.media)
        if known is None:
            self.draft.refuse("picture.missing", of, name=reference[:80])
            return None
        return Picture(known, self.media[known])

    def word(self, of: str, meaning: Callable[[str], Value | None]) -> Value | None:
        """The value that a word of the file means; an unknown word is warned of and left out."""
        written = str(getattr(self.draft, of)).strip()
        if not written:
            return None
        found = meaning(tidy(narrow(written)))
        if found is None:
            self.draft.warn("word.unknown", of, text=written[:40])
        return found

    def subject_and_chapter(self) -> tuple[str, str]:
        """As the file says; of a chapter follows the subject, and another subject beside it is refused."""
        subject, chapter = self.word("subject", subject_of) or "", self.word("chapter", chapter_of) or ""
        of_chapter = SUBJECT_OF.get(chapter, "")
        if subject and of_chapter and subject != of_chapter:
            self.draft.refuse("row.chapter_of_other_subject", "chapter", text=self.draft.chapter.strip()[:40])
        return of_chapter or subject, chapter

    def note_gaps(self, row: Row) -> None:
        """What the bank needs of a question and the file does not say."""
        gaps = [name for name in ("subject", "chapter", "families", "difficulty", "sources") if not getattr(row, name)]
        if not row.explanation.zh:
            gaps.append("explanation_zh")
        if gaps:
            self.draft.warn("row.incomplete", fields="、".join(OWN[name] for name in gaps))
        if any(not source.article for source in row.sources):
            self.draft.warn("source.no_article", "sources")
        texts = [row.stem, *(option.text for option in row.options if option.text.zh)]
        translated = [bool(text.bo) for text in texts]
        if any(translated) and not all(translated):
            self.draft.warn("row.partly_tibetan")
