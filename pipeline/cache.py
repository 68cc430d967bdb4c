"""output/cache/: what each submission was understood to say, kept from run to run so that it is not read again.

It can be deleted at any time, and is never believed more than the vault: an entry is found by everything that reading
depends on (the content, where and when it came, the answers and corrections about it, the tables, the program
itself), carries the hash of its own bytes, and may hold nothing but our own values. Whatever is half-written, changed
by another hand, or of another version is simply not there.
"""

import hashlib
import io
import pickle
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from pipeline.model import Arrival, Submission
from pipeline.understand import Understood

ROOT: Final = Path(__file__).parents[1]
MODELS: Final = ("pipeline.model.arrived", "pipeline.model.understood")
PLAIN: Final = frozenset(
    {("builtins", "frozenset"), *(("datetime", name) for name in ("datetime", "date", "time", "timedelta"))}
)
PASSING: Final = frozenset({"INTERNAL", "READER_CRASH", "UNREADABLE"})
"""What may have been the machine's fault, not the file's: it is tried again."""
NOBODY: Final = Arrival("", "", datetime.min, "register")  # noqa: DTZ901 — stands where the arrival is put back


def fingerprint(schemas: Path) -> str:
    """The hash of the program, its libraries' versions and the tables under `schemas`."""
    program = [
        path
        for name in ("pipeline", "schemas")
        for kind in ("*.py", "*.css")
        for path in (ROOT / name).rglob(kind)
    ]
    tables = [path for kind in ("*.csv", "*.toml") for path in schemas.rglob(kind)]
    found = hashlib.sha256(sys.version.encode())
    for path in (ROOT / "requirements.lock", *sorted(program), *sorted(tables)):
        found.update(f"\n{path}\n".encode())
        found.update(path.read_bytes())
    return found.hexdigest()


def key_of(submission: Submission, about: object, version: str) -> str:
    """By what the understanding of a submission is found; `about` are the answers and corrections about it."""
    told = (submission.arrival, submission.findings, about, version)
    return hashlib.sha256(repr(told).encode()).hexdigest()


def recalled(
    entries: Mapping[str, bytes], keys: Sequence[str], submissions: Sequence[Submission]
) -> tuple[Understood | None, ...]:
    """What each submission was understood to say, `None` where that is not kept or not whole."""
    return tuple(
        _unpacked(key, entries[key], submission) if key in entries else None
        for key, submission in zip(keys, submissions, strict=True)
    )


def new_entries(
    keys: Sequence[str], understood: Sequence[Understood], known: Sequence[Understood | None]
) -> dict[str, bytes]:
    """What is worth keeping of that which was not `known`."""
    return {
        key: _packed(key, one)
        for key, one, before in zip(keys, understood, known, strict=True)
        if before is None and PASSING.isdisjoint(finding.code for finding in one.findings)
    }


# --- one entry --------------------------------------------------------------------------------------------------


class _Ours(pickle.Unpickler):
    """The library's own way to allow some classes alone: an entry must not be able to call anything."""

    def find_class(self, module: str, name: str) -> Any:
        """Raise `UnpicklingError` for what is neither one of our frozen values nor plain."""
        if (module, name) in PLAIN:
            return super().find_class(module, name)
        found = super().find_class(module, name) if module in MODELS and name.isidentifier() else None
        if not (isinstance(found, type) and is_dataclass(found)):
            raise pickle.UnpicklingError(f"{module}.{name}")
        return found


def _packed(key: str, understood: Understood) -> bytes:
    """Without what comes with the submission, and behind the hash of it all."""
    returns = tuple(replace(each, arrival=NOBODY) for each in understood.returns)
    content = pickle.dumps(tuple(_fields(replace(understood, returns=returns))), pickle.HIGHEST_PROTOCOL)
    return _seal(key, content) + content


def _unpacked(key: str, entry: object, submission: Submission) -> Understood | None:
    if not isinstance(entry, bytes) or entry[:32] != _seal(key, entry[32:]):
        return None
    try:
        understood = Understood(submission, *_Ours(io.BytesIO(entry[32:])).load())
        returns = tuple(replace(each, arrival=submission.arrival) for each in understood.returns)
    except Exception:  # noqa: BLE001 — bytes of another hand may raise anything; the file itself is read instead
        return None
    return replace(understood, returns=returns)


def _fields(understood: Understood) -> Iterator[object]:
    """All but the submission, in the order of the type."""
    return (getattr(understood, each.name) for each in fields(understood)[1:])


def _seal(key: str, content: bytes) -> bytes:
    return hashlib.sha256(key.encode() + content).digest()
