"""A run that dies: from a chosen step on, nothing that it does reaches the disk any more.

A killed process leaves what it had done. A power cut also takes what was not yet made durable: contents and names that
nobody had synced, and part of a line that was just appended.
"""

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from unittest import mock

STEPS = ("replace", "rename", "fsync", "unlink", "rmdir", "mkdir", "fchmod", "ftruncate", "pwrite")
"""What changes the state of a disk, or brings it there."""
FAR = 10_000
"""More steps than a run takes."""


class Died(BaseException):
    """As a kill: no handler of the program stops it."""


@dataclass
class Life:
    """How many steps are left, what was made durable, and at which step the end came."""

    left: int
    synced: set[str] = field(default_factory=set)
    end: str = ""

    @property
    def over(self) -> bool:
        return bool(self.end)


@contextmanager
def mortal(steps: int) -> Iterator[Life]:
    """Within the block the process dies at its step number `steps`, if it comes so far; it never dies when negative."""
    life = Life(steps)
    with mock.patch.multiple(os, **{name: _step(life, name, getattr(os, name)) for name in STEPS}):
        yield life


def _step(life: Life, name: str, deed: Callable[..., object]) -> Callable[..., object]:
    def taken(*arguments, **options):
        if life.over or life.left == 0:
            life.end = life.end or f"{name} {_target(arguments[0])}"
            raise Died(life.end)
        life.left -= 1
        result = deed(*arguments, **options)
        if name == "fsync":
            life.synced.add(_target(arguments[0]))
        return result

    return taken


def _target(what: object) -> str:
    """The path of a path or of a descriptor."""
    return str(Path(f"/proc/self/fd/{what}").readlink()) if isinstance(what, int) else os.fspath(what)


def cut_power(life: Life, input_dir: Path, before: Mapping[str, int], share: float) -> None:
    """Take from the disk what the run had not made durable: new contents of the vault or their names, and of the
    rows that were just being appended all but a `share` of their bytes. `before`: what lay there, with sizes."""
    vault, register = input_dir / "vault", input_dir / "receipts.csv"
    for path in vault.iterdir() if vault.is_dir() else ():
        if path.name in before or path.name.startswith("."):
            continue
        content = path.read_bytes()
        path.unlink()
        if str(path) in life.synced and str(vault) in life.synced:
            path.write_bytes(content)
        elif str(vault) in life.synced:
            path.write_bytes(content[: len(content) // 2])
    if life.end == f"fsync {register}":
        known, rows = before["receipts.csv"], register.read_bytes()
        register.write_bytes(rows[: known + int((len(rows) - known) * share)])
