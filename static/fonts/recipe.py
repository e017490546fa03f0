"""Makes the font files of this folder, once, at a desk; nothing runs it when the product is set up or started.

    npm pack @fontsource/jomolhari@5.3.0            and unpack it
    apt-get download fonts-noto-cjk                 Debian 12, 1:20220127+repack1-1, and unpack it
    python static/fonts/recipe.py <jomolhari-tibetan-400-normal.woff2> <NotoSansCJK-Regular.ttc>

What it makes, and why:

* exam-bo   Jomolhari with 706 units an em instead of 1024, so that Tibetan is 1.45 times as large beside Chinese of
            the same font-size, and digits (which come from the Chinese face) keep theirs.
* exam-sc   Noto Sans CJK SC reduced to GB 2312 (all 6,763 Han), Latin with pinyin and the signs the pages use. Its
            outlines become quadratic: a PDF with TrueType outlines is half as large.
* exam-sc-rare  The other Han of names: U+4E00 to U+9FA5 (which GBK and the older ID cards have) and the rest of the
            Table of General Standard Characters of 2013 (which names given since then are chosen from). Quadratic too:
            WeasyPrint writes glyph numbers where a PDF with these cubic outlines wants their CIDs, and a strict
            reader then finds no sign or another one. Read only where such a character stands.

Both licences allow this under another name (OFL-jomolhari.txt, OFL-noto.txt). The same input makes the same bytes.
"""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path

from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont, newTable

HERE = Path(__file__).resolve().parent
JOMOLHARI = "a1be8a644b9c9b6431fac10fe57eaff4d8c544fd906429df79accbbf4e10e12e"
NOTO = "b76b0433203017ca80401b2ee0dd69350349871c4b19d504c34dbdd80541690a"
SIMPLIFIED_CHINESE = 2  # the face of the collection whose default forms are those of the mainland
TIBETAN_EM = 706  # 1024 / 1.45
TIBETAN_DOWN = (
    120  # units by which the outlines sit lower, so that digits of the Chinese face stand level with the letters
)
TIBETAN_ASCENT, TIBETAN_DESCENT = (
    1180 - TIBETAN_DOWN,
    460 + TIBETAN_DOWN,
)  # ink of the highest and the deepest stack, so that no line clips one
LARGEST_ERROR = 1.0  # of an outline, in thousandths of an em: not seen on paper

