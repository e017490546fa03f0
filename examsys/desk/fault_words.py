"""What the checks of the bank say to people who work at the desk."""

from collections.abc import Mapping
from typing import Final

from ..bank.report import Fault
from ..bank.yaml_source import Written
from ..domain.tibetan import Finding
from ..web.errors import message
from ..web.language import _

FAULTS: Final[Mapping[str, str]] = {
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
    "translation.changed_after_release": message("The Tibetan was changed after it was approved."),
    "translation.missing": message("The Tibetan is missing or not whole."),
    "translation.not_stamped": message("Nobody has said which Chinese this Tibetan was made from."),
    "translation.release_without_reviewer": message("Approved, but by nobody."),
    "translation.stale": message("The Chinese was changed since the Tibetan was made."),
    "zh.has_tibetan": message("There is Tibetan in the Chinese text."),
}


def sentence(fault: Fault) -> str:
    """What a fault says, in the language of the page; one that has no words here stands by its name."""
    return _(FAULTS[fault.message_key]) if fault.message_key in FAULTS else fault.message_key


def of_picture(finding: Finding) -> dict[str, str]:
    """What is wrong with a picture's Tibetan, as the picture's page shows it."""
    said = FAULTS.get(finding.message_key, finding.message_key)
    return {"level": finding.level.value, "rule": finding.rule, "sentence": _(said), "passage": finding.passage}


FIELDS: Final = (("stem", "zh"), ("stem", "bo"), ("explanation", "zh"), ("explanation", "bo"))


def told(written: Written | None, fault: Fault) -> dict[str, str]:
    """A fault as the editor shows it: level, rule, sentence, the passage, and the field of the sheet where it is."""
    field = _field_of(written, fault) if written else ""
    return {
        "level": fault.level.value, "rule": fault.rule, "sentence": sentence(fault), "passage": fault.passage, "field": field,
    }  # fmt: skip


def _field_of(written: Written, fault: Fault) -> str:
    for name, language in FIELDS:
        if fault.line == written.line(name, language):
            return f"{name}.{language}"
    for place, option in enumerate(written.part.options):
        if fault.line == written.line("options", place):
            return f"option.{option.id}.{'bo' if fault.rule.startswith('BO') else 'zh'}"
    return ""
