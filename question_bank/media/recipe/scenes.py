"""Draws every road scene of the question bank into question_bank/media/scenes.

Run: .venv/bin/python question_bank/media/recipe/scenes.py
A scene is a function in a module `scenes_<what>.py` of this folder, named in that module's SCENES.
"""

import sys
from importlib import import_module
from pathlib import Path

from svg import picture

HERE = Path(__file__).resolve().parent
TARGET = HERE.parent / "scenes"
LIMIT = 20_000  # bytes a picture may weigh


def main() -> int:
    """Write the pictures; 1 if one is heavier than a terminal should have to load."""
    TARGET.mkdir(exist_ok=True)
    heavy = 0
    for module in sorted(HERE.glob("scenes_*.py")):
        for name, draw in sorted(import_module(module.stem).SCENES.items()):
            text = picture(draw())
            heavy += len(text.encode()) > LIMIT
            (TARGET / f"{name}.svg").write_text(text, encoding="utf-8")
            print(f"{len(text.encode()):6d} {name}")
    return min(heavy, 1)


if __name__ == "__main__":
    sys.exit(main())
