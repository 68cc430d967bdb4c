"""One file -> its content in the vault, with the proof that it did not change while it was read."""

import errno
import hashlib
import io
import os
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pipeline.model import Finding
from pipeline.receive import vault
from pipeline.receive.gate import Entry, not_regular, partial, unreadable

MAX_BYTES: Final = 50 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Taken:
    """A file whose content is known; it is in the vault (`kept`) unless it was too large. `put`: it was not before."""

    file: str
    sha256: str
    modified_ns: int
    kept: bool
    put: bool


def take(input_dir: Path, entry: Entry) -> Taken | Finding | None:
    """The file's content into the vault; the finding that prevents it, or nothing if the file is gone.

    Links are not followed and nothing blocks, whatever the entry has become since it was listed.
    Raises `CannotWrite` if the vault cannot be written.
    """
    try:
        descriptor = os.open(entry.path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
        with os.fdopen(descriptor, "rb") as handle:
            if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                return not_regular(os.fstat(descriptor).st_mode)
            read = _read(handle)
    except FileNotFoundError:
        return None
    except OSError as error:
        return _cannot_open(error)
    if read is None:
        return partial("ไฟล์เปลี่ยนระหว่างที่อ่าน แปลว่ายังส่งไม่เสร็จ")
    return _stored(input_dir, entry.file, read)


@dataclass(frozen=True, slots=True)
class _Read:
    sha256: str
    content: bytes | None
    size: int
    modified_ns: int


def _read(handle: io.BufferedReader) -> _Read | None:
    """The file's content, or only its hash when it is too large; nothing if it changed meanwhile."""
    before = os.fstat(handle.fileno())
    if before.st_size > MAX_BYTES:
        content, size = None, before.st_size
        sha256 = hashlib.file_digest(handle, "sha256").hexdigest()
    else:
        content = handle.read(MAX_BYTES + 1)
        sha256, size = hashlib.sha256(content).hexdigest(), len(content)
    after = os.fstat(handle.fileno())
    if (size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
        return None
    return _Read(sha256, content, size, after.st_mtime_ns)


def _stored(input_dir: Path, file: str, read: _Read) -> Taken:
    if read.content is None:
        vault.mark_too_large(input_dir, read.sha256, read.size)
        return Taken(file, read.sha256, read.modified_ns, kept=False, put=False)
    put = vault.keep(input_dir, read.sha256, read.content)
    return Taken(file, read.sha256, read.modified_ns, kept=True, put=put)


def _cannot_open(error: OSError) -> Finding:
    if error.errno == errno.ELOOP:
        return not_regular(stat.S_IFLNK)
    if error.errno == errno.ENXIO:
        return not_regular(stat.S_IFSOCK)
    denied = error.errno in (errno.EACCES, errno.EPERM)
    return unreadable("ไม่มีสิทธิ์อ่านไฟล์นี้" if denied else "อ่านจากดิสก์ไม่สำเร็จ")


def sha256_of(path: Path) -> str | None:
    """The hash of a regular file where it stands; nothing if it is none, is gone or cannot be read."""
    if path.is_symlink() or not path.is_file() or not os.access(path, os.R_OK):
        return None
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()