# Latin-1, pinyin, punctuation, numbers in circles, arrows, mathematics, shapes, units, full-width forms.
SIGNS = [
    (0x20, 0x7E), (0xA0, 0xFF), (0x100, 0x17F), (0x1CD, 0x1DC), (0x2010, 0x2027), (0x2030, 0x203B), (0x20AC, 0x20AC),
    (0x2100, 0x2122), (0x2150, 0x217B), (0x2190, 0x2199), (0x2200, 0x22FF), (0x2460, 0x249B), (0x25A0, 0x25EF),
    (0x2600, 0x2642), (0x26A0, 0x26A0), (0x2713, 0x2717), (0x3000, 0x3020), (0x3380, 0x33DF), (0xFF01, 0xFF5E), (0xFFE0, 0xFFE6),
]  # fmt: skip
STANDARD_BEYOND_BASIC = (
    "㑇㑊㕮㘎㙍㙘㙦㛃㛚㛹㟃㠇㠓㤘㥄㧐㧑㧟㫰㬊㬎㬚㭎㭕㮾㰀㳇㳘㳚㴔㵐㶲㸆㸌㺄㻬㽏㿠䁖䂮䃅䃎䅟䌹䎃䎖䏝䏡䏲䐃䓖䓛䓨䓫䓬䗖䗛䗪䗴"
    "䜣䝙䢺䢼䣘䥽䦃䲟䲠䲢䴓䴔䴕䴖䴗䴘䴙䶮鿍鿎鿏𠅤𠙶𠳐𡎚𡐓𣗋𣲗𣲘𣸣𤧛𤩽𤫉𥔲𥕢𥖨𥻗𦈡𦒍𦙶𦝼𦭜𦰡𧿹𨐈𨙸𨚕𨟠𨭉𨱇𨱏𨱑𨱔𨺙𩽾𩾃𩾌𪟝𪣻𪤗"
    "𪨰𪨶𪩘𪾢𫄧𫄨𫄷𫄸𫇭𫌀𫍣𫍯𫍲𫍽𫐄𫐐𫐓𫑡𫓧𫓯𫓶𫓹𫔍𫔎𫔶𫖮𫖯𫖳𫗧𫗴𫘜𫘝𫘦𫘧𫘨𫘪𫘬𫚕𫚖𫚭𫛭𫞩𫟅𫟦𫟹𫟼𫠆𫠊𫠜𫢸𫫇𫭟𫭢𫭼𫮃𫰛𫵷𫶇𫷷𫸩𬀩𬀪𬂩"
    "𬃊𬇕𬇙𬇹𬉼𬊈𬊤𬌗𬍛𬍡𬍤𬒈𬒔𬒗𬕂𬘓𬘘𬘡𬘩𬘫𬘬𬘭𬘯𬙂𬙊𬙋𬜬𬜯𬞟𬟁𬟽𬣙𬣞𬣡𬣳𬤇𬤊𬤝𬨂𬨎𬩽𬪩𬬩𬬭𬬮𬬱𬬸𬬹𬬻𬬿𬭁𬭊𬭎𬭚𬭛𬭤𬭩𬭬𬭯𬭳𬭶𬭸𬭼𬮱𬮿"
    "𬯀𬯎𬱖𬱟𬳵𬳶𬳽𬳿𬴂𬴃𬴊𬶋𬶍𬶏𬶐𬶟𬶠𬶨𬶭𬶮𬷕𬸘𬸚𬸣𬸦𬸪𬹼𬺈𬺓"
)


def gb2312() -> set[int]:
    """Every character of GB 2312-1980, Han and signs, as code points."""
    pairs = (bytes([row, cell]).decode("gb2312", "ignore") for row in range(0xA1, 0xF8) for cell in range(0xA1, 0xFF))
    return {ord(character) for character in pairs if character}


def rare_han(common: set[int]) -> set[int]:
    """The Han of names that GB 2312 does not have, and the spaces: Pango sets a space in the face of its neighbour."""
    han = set(range(0x4E00, 0x9FA6)) | {ord(character) for character in STANDARD_BEYOND_BASIC}
    return (han - common) | {0x20, 0xA0, 0x3000}


def opened(path: Path, sha256: str, number: int = -1) -> TTFont:
    """The font at path, refused unless it is the very file that the recipe was written for."""
    found = hashlib.sha256(path.read_bytes()).hexdigest()
    if found != sha256:
        raise SystemExit(f"{path.name} is not the file this recipe knows (SHA-256 {found})")
    return TTFont(path, fontNumber=number, recalcTimestamp=False)


def rename(font: TTFont, family: str) -> None:
    """Give the font its own name, and keep the copyright and the licence that came with it."""
    names = font["name"]
    keep = {record.nameID: str(record) for record in names.names if record.nameID in (0, 13, 14)}
    own = {1: family, 2: "Regular", 3: f"{family} 1", 4: family, 5: "Version 1.000", 6: family.replace(" ", "")}
    names.names = []
    for name_id, text in sorted((keep | own).items()):
        names.setName(text, name_id, 3, 1, 0x409)


def reduced(font: TTFont, characters: set[int], features: list[str]) -> TTFont:
    """The font with these characters and layout features only, without hints and vertical setting."""
    options = Options(hinting=False, layout_features=features, glyph_names=False, desubroutinize=True)
    options.drop_tables += ["BASE", "DSIG", "VORG", "vhea", "vmtx", "VDMX", "hdmx"]
    options.name_IDs, options.notdef_outline, options.recalc_timestamp = ["*"], True, False
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=characters)
    subsetter.subset(font)
    return font


