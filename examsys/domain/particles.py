"""Which form of a Tibetan particle may follow which syllable. The last letter decides, so this is checked mechanically.

Only forms that are particles and hardly anything else are judged: དེ is also "that", ཞིང a field, ལམ a road.
"""

from collections.abc import Sequence

_OPEN = ""  # ends in a vowel, or in the silent འ
_AFTER: dict[str, frozenset[str]] = {
    **dict.fromkeys(["གི", "གིས"], frozenset("གང")),
    **dict.fromkeys(["ཀྱི", "ཀྱིས"], frozenset("དབས")),
    **dict.fromkeys(["གྱི", "གྱིས"], frozenset("ནམརལ")),
    **dict.fromkeys(["ཡི", "ཡིས", "རུ"], frozenset([_OPEN])),
    "ཏུ": frozenset("གབ"),
    "དུ": frozenset("ངདནམརལ"),
    "སུ": frozenset("ས"),
    "ཏེ": frozenset("ནརལས"),
    "སྟེ": frozenset([*"གངབམ", _OPEN]),
    "ཀྱང": frozenset("གདབས"),
    "ཅིང": frozenset("གདབ"),
}
_ALWAYS_WRONG_ALONE = frozenset(["འི", "འིས", "འམ", "འང"])  # they are written onto the syllable before, without a tsheg
ALSO_WORDS = frozenset(["སུ", "དུ", "རུ", "འམ", "འང"])
"""Particles that may also be words (who, smoke, horn) or that some write apart, so that a disagreement need not be a fault."""

_FIXED_WORDS = frozenset([("ཀུན", "ཏུ"), ("ཤིན", "ཏུ"), ("ཟིན", "ཀྱང"), ("འོན", "ཀྱང")])  # after an old final ད
_QUESTION = dict(zip(["གམ", "ངམ", "དམ", "ནམ", "བམ", "མམ", "རམ", "ལམ", "སམ"], "གངདནབམརལས", strict=True))
_BASES = range(0x0F40, 0x0F6D)


def last_letter(syllable: str) -> str:
    """The final consonant of a syllable, or "" where it ends in a vowel (པ, སྒོ, མདའ)."""
    last = syllable[-1]
    alone = not any(ord(sign) in _BASES for sign in syllable[:-1])
    return _OPEN if ord(last) not in _BASES or last == "འ" or alone else last


def agrees(before: str, particle: str) -> bool:
    """Whether `particle` has the form that it takes after the syllable `before`; True for all that is no particle."""
    if particle in _ALWAYS_WRONG_ALONE:
        return False
    allowed = _AFTER.get(particle)
    return allowed is None or last_letter(before) in allowed or (before, particle) in _FIXED_WORDS


def is_question_particle(ending: Sequence[str]) -> bool:
    """Whether the last of the syllables `ending` makes a question, in the form that the one before it asks for."""
    if not ending:
        return False
    last = ending[-1]
    if last.endswith("འམ") and last != "འམ":
        return True
    if len(ending) < 2:
        return False
    return last == "ཏམ" or _QUESTION.get(last) == last_letter(ending[-2])
