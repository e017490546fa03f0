"""Packages (ZIP): opened within limits, every path trick refused by name; and written so that the same rows make the same bytes."""

import re
import stat
import unicodedata
import zlib
from collections.abc import Mapping
from io import BytesIO
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo

from .exchange import LIMITS, Limits, Refused

_PASSED_OVER = re.compile(r"(^|/)(__MACOSX/|\.DS_Store$|Thumbs\.db$)")
_NEVER = re.compile(r"[\x00-\x1f]|^[A-Za-z]:|^/")
_SMALL = 1_000_000  # below so many unpacked bytes a ratio says nothing
_ALWAYS = (1980, 1, 1, 0, 0, 0)


def open_package(content: bytes, limits: Limits = LIMITS) -> dict[str, bytes]:
    """The files of a package by their names.

    Refused: 'package.unreadable', 'package.encrypted', 'package.too_many', 'package.too_large', 'package.bomb',
    'package.path_outside', 'package.link', 'package.twice'.
    """
    try:
        with ZipFile(BytesIO(content)) as package:
            members = _checked(package.infolist(), len(content), limits)
            return {name: _read(package, member) for name, member in members.items()}
    except (BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError) as error:
        raise Refused("package.unreadable", problem=str(error)[:80]) from error


def make_package(files: Mapping[str, bytes]) -> bytes:
    """A package of these files, in this order, without any moment in it."""
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as package:
        for name, content in files.items():
            member = ZipInfo(name, _ALWAYS)
            member.compress_type = ZIP_DEFLATED
            member.external_attr = 0o644 << 16
            package.writestr(member, content)
    return out.getvalue()


def _checked(members: list[ZipInfo], packed: int, limits: Limits) -> dict[str, ZipInfo]:
    if len(members) > limits.members:
        raise Refused("package.too_many", count=str(len(members)), most=str(limits.members))
    if sum(member.file_size for member in members) > limits.unpacked:
        raise Refused("package.too_large", most=str(limits.unpacked))
    found: dict[str, ZipInfo] = {}
    seen: set[str] = set()
    for member in members:
        name = _named(member).replace("\\", "/")  # as old programs on Windows part folders
        _check_member(member, name)
        alike = unicodedata.normalize("NFC", name).casefold()
        if alike in seen:
            raise Refused("package.twice", cell=name, name=name)
        seen.add(alike)
        if not member.is_dir() and not _PASSED_OVER.search(name):
            found[name] = member
    if sum(member.file_size for member in members) > max(_SMALL, packed * limits.ratio):
        raise Refused("package.bomb", most=str(limits.ratio))
    for name, member in found.items():
        if member.file_size > max(_SMALL, member.compress_size * limits.ratio):
            raise Refused("package.bomb", cell=name, most=str(limits.ratio))
    return found


def _check_member(member: ZipInfo, name: str) -> None:
    if _NEVER.search(name) or "\0" in member.orig_filename or ".." in name.split("/"):
        raise Refused("package.path_outside", cell=_printable(name), name=_printable(name))
    if stat.S_ISLNK(member.external_attr >> 16):
        raise Refused("package.link", cell=name, name=name)
    if member.flag_bits & 0x1:
        raise Refused("package.encrypted", cell=name)


def _read(package: ZipFile, member: ZipInfo) -> bytes:
    """The bytes of a member, never more than its head says; what says less than it holds breaks its own checksum."""
    with package.open(member) as stream:
        return stream.read(member.file_size)


def _named(member: ZipInfo) -> str:
    """The name; Windows in Chinese writes GBK without saying so."""
    if member.flag_bits & 0x800:
        return member.filename
    try:
        raw = member.filename.encode("cp437")
    except UnicodeEncodeError:
        return member.filename
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return member.filename


def _printable(name: str) -> str:
    return "".join(sign if sign.isprintable() else "?" for sign in name)[:100]
