"""output/cache/understood.sqlite: bytes by key, for those who can do without them."""

import sqlite3
from collections.abc import Collection, Mapping
from contextlib import closing, suppress
from pathlib import Path


def kept_entries(output: Path) -> Mapping[str, bytes]:
    """All that is kept; nothing where that cannot be read."""
    place = _place(output)
    if not place.exists():
        return {}
    try:
        with closing(_opened(place)) as store:
            return dict(store.execute("SELECT key, entry FROM understood"))
    except sqlite3.Error:
        return {}


def keep_entries(output: Path, fresh: Mapping[str, bytes], stale: Collection[str]) -> None:
    """Add and take away. Where that is not possible all is given up and the next run begins anew: it costs time."""
    if not fresh and not stale:
        return
    place = _place(output)
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        _write(place, fresh, stale)
    except (sqlite3.Error, OSError):
        with suppress(OSError):
            place.unlink(missing_ok=True)


def _write(place: Path, fresh: Mapping[str, bytes], stale: Collection[str]) -> None:
    """Nothing waits for the disk: each entry's hash tells what a power cut left half-written."""
    with closing(_opened(place)) as store, store:
        store.execute("PRAGMA synchronous = OFF")
        store.execute(
            "CREATE TABLE IF NOT EXISTS understood (key TEXT PRIMARY KEY, entry BLOB) WITHOUT ROWID"
        )
        store.executemany("DELETE FROM understood WHERE key = ?", ((key,) for key in stale))
        store.executemany("INSERT OR REPLACE INTO understood (key, entry) VALUES (?, ?)", fresh.items())


def _place(output: Path) -> Path:
    return output / "cache" / "understood.sqlite"


def _opened(place: Path) -> sqlite3.Connection:
    return sqlite3.connect(place, timeout=0)
