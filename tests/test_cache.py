"""What was understood is kept: the same results with it and without it, whatever became of it meanwhile."""

import os
import pickle
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline import cache
from pipeline.model import Folders
from pipeline.read import Job, Read, ReadAll
from pipeline.run import run
from tests.campaigns import (
    AS_OF,
    NOW,
    SCHEMAS,
    TABLES,
    Sent,
    answer,
    consolidate,
    content_of,
    in_process,
    put,
    rerun,
    with_tables,
)
from tests.sample.model import Cell, Table

TRAKAN, KHEMARAT = Table("3411", "1"), Table("3405", "1")
BOOKS = (
    Sent("ตระการ.xlsx", "2021-02-04T09:00:00", TRAKAN),
    Sent("เขมราฐ.xlsx", "2021-02-05T09:00:00", KHEMARAT),
    Sent("พัง.xlsx", "2021-02-05T10:00:00", b"PK\x03\x04 not a workbook"),
)
IN_THAI_DIGITS = Table("3411", "1", changes=(Cell(TABLES.bodies_of("3411")[0].label, "hh_veg", "๑๒", 12),))


@dataclass
class Counting:
    """Reads in this process and keeps which files were read."""

    files: list[str] = field(default_factory=list)

    @contextmanager
    def reading(self, *, read: Read) -> Iterator[ReadAll]:
        def read_all(jobs: Sequence[Job]) -> Iterator[object]:
            self.files += [job[0].arrival.file for job in jobs]
            with in_process(read=read) as all_of:
                return all_of(jobs)

        yield read_all


def read_again(folder: Path, schemas: Path = SCHEMAS, *, publish: bool = True) -> list[str]:
    """Which files a run reads."""
    counting = Counting()
    folders = Folders(schemas, folder / "input", folder / "output", AS_OF)
    run(folders, NOW, publish=publish, reading=counting.reading)
    return counting.files


