"""Names of files: as the disk has them, and as tables can hold them.

A name on disk is bytes, and may be no UTF-8 at all, hold a line break, or begin with "=" and become a formula.
In tables it is the path under `input/` with forward slashes, in UTF-8, unnormalised, and what would do harm is
written as its bytes, `\\xNN`: bytes that are no UTF-8, control characters, and a first character `= + - @`.
A backslash of the name itself is doubled, so each name has one spelling and `disk_name` gives back the bytes.
"""

import os
import re
import unicodedata
from typing import Final

_FORMULA: Final = "=+-@"
_ESCAPE: Final = re.compile(rb"\\(?:x([0-9a-f]{2})|\\)")
_HARMFUL: Final = ("Cc", "Zl", "Zp")


def table_name(disk: str) -> str:
    """The spelling for tables of a relative path as `os` gives it (undecodable bytes as surrogates)."""
    text = os.fsencode(disk).replace(b"\\", b"\\\\").decode("utf-8", "backslashreplace")
    text = "".join(_escaped(sign) if unicodedata.category(sign) in _HARMFUL else sign for sign in text)
    return _escaped(text[0]) + text[1:] if text[:1] in _FORMULA and text else text


def disk_name(file: str) -> str:
    """The relative path, as `os` takes it, of a name spelled by `table_name`."""
    return os.fsdecode(_ESCAPE.sub(_byte, file.encode("utf-8", "surrogateescape")))


def _escaped(sign: str) -> str:
    return "".join(f"\\x{byte:02x}" for byte in sign.encode())


def _byte(match: re.Match[bytes]) -> bytes:
    return bytes([int(match[1], 16)]) if match[1] else b"\\"
