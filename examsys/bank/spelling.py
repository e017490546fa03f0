"""The Tibetan spelling dictionary of hunspell, where a machine has it."""

from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any


def dictionary_lookup(path: Path) -> Callable[[str], bool] | None:
    """A test whether a syllable is spelt well, from the UTF-8 `.dic` file at `path` and the `.aff` beside it.

    None where the files, or the library that reads them (only authors and tests have it), are not there.
    """
    try:
        from spylls.hunspell import Dictionary  # type: ignore[import-untyped]
        from spylls.hunspell.readers import read_aff, read_dic  # type: ignore[import-untyped]
        from spylls.hunspell.readers.file_reader import BaseReader  # type: ignore[import-untyped]

        rules, words = path.with_suffix(".aff").read_text("utf-8"), path.read_text("utf-8")
    except (ImportError, OSError):
        return None

    def reader(text: str) -> Any:
        """From memory: the library's own reader leaves files open."""
        lines = BaseReader(StringIO(text))
        lines.reset_encoding = lambda encoding: None
        return lines

    affixes, context = read_aff(reader(rules))
    lookup: Callable[[str], bool] = Dictionary(affixes, read_dic(reader(words), aff=affixes, context=context)).lookup
    return lookup
