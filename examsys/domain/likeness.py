"""How alike two questions are worded, and the pairs of a bank that are too much alike.

Compared are texts that `wording` makes: the bare characters of a Chinese stem, and where the stem alone says little
(下列哪个标志…, 图中…) the options and pictures too. The measure is the indel similarity of two texts: twice the length of
their longest common subsequence through the sum of their lengths, from 0 to 1.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from hashlib import sha256
from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import Indel

CUTOFF = 0.8
"""From here on two questions count as one (issue: near-duplicates are enemies and count once)."""

_NOT_WORDS = re.compile(r"[\W_]+")
_SAYS_LITTLE = re.compile("下列|以下|下面|下图|哪个|哪项|哪种|哪一|哪些")
_FEW = 10  # characters of a stem below which its options are part of what is asked
_ROUNDING = 1e-9  # the search computes with distances: 1 - 0.8 is a little less than 0.2
_PRIVATE, _PRIVATE_SIZE = 0xE000, 0x1900  # the private use area: no stem has these characters


class Pair(NamedTuple):
    """Two places of the list that was searched, the earlier first, and how alike they are (0 to 1)."""

    first: int
    second: int
    likeness: float


def wording(stem: str, options: Iterable[str] = (), pictures: Iterable[str] = ()) -> str:
    """What is compared of a question: `options` are its Chinese texts, `pictures` names or hashes of all its pictures.

    Options count in any order, and only where the stem is a formula that many questions share. A picture weighs a good
    third of the words, so that the same sentence about another picture stays below the cut-off.
    """
    text = bare(stem)
    if len(text) < _FEW or _SAYS_LITTLE.search(stem):
        text += "".join(sorted(map(bare, options)))
    shown = sorted(set(pictures))
    length = (len(text) + 2 * len(shown)) // (2 * len(shown)) if shown else 0
    return text + "".join(_drawn(picture, max(length, 3)) for picture in shown)


def bare(text: str) -> str:
    """A text without punctuation, spaces, width and case: what remains when two people type the same sentence."""
    return _NOT_WORDS.sub("", unicodedata.normalize("NFKC", text).casefold())


def likeness(one: str, other: str) -> float:
    """How alike two wordings are, from 0 to 1."""
    return Indel.normalized_similarity(one, other)


def near_duplicates(texts: Sequence[str], cutoff: float = CUTOFF, known: int = 0) -> list[Pair]:
    """All pairs of wordings with at least this likeness, in the order of the list; empty texts are like nothing.

    The first `known` texts are not compared with one another. 5,000 take a few seconds of CPU.
    """
    order = sorted((place for place, text in enumerate(texts) if text), key=lambda place: len(texts[place]))
    ordered = [texts[place] for place in order]
    lengths = list(map(len, ordered))
    pairs: list[Pair] = []
    end = 0
    for here, text in enumerate(ordered):
        # Of two texts with likeness c the longer has at most (2 - c) / c times the length of the shorter.
        longest = lengths[here] * (2 - cutoff) / cutoff + _ROUNDING
        while end < len(ordered) and lengths[end] <= longest:
            end += 1
        found = process.extract(
            text,
            ordered[here + 1 : end],
            scorer=Indel.normalized_similarity,
            processor=None,
            score_cutoff=cutoff - _ROUNDING,
            limit=None,
        )
        for _, score, offset in found:
            first, second = sorted((order[here], order[here + 1 + offset]))
            if second >= known and score >= cutoff:
                pairs.append(Pair(first, second, score))
    return sorted(pairs)


def _drawn(picture: str, length: int) -> str:
    """A picture as `length` characters that only this picture has."""
    seed, signs = sha256(picture.encode()).digest(), ""
    for number in range(length):
        part = sha256(seed + number.to_bytes(2, "big")).digest()
        signs += chr(_PRIVATE + int.from_bytes(part[:4], "big") % _PRIVATE_SIZE)
    return signs
