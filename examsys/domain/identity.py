"""Citizen identity numbers (GB 11643): check digit, date of birth inside, and how much of one a page may show."""

from datetime import date

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_DIGITS = "10X98765432"  # by the weighted sum modulo 11 (ISO 7064 MOD 11-2)


def id_check_digit(body: str) -> str:
    """The eighteenth sign (0-9 or X) for the seventeen digits of an identity number; ValueError for anything else."""
    if len(body) != 17 or not (body.isascii() and body.isdigit()):
        raise ValueError("an identity number begins with seventeen digits")
    return _DIGITS[sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, body, strict=True)) % 11]


def valid_id_number(text: str) -> bool:
    """Whether the text is an eighteen-sign identity number with a real date of birth and the right check digit.

    Strict about its form (no spaces, capital X): clean what people typed before. Whether the region exists, and
    whether anybody bears the number, cannot be seen from it.
    """
    body, check = text[:17], text[17:]
    if len(body) != 17 or not (body.isascii() and body.isdigit()) or body[0] == "0":
        return False
    try:
        born = date(int(body[6:10]), int(body[10:12]), int(body[12:14]))
    except ValueError:
        return False
    return born.year >= 1800 and check == id_check_digit(body)


def mask_id_number(text: str) -> str:
    """The number with the first four and last four signs only, date of birth hidden; a short text is hidden whole."""
    if len(text) < 15:
        return "*" * len(text)
    return text[:4] + "*" * (len(text) - 8) + text[-4:]
