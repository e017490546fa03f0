"""A contact sheet of the bank's pictures, to be looked at: one PNG a page of twenty, each picture over its name.

Run: .venv/bin/python question_bank/media/recipe/contact_sheet.py [--blind] TARGET_FOLDER [PATTERN ...]
--blind: for a reader who is to name the pictures: mixed, with numbers instead of names, which stand in names.json. A pattern is a path below media/, with wildcards (signs/*.svg); without one, all pictures. Needs poppler's pdftoppm.
"""

import json
import random
import subprocess
import sys
from pathlib import Path

from weasyprint import HTML

MEDIA = Path(__file__).resolve().parent.parent
STYLE = """
@page { size: 1280px 1200px; margin: 10px; background: #e8ecef }
body { margin: 0; font: 13px sans-serif }
figure { display: inline-block; width: 240px; margin: 4px; text-align: center; break-inside: avoid }
img { width: 236px; height: 200px; object-fit: contain }
"""


def main(target: Path, patterns: list[str], blind: bool = False) -> int:
    """Write the pages as sheet-1.png and so on into `target`."""
    pictures = sorted({path for pattern in patterns or ["*/*.svg"] for path in MEDIA.glob(pattern)})
    target.mkdir(parents=True, exist_ok=True)
    names = [path.relative_to(MEDIA).as_posix() for path in pictures]
    if blind:
        random.shuffle(names)
        (target / "names.json").write_text(json.dumps(dict(enumerate(names, 1)), indent=1), encoding="utf-8")
    cells = "".join(
        f'<figure><img src="{(MEDIA / name).as_uri()}"><figcaption>{number if blind else name}</figcaption></figure>'
        for number, name in enumerate(names, 1)
    )
    sheet = target / "sheet.pdf"
    HTML(string=f"<style>{STYLE}</style>{cells}").write_pdf(sheet)
    subprocess.run(["pdftoppm", "-r", "96", "-png", sheet, target / "sheet"], check=True)
    print(len(pictures), "pictures:", *sorted(page.name for page in target.glob("sheet-*.png")))
    return 0


if __name__ == "__main__":
    given = [one for one in sys.argv[1:] if one != "--blind"]
    sys.exit(main(Path(given[0]), given[1:], blind="--blind" in sys.argv))
