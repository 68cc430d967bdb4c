"""An operator's mistakes, never a district's: each carries the Thai sentence that mends it and its exit code."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import ClassVar, Final

# What the commonest refusals of a disk mean to the person in front of it.
_REASONS: Final = {
    errno.ENOSPC: "พื้นที่ดิสก์เต็ม กรุณาลบไฟล์ที่ไม่ใช้แล้ว",
    errno.EDQUOT: "พื้นที่ที่ได้รับจัดสรรเต็ม กรุณาลบไฟล์ที่ไม่ใช้แล้ว",
    errno.EACCES: "บัญชีผู้ใช้นี้ไม่มีสิทธิ์เขียน กรุณาขอสิทธิ์เขียนในโฟลเดอร์นี้ หรือปิดโปรแกรมที่เปิดไฟล์อยู่",
    errno.EPERM: "บัญชีผู้ใช้นี้ไม่มีสิทธิ์เขียน กรุณาขอสิทธิ์เขียนในโฟลเดอร์นี้ หรือปิดโปรแกรมที่เปิดไฟล์อยู่",
    errno.EROFS: "ดิสก์นี้อ่านได้อย่างเดียว กรุณาย้ายงานไปไว้ในดิสก์ที่เขียนได้",
    errno.EBUSY: "มีโปรแกรมอื่นใช้ไฟล์อยู่ กรุณาปิดไฟล์",
    errno.EIO: "ดิสก์อ่านหรือเขียนไม่สำเร็จ กรุณาตรวจดิสก์",
    errno.EEXIST: "มีไฟล์ที่ใช้ชื่อเดียวกับโฟลเดอร์ กรุณาเปลี่ยนชื่อไฟล์นั้น",
    errno.ENOTDIR: "มีไฟล์ที่ใช้ชื่อเดียวกับโฟลเดอร์ กรุณาเปลี่ยนชื่อไฟล์นั้น",
    errno.EISDIR: "มีโฟลเดอร์ที่ใช้ชื่อเดียวกับไฟล์ กรุณาเปลี่ยนชื่อโฟลเดอร์นั้น",
}


class OperatorError(Exception):
    """Something that the person at the keyboard can mend; `sentence` says how, in Thai."""

    exit_code: ClassVar[int] = 2

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class ConfigurationError(OperatorError):
    """Wrong usage, or a table or register that cannot be trusted as it stands."""

    exit_code: ClassVar[int] = 2


class Bug(OperatorError):
    """A mistake of ours; its traceback is in the log."""

    exit_code: ClassVar[int] = 70


class MissingDependency(OperatorError):
    """A program or library that the command needs is not installed."""

    exit_code: ClassVar[int] = 69


class CannotWrite(OperatorError):
    """A file that should have been written was not."""

    exit_code: ClassVar[int] = 74


class AlreadyRunning(OperatorError):
    """Another run holds the campaign."""

    exit_code: ClassVar[int] = 75


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """Turn an `OSError` raised while `path` is written into `CannotWrite`, with what to do about it."""
    try:
        yield
    except OSError as error:
        reason = _REASONS.get(error.errno or 0, f"ระบบแจ้งรหัส {error.errno} กรุณาแจ้งผู้ดูแลเครื่อง")
        raise CannotWrite(f"เขียน {printable(path)} ไม่ได้: {reason} แล้วสั่งใหม่อีกครั้ง") from error


def printable(path: Path) -> str:
    """A path as text that any terminal or file can take: bytes that are no UTF-8 are written \\xNN."""
    return str(path).encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
