"""Every reason has its sentence, and every sentence its reason."""

import ast
import re
from pathlib import Path

import examsys.bank.formats as formats
from examsys.bank.formats.reasons import REASONS
from examsys.desk import rows

SOURCES = [*Path(formats.__file__).parent.glob("*.py"), Path(rows.__file__)]
KEY = re.compile(r"^[a-z]+\.[a-z0-9_]+$")


def said_in_code() -> dict[str, set[str] | None]:
    """Every key that the readers, the writers and the desk use, with the facts given to it where that can be seen."""
    found: dict[str, set[str] | None] = {}
    subjects = {key.split(".")[0] for key in REASONS}
    for path in SOURCES:
        if path.name == "reasons.py":
            continue
        nodes = list(ast.walk(ast.parse(path.read_text("utf-8"))))
        for text in (node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)):
            if KEY.match(text) and text.split(".")[0] in subjects:
                found.setdefault(text, None)
        for call in (node for node in nodes if isinstance(node, ast.Call) and node.args):
            key, name = call.args[0], ast.unparse(call.func).split(".")[-1]
            if (
                isinstance(key, ast.Constant)
                and key.value in found
                and name in ("Refused", "refuse", "give_up", "warn")
            ):
                found[str(key.value)] = {str(word.arg) for word in call.keywords} - {"cell", "row"}
    return found


def test_every_reason_has_its_sentence() -> None:
    assert said_in_code().keys() - REASONS.keys() == set()


def test_every_sentence_has_its_reason() -> None:
    assert REASONS.keys() - said_in_code().keys() == set()


def test_a_sentence_names_only_facts_that_are_given() -> None:
    named = {key: set(re.findall(r"%\((\w+)\)s", text)) for key, text in REASONS.items()}
    short = {
        key: named[key] - facts
        for key, facts in said_in_code().items()
        if facts is not None and "None" not in facts and named[key] - facts
    }
    assert short == {}
