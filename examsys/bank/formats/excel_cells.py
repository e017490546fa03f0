"""What a cell shows: a value of a workbook by its number format, as Excel and WPS in Chinese show it."""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, time
from decimal import ROUND_HALF_UP, Decimal

LOCAL_DATES: Mapping[int, str] = {
    **dict.fromkeys((27, 36, 50, 52, 57), 'yyyy"年"m"月"'),
    **dict.fromkeys((28, 29, 51, 53, 54, 58), 'm"月"d"日"'),
    30: "m-d-yy",
    31: 'yyyy"年"m"月"d"日"',
    32: 'h"时"mm"分"',
    33: 'h"时"mm"分"ss"秒"',
    34: '上午/下午h"时"mm"分"',
    35: '上午/下午h"时"mm"分"ss"秒"',
    55: '上午/下午h"时"mm"分"',
    56: '上午/下午h"时"mm"分"ss"秒"',
}
"""Dates that a workbook names by number alone and that only Chinese programs know (ECMA-376 part 1, 18.8.30)."""

_AS_IN_CHINESE = {"mm-dd-yy": "yyyy/m/d", "m/d/yy h:mm": "yyyy/m/d h:mm"}  # formats 14 and 22 follow the language
_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|[_*].|\[(?P<bracket>[^\]]*)\]|(?P<half>AM/PM|A/P|上午/下午)'
    r"|(?P<general>General)|(?P<date>y+|m+|d+|h+|s+|aaaa?)|(?P<digits>[#0?,]*[#0?][#0?,]*(?:\.[#0?]*)?|\.[#0?]+)|(?P<sign>.)",
    re.IGNORECASE | re.DOTALL,
)
_SECTION = re.compile(r'(?:"[^"]*"|\\.|[^;"\\])+|(?<=;)(?=;)')
_CURRENCY = re.compile(r"\$([^-]*)(?:-[0-9A-Fa-f]+)?")
_COLOUR = re.compile(r"black|blue|cyan|green|magenta|red|white|yellow|color ?\d+|黑色?|蓝色?|青色?|绿色?|洋红|红色?|白色?|黄色?|颜色\d+", re.IGNORECASE)  # fmt: skip
_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
           "November", "December")  # fmt: skip
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
Part = tuple[str, str]


class _Unknown(Exception):  # noqa: N818  never leaves this module
    """The format asks for something that is not known here."""


def shown(value: object, number_format: str) -> str | None:
    """The text of a cell as its sheet shows it; None where the format asks for something that is not known here."""
    try:
        return _shown(value, number_format)
    except (_Unknown, ArithmeticError):
        return None


