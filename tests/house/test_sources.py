"""The house's own text: one place commits, one reads time, nothing grows out of hand, nothing names this machine."""

import ast
import re
import subprocess
from pathlib import Path

import pytest

from examsys.web.errors import HTTP_KEYS, PROBLEMS
from tests.house.sources import ROOT, calls, functions, modules, name_of

MOST_LINES, MOST_IN_FUNCTION = 300, 40
# Longer than the budget, each with its excuse; the number is what it may grow to.
LONG_FILES = {
    "examsys/exam/verify.py": (345, "one pass over the attempts"),
}
LONG_FUNCTIONS = {
    "examsys/exam/service.py start": (45, "step, row and entry of one act"),
}
COMMIT = re.compile(r"\.(commit|begin_nested)$|^(BEGIN|COMMIT)")
TIME = {"time.time", "time.monotonic", "time.monotonic_ns", "time.perf_counter", "time.time_ns", "datetime.now", "datetime.utcnow",
        "datetime.today", "date.today", "datetime.datetime.now", "datetime.date.today", "time.sleep", "sleep"}  # fmt: skip
NO_MODULE = {"utils", "helpers", "common", "base", "manager", "managers", "misc", "util", "helper"}


def test_only_db_commits() -> None:
    found = [
        f"{name_of(path)}:{call.lineno} {name}"
        for path, tree in modules()
        for name, call in calls(tree)
        if re.search(r"\.commit$", name) and name_of(path) not in ("examsys/db.py", "examsys/migrations/__init__.py")
    ]
    assert found == []


def test_only_clock_reads_the_time() -> None:
    found = []
    for path, tree in modules():
        if name_of(path) == "examsys/clock.py":
            continue
        found += [f"{name_of(path)}:{call.lineno} {name}" for name, call in calls(tree) if name in TIME - {"sleep"}]
        for node in ast.walk(tree):
            if isinstance(node, ast.Import) and any(alias.name == "time" for alias in node.names):
                found.append(f"{name_of(path)}:{node.lineno} import time")
            if isinstance(node, ast.ImportFrom) and node.module == "time":
                found.append(f"{name_of(path)}:{node.lineno} from time import")
    assert found == []


def test_files_keep_their_size() -> None:
    found = []
    for path, _ in modules():
        lines, name = len(path.read_text("utf-8").splitlines()), name_of(path)
        if lines > LONG_FILES.get(name, (MOST_LINES, ""))[0]:
            found.append(f"{name}: {lines} lines")
    assert found == []


def test_functions_keep_their_size() -> None:
    found = []
    for path, tree in modules():
        for function in functions(tree):
            lines, name = (function.end_lineno or 0) - function.lineno + 1, f"{name_of(path)} {function.name}"
            if lines > LONG_FUNCTIONS.get(name, (MOST_IN_FUNCTION, ""))[0]:
                found.append(f"{name}: {lines} lines")
    assert found == []


def test_excuses_are_of_files_that_are_there() -> None:
    assert LONG_FILES.keys() - {name_of(path) for path, _ in modules()} == set()


def test_no_module_is_a_drawer_for_everything() -> None:
    assert [name_of(path) for path, _ in modules() if path.stem in NO_MODULE or path.parent.name in NO_MODULE] == []


def test_nothing_is_left_to_do_and_no_word_is_for_people() -> None:
    found = []
    for path, tree in modules():
        text = path.read_text("utf-8")
        found += [f"{name_of(path)}: {word}" for word in ("TO" + "DO", "FIX" + "ME", "X" + "XX ") if word in text]
        for node in ast.walk(tree):
            if (
                isinstance(node, ast.Constant)
                and isinstance(node.value, str)
                and re.search("[\u0f40-\u0fbc]{2}", node.value)
            ):
                found.append(f"{name_of(path)}:{node.lineno} Tibetan in Python: {node.value[:30]}")
    allowed = (
        "examsys/demo/",
        "examsys/domain/",
        "examsys/bank/languages.py",
        "examsys/certificates/press.py",
    )  # grammar; a line to try the press
    assert [line for line in found if not line.startswith(allowed)] == []


def tracked() -> list[str]:
    """Every file of the repository."""
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True)
    if listed.returncode:
        pytest.skip("not a clone: which files belong to the repository is not known")
    return listed.stdout.splitlines()


def test_no_file_names_this_machine() -> None:
    foreign = re.compile(
        rb"/(?:home|Users)/[a-z][a-z0-9_-]+/|"
        + re.escape(f"{Path.home()}/").encode()
        + b"|"
        + re.escape(str(ROOT)).encode()
        + rb"\b"
    )
    found = []
    for name in tracked():
        path = ROOT / name
        if (
            path.suffix not in (".png", ".ttf", ".otf", ".woff2", ".mo")
            and path.is_file()
            and foreign.search(path.read_bytes())
        ):
            found.append(name)
    assert [name for name in found if name != "tests/house/test_sources.py"] == []


def test_the_top_level_is_as_drawn() -> None:
    drawn = {"examsys", "question_bank", "templates", "static", "tests", "requirements.txt", "README.md", "pyproject.toml", "Makefile",
             ".ci", "benchmarks", "deploy", "docs", ".gitignore", ".gitattributes", "LICENSE"}  # fmt: skip
    assert {name.split("/")[0] for name in tracked()} - drawn == set()


# -- messages ------------------------------------------------------------------------------------------------


def raised() -> dict[str, str]:
    """Every key that the house raises as RuleBroken, with where."""
    found = {}
    for path, tree in modules():
        for name, call in calls(tree):
            if name.split(".")[-1] == "RuleBroken" and call.args and isinstance(call.args[0], ast.Constant):
                found[str(call.args[0].value)] = f"{name_of(path)}:{call.lineno}"
    return found


NEVER_SHOWN = {  # raised on the command line or caught where they are raised
    "demo.roster",
    "site.none",
    "site.already",
    "paper.unreadable",
    "paper.not_from_seed",
    "policy.not_the_sites",
}


def test_every_rule_has_its_sentence() -> None:
    missing = {key: where for key, where in raised().items() if key not in PROBLEMS and key not in NEVER_SHOWN}
    assert missing == {}


def test_every_sentence_has_its_rule() -> None:
    text = "\n".join(path.read_text("utf-8") for path, _ in modules() if path.name != "errors.py")
    unused = [
        key for key in PROBLEMS if f'"{key}"' not in text and key not in HTTP_KEYS.values() and key != "request.fault"
    ]
    assert unused == []


def test_a_sentence_names_only_facts_that_are_given() -> None:
    given: dict[str, list[set[str]]] = {}
    for _, tree in modules():
        for name, call in calls(tree):
            if name.split(".")[-1] == "RuleBroken" and call.args and isinstance(call.args[0], ast.Constant):
                given.setdefault(str(call.args[0].value), []).append({str(word.arg) for word in call.keywords})
    short = [
        f"{key} needs {sorted(needed)}, is given {sorted(facts)}"
        for key, (_, msgid) in PROBLEMS.items()
        for needed in [set(re.findall(r"%\((\w+)\)", msgid))]
        for facts in given.get(key, [])
        if not needed <= facts and "None" not in facts
    ]
    assert short == []


def test_statuses_are_those_of_errors() -> None:
    assert {key: status for key, (status, _) in PROBLEMS.items() if not 400 <= status <= 503} == {}