def outputs(folder: Path) -> dict[str, bytes]:
    """All that was made, but for what is kept."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted((folder / "output").rglob("*"))
        if path.is_file() and path.parent.name != "cache"
    }


def store(folder: Path) -> Path:
    return folder / "output" / "cache" / "understood.sqlite"


@pytest.fixture
def once(tmp_path) -> Path:
    """A campaign that was consolidated once."""
    consolidate(tmp_path, *BOOKS, publish=True)
    return tmp_path


def test_what_was_read_once_is_not_read_again_and_nothing_else_changes(once):
    before = outputs(once)
    assert read_again(once) == []
    assert outputs(once) == before
    assert len(before) > 5


def test_status_uses_what_is_kept_and_writes_nothing(once, tmp_path_factory):
    assert read_again(once, publish=False) == []
    other = tmp_path_factory.mktemp("other")
    put(other / "input", *BOOKS)
    assert len(read_again(other, publish=False)) == len(BOOKS)
    assert not (other / "output").exists()


def test_only_what_is_new_is_read(once):
    put(once / "input", Sent("ตระการ.xlsx", "2021-02-06T09:00:00", IN_THAI_DIGITS))
    assert read_again(once) == ["ตระการ.xlsx"]
    assert read_again(once) == []


def test_the_same_content_under_another_name_is_read(once):
    put(once / "input", Sent("3411/ครั้งที่ 1.xlsx", "2021-02-06T09:00:00", TRAKAN))
    assert read_again(once) == ["3411/ครั้งที่ 1.xlsx"]


def test_what_is_said_about_a_file_makes_it_be_read_again(once):
    answer(once / "input", ("เขมราฐ.xlsx", "", "", "", "NO_ROUND", "3405/1", "ผู้วิเคราะห์", "โทรถาม"))
    assert read_again(once) == ["เขมราฐ.xlsx"]
    (once / "input" / "corrections.csv").write_text(
        f"file,sha256,sheet,cell,old,new,who,why\nตระการ.xlsx,,{TRAKAN.sheet},Z99,1,2,ผู้วิเคราะห์,โทรถาม\n",
        encoding="utf-8",
    )
    assert read_again(once) == ["ตระการ.xlsx"]


def test_other_tables_or_another_program_make_everything_be_read_again(once, monkeypatch):
    readable = ["ตระการ.xlsx", "เขมราฐ.xlsx", "พัง.xlsx"]
    other = with_tables(once, ('due = "2564-02-05"', 'due = "2564-02-04"'))
    assert read_again(once, other) == readable
    assert read_again(once, other) == []
    monkeypatch.setattr(cache, "fingerprint", lambda _: "another program")
    monkeypatch.setattr("pipeline.run.fingerprint", lambda _: "another program")
    assert read_again(once, other) == readable


def test_the_fingerprint_is_of_every_table_and_of_the_program(tmp_path, monkeypatch):
    seen = {cache.fingerprint(SCHEMAS)}
    for name in ("campaign.toml", "registry/aliases.csv", "forms/operations/rules.csv"):
        copy = with_tables(tmp_path / name.replace("/", "-"))
        with (copy / name).open("a", encoding="utf-8") as table:
            table.write("\n")
        seen.add(cache.fingerprint(copy))
    program = tmp_path / "program"
    (program / "pipeline").mkdir(parents=True)
    (program / "requirements.lock").write_text("", encoding="utf-8")
    monkeypatch.setattr(cache, "ROOT", program)
    seen.add(cache.fingerprint(SCHEMAS))
    (program / "pipeline" / "new.py").write_text("", encoding="utf-8")
    seen.add(cache.fingerprint(SCHEMAS))
    (program / "requirements.lock").write_text("newer", encoding="utf-8")
    seen.add(cache.fingerprint(SCHEMAS))
    assert len(seen) == 7


def test_what_is_no_longer_needed_goes(once):
    def kept() -> int:
        with closing(sqlite3.connect(store(once))) as opened:
            return opened.execute("SELECT count(*) FROM understood").fetchone()[0]

    assert kept() == len(BOOKS)
    rerun(once, schemas=with_tables(once, ('due = "2564-02-05"', 'due = "2564-02-04"')), publish=True)
    assert kept() == len(BOOKS)


def test_an_error_of_ours_is_not_kept(tmp_path, monkeypatch):
    def broken(*_: object) -> None:
        raise ZeroDivisionError

    with monkeypatch.context() as patched:
        patched.setattr("pipeline.understand.extract", broken)
        consolidate(tmp_path, *BOOKS[:1], publish=True)
    assert read_again(tmp_path) == ["ตระการ.xlsx"]
    assert read_again(tmp_path) == []


# --- another hand ---------------------------------------------------------------------------------------------------


class Calls:
    """What an entry of another hand would have called."""

    def __reduce__(self) -> tuple[object, ...]:
        return os.mkdir, ("called",)


def test_an_entry_calls_nothing(once, monkeypatch):
    monkeypatch.chdir(once)
    before = outputs(once)
    with closing(sqlite3.connect(store(once))) as opened, opened:
        for (key,) in opened.execute("SELECT key FROM understood").fetchall():
            content = pickle.dumps(Calls())
            entry = cache._seal(key, content) + content
            opened.execute("UPDATE understood SET entry = ? WHERE key = ?", (entry, key))
    assert len(read_again(once)) == len(BOOKS)
    assert not Path("called").exists()
    assert outputs(once) == before
    assert read_again(once) == []


def test_entries_that_changed_places_are_not_believed(once):
    before = outputs(once)
    with closing(sqlite3.connect(store(once))) as opened, opened:
        entries = opened.execute("SELECT key, entry FROM understood ORDER BY key").fetchall()
        for (key, _), (_, other) in zip(entries, [*entries[1:], entries[0]], strict=True):
            opened.execute("UPDATE understood SET entry = ? WHERE key = ?", (other, key))
    assert len(read_again(once)) == len(BOOKS)
    assert outputs(once) == before


@pytest.mark.parametrize("other", [b"", b"not a database", None])
def test_what_is_no_store_is_made_anew(once, other):
    before = outputs(once)
    if other is None:
        store(once).unlink()
        store(once).mkdir()
    else:
        store(once).write_bytes(other)
    assert len(read_again(once)) == len(BOOKS)
    assert outputs(once) == before


def test_a_store_of_another_shape_is_made_anew(once):
    store(once).unlink()
    with closing(sqlite3.connect(store(once))) as opened, opened:
        opened.execute("CREATE TABLE understood (key TEXT, something TEXT)")
    assert len(read_again(once)) == len(BOOKS)
    assert len(read_again(once)) == len(BOOKS)
    assert read_again(once) == []


@pytest.fixture(scope="module")
def kept(tmp_path_factory) -> tuple[Path, bytes, dict[str, bytes]]:
    """A campaign consolidated once, its store, its outputs."""
    folder = tmp_path_factory.mktemp("kept")
    consolidate(folder, *BOOKS, publish=True)
    return folder, store(folder).read_bytes(), outputs(folder)


@settings(max_examples=20, deadline=None)
@given(st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(1, 255)), min_size=1, max_size=40),
       st.floats(0.2, 1))  # fmt: skip
def test_whatever_is_damaged_or_cut_off_changes_no_output(kept, flips, left):
    folder, whole, expected = kept
    damaged = bytearray(whole)
    for place, bits in flips:
        damaged[int(place * len(damaged))] ^= bits
    store(folder).write_bytes(bytes(damaged[: int(len(damaged) * left)]))
    rerun(folder, publish=True)
    assert outputs(folder) == expected


# --- with and without -----------------------------------------------------------------------------------------------

CONTENTS = (TRAKAN, IN_THAI_DIGITS, KHEMARAT, Table("3411", "2"), Table("3411", "", figures="1"))
NAMES = ("รายงาน.xlsx", "3411 ตระการพืชผล/ครั้งที่ 1.xlsx", "3405/ครั้งที่ 2.xlsx")
DEEDS = st.one_of(
    st.tuples(st.just("send"), st.sampled_from(NAMES), st.integers(0, len(CONTENTS) - 1)),
    st.tuples(st.just("answer"), st.sampled_from(NAMES), st.sampled_from(["3411/1", "3411/2", "ignore"])),
    st.tuples(st.just("take away"), st.sampled_from(NAMES), st.none()),
)


def do(folder: Path, number: int, deed: tuple[str, str, object]) -> None:
    kind, name, what = deed
    if kind == "send":
        put(folder / "input", Sent(name, f"2021-02-04T09:00:{number:02}", CONTENTS[int(str(what))]))
    elif kind == "answer":
        answer(folder / "input", (name, "", "", "", "NO_ROUND", str(what), "ผู้วิเคราะห์", "โทรถาม"))
    else:
        (folder / "input" / name).unlink(missing_ok=True)


@settings(max_examples=10, deadline=None)
@given(st.lists(st.lists(DEEDS, min_size=1, max_size=3), min_size=1, max_size=4))
def test_the_same_comes_out_with_what_is_kept_and_without(nights):
    with tempfile.TemporaryDirectory() as made:
        folder, number = Path(made), 0
        put(folder / "input")
        for night in nights:
            for deed in night:
                do(folder, number, deed)
                number += 1
            rerun(folder, publish=True)
            with_it = outputs(folder)
            shutil.rmtree(folder / "output" / "cache", ignore_errors=True)
            rerun(folder, publish=True)
            assert outputs(folder) == with_it


def test_the_contents_of_the_property_are_different_ones():
    assert len({content_of(each) for each in CONTENTS}) == len(CONTENTS)