def bare(value: object) -> str:
    """The value alone, whatever the format."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        if value.is_integer():
            return str(int(value))
        short = format(value, ".10g")
        return str(value) if "e" in short else short
    return value.isoformat() if isinstance(value, datetime | date | time) else str(value)


def _shown(value: object, number_format: str) -> str:
    plain = number_format in ("General", "@", "") or value is None or isinstance(value, bool)
    if plain and not isinstance(value, datetime | date | time):
        return bare(value)
    sections = _SECTION.findall(_AS_IN_CHINESE.get(number_format, number_format)) or [""]
    if isinstance(value, str):
        return _text(value, next((section for section in sections if "@" in section), "@"))
    if isinstance(value, datetime | date | time):
        return _moment(value, list(_parts(sections[0])))
    if isinstance(value, int | float):
        return _number(Decimal(str(value)), [section for section in sections if "@" not in section] or [""])
    raise _Unknown


def _parts(section: str) -> Iterator[Part]:
    """The pieces of a format with their kinds; literals come as they are shown, colours and room to fill not at all."""
    for token in _TOKEN.finditer(section):
        kind, text = token.lastgroup or "", token.group(token.lastgroup or 0)
        if kind == "bracket":
            currency = _CURRENCY.fullmatch(text)
            if currency is None and not _COLOUR.fullmatch(text):
                raise _Unknown  # a condition, Chinese numerals, hours beyond a day
            yield "literal", currency.group(1) if currency else ""
        elif kind in ("quoted", "escaped"):
            yield "literal", text
        elif kind == "sign":
            yield (
                {"%": "percent", "@": "text"}.get(text, "letter" if text.isascii() and text.isalpha() else "literal"),
                text,
            )
        elif kind:
            yield kind, text


def _text(value: str, section: str) -> str:
    return "".join(value if kind == "text" else _literal(kind, text) for kind, text in _parts(section))


def _literal(kind: str, text: str) -> str:
    """A piece that shows itself."""
    if kind not in ("literal", "percent"):
        raise _Unknown
    return text


# -- numbers -------------------------------------------------------------------------------------------------


def _number(value: Decimal, sections: list[str]) -> str:
    sign = "-" if value < 0 and len(sections) == 1 else ""
    place = 1 if value < 0 and len(sections) > 1 else 2 if value == 0 and len(sections) > 2 else 0
    parts = list(_parts(sections[place]))
    places = [at for at, (kind, _) in enumerate(parts) if kind in ("digits", "general")]
    if len(places) > 1:
        raise _Unknown  # fractions, telephone numbers
    scaled = abs(value) * 100 ** sum(kind == "percent" for kind, _ in parts)
    made = [
        (_digits(scaled, text) if kind == "digits" else bare(float(scaled))) if at in places else _literal(kind, text)
        for at, (kind, text) in enumerate(parts)
    ]
    text = "".join(made).strip()
    if not text:
        raise _Unknown  # the sheet hides the value
    return sign + text


def _digits(value: Decimal, pattern: str) -> str:
    whole, _, decimals = pattern.partition(".")
    if whole.endswith(",") or "," in decimals:
        raise _Unknown  # thousands left out
    rounded = value.quantize(Decimal(1).scaleb(-len(decimals)), ROUND_HALF_UP)
    before, _, after = f"{rounded:f}".partition(".")
    least = len(decimals.rstrip("#?"))
    after = after[:least] + after[least:].rstrip("0")
    before = before.lstrip("0").zfill(whole.count("0"))
    if "," in whole:
        before = f"{int(before or 0):,}" if before else ""
    return f"{before}.{after}" if after else before


# -- dates and times -----------------------------------------------------------------------------------------


def _moment(value: datetime | date | time, parts: list[Part]) -> str:
    names = [(at, text.lower()[0]) for at, (kind, text) in enumerate(parts) if kind == "date"]
    minutes = {
        at
        for number, (at, name) in enumerate(names)
        if name == "m"
        and ((number > 0 and names[number - 1][1] == "h") or (number + 1 < len(names) and names[number + 1][1] == "s"))
    }
    halved = any(kind == "half" for kind, _ in parts)
    made = []
    for at, (kind, text) in enumerate(parts):
        if kind == "half":
            late = _field(value, "hour") >= 12
            made.append(text.split("/")[late])
        elif kind == "date":
            of_time = at in minutes or text[0].lower() in "hs"
            made.append(_of_time(value, text.lower(), halved) if of_time else _of_date(value, text.lower()))
        else:
            made.append(_literal(kind, text))
    return "".join(made).strip()


def _field(value: datetime | date | time, name: str) -> int:
    if not hasattr(value, name):
        raise _Unknown
    return int(getattr(value, name))


def _of_time(value: datetime | date | time, token: str, halved: bool) -> str:
    number = _field(value, {"h": "hour", "m": "minute", "s": "second"}[token[0]])
    if token[0] == "h" and halved:
        number = number % 12 or 12
    return f"{number:0{min(len(token), 2)}d}"


def _of_date(value: datetime | date | time, token: str) -> str:
    if isinstance(value, time):
        raise _Unknown
    ways: Mapping[str, Callable[[], str]] = {
        "y": lambda: f"{value.year:04d}" if len(token) > 2 else f"{value.year % 100:02d}",
        "m": lambda: _named(value.month, token, _MONTHS),
        "d": lambda: _named(value.day, token, ()) if len(token) < 3 else _named(value.weekday() + 1, token, _DAYS),
        "a": lambda: ("星期" if len(token) > 3 else "") + "一二三四五六日"[value.weekday()],
    }
    return ways[token[0]]()


def _named(number: int, token: str, names: tuple[str, ...]) -> str:
    if len(token) < 3:
        return f"{number:0{len(token)}d}"
    return names[number - 1] if len(token) == 4 else names[number - 1][: 3 if len(token) == 3 else 1]
