"""The house's own files, as the tests of this folder read them."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
MIGRATIONS = ROOT / "examsys/migrations/versions"


@cache
def modules() -> tuple[tuple[Path, ast.Module], ...]:
    """Every module of the house but the migrations, with its syntax tree."""
    found = sorted(path for path in (ROOT / "examsys").rglob("*.py") if MIGRATIONS not in path.parents)
    return tuple((path, ast.parse(path.read_text("utf-8"))) for path in found)


def name_of(path: Path) -> str:
    """A file as messages name it."""
    return path.relative_to(ROOT).as_posix()


def functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function of a module, nested ones too."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def calls(tree: ast.AST) -> Iterator[tuple[str, ast.Call]]:
    """Every call with the dotted name of what is called, as written."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield ast.unparse(node.func), node
