"""Draws every road scene of the question bank into question_bank/media/scenes.

Run: .venv/bin/python question_bank/media/recipe/scenes.py
"""

import sys
from pathlib import Path

import scenes_drive
import scenes_plan
import scenes_plateau
import scenes_weather
from svg import picture

TARGET = Path(__file__).resolve().parent.parent / "scenes"
LIMIT = 20_000  # bytes a picture may weigh


def main() -> int:
    """Write the pictures; 1 if one is heavier than a terminal should have to load."""
    TARGET.mkdir(exist_ok=True)
    heavy = 0
    for name, draw in sorted(
        (scenes_drive.SCENES | scenes_plan.SCENES | scenes_plateau.SCENES | scenes_weather.SCENES).items()
    ):
        text = picture(draw())
        heavy += len(text.encode()) > LIMIT
        (TARGET / f"{name}.svg").write_text(text, encoding="utf-8")
        print(f"{len(text.encode()):6d} {name}")
    return min(heavy, 1)


if __name__ == "__main__":
    sys.exit(main())