def with_quadratic_outlines(font: TTFont) -> TTFont:
    """Replace the cubic outlines of an OpenType font by TrueType ones."""
    glyph_set, order = font.getGlyphSet(), font.getGlyphOrder()
    glyf = newTable("glyf")
    glyf.glyphOrder, glyf.glyphs = order, {}
    for name in order:
        pen = TTGlyphPen(glyph_set)
        glyph_set[name].draw(Cu2QuPen(pen, LARGEST_ERROR, reverse_direction=True))
        glyf.glyphs[name] = pen.glyph()
    font["loca"], font["glyf"] = newTable("loca"), glyf
    maxp = font["maxp"]
    maxp.tableVersion = 0x00010000
    for limit in (
        "TwilightPoints",
        "Storage",
        "FunctionDefs",
        "InstructionDefs",
        "StackElements",
        "SizeOfInstructions",
    ):
        setattr(maxp, f"max{limit}", 0)
    for limit in ("Points", "Contours", "CompositePoints", "CompositeContours", "ComponentElements", "ComponentDepth"):
        setattr(maxp, f"max{limit}", 0)  # counted anew when the file is written
    maxp.maxZones = 1
    del font["CFF "]
    font["post"].formatType = 3.0
    font.sfntVersion = "\0\1\0\0"
    return font


def lower(font: TTFont, units: int) -> None:
    """Move every outline down; composites follow their parts, and marks their bases, because all move alike."""
    outlines = font["glyf"]
    for name in font.getGlyphOrder():
        glyph = outlines[name]
        if glyph.numberOfContours > 0:
            glyph.coordinates.translate((0, -units))
            glyph.recalcBounds(outlines)
    for name in font.getGlyphOrder():
        if outlines[name].isComposite():
            outlines[name].recalcBounds(outlines)


def tibetan(path: Path) -> TTFont:
    """Jomolhari, enlarged by its em, with line metrics that hold its deepest stack."""
    font = opened(path, JOMOLHARI)
    font = reduced(font, set(font.getBestCmap()), ["*"])
    font["head"].unitsPerEm = TIBETAN_EM
    lower(font, TIBETAN_DOWN)
    line, limits = font["hhea"], font["OS/2"]
    line.ascent, line.descent, line.lineGap = TIBETAN_ASCENT, -TIBETAN_DESCENT, 0
    limits.sTypoAscender, limits.sTypoDescender, limits.sTypoLineGap = TIBETAN_ASCENT, -TIBETAN_DESCENT, 0
    limits.usWinAscent, limits.usWinDescent = TIBETAN_ASCENT, TIBETAN_DESCENT
    rename(font, "Exam Bo")
    return font


def write(font: TTFont, *names: str) -> None:
    """Write the font under each name, as its ending says, and print the sizes."""
    for name in names:
        font.flavor = "woff2" if name.endswith(".woff2") else None
        font.save(HERE / name)
        print(f"{name}: {len(font.getBestCmap())} characters, {(HERE / name).stat().st_size / 1000:.0f} kB")  # noqa: T201


def main(jomolhari: Path, noto: Path) -> None:
    """Make all six files from the two sources."""
    write(tibetan(jomolhari), "exam-bo.ttf", "exam-bo.woff2")
    common = gb2312()
    signs = {code for first, last in SIGNS for code in range(first, last + 1)}
    chinese = with_quadratic_outlines(reduced(opened(noto, NOTO, SIMPLIFIED_CHINESE), common | signs, ["ccmp", "kern"]))
    rename(chinese, "Exam SC")
    write(chinese, "exam-sc.ttf", "exam-sc.woff2")
    rare = with_quadratic_outlines(reduced(opened(noto, NOTO, SIMPLIFIED_CHINESE), rare_han(common), []))
    rename(rare, "Exam SC Rare")
    write(rare, "exam-sc-rare.ttf", "exam-sc-rare.woff2")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
