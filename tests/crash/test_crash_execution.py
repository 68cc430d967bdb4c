"""Nothing that lies in a file is run, and nobody is called: a run over hostile files, seen from outside."""

import io
import json
import re
import sys
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from tests.campaigns import TABLES
from tests.crash.calls import STRACE, path_of
from tests.crash.room import ROUND_1, Book, command, furnish, run
from tests.sample.layout import lay_out
from tests.sample.model import Formula, Put, Sheet, Table
from tests.sample.oddities import encrypted, html
from tests.sample.writers import with_macro_type, with_xlsxwriter

pytestmark = pytest.mark.usefixtures("tracing")

AT, ELSEWHERE = 1_612_400_000, "http://127.0.0.1:9/"
TRACED = "trace=execve,execveat,socket,connect,bind,sendto,sendmsg,sendmmsg"
STARTED = re.compile(r'execve(?:at)?\([^"]*"([^"]*)"')
CALLED = re.compile(r"(?:socket|connect|bind|send\w+)\(.*")
WITHIN = re.compile("AF_UNIX|SCM_RIGHTS")
MARKUP = f'<!DOCTYPE x SYSTEM "{ELSEWHERE}x.dtd" [<!ENTITY x SYSTEM "{ELSEWHERE}x">]><x>&x;</x>'
COMMANDS = ("=cmd|'/c calc'!A0", f'=WEBSERVICE("{ELSEWHERE}")', f'=HYPERLINK("{ELSEWHERE}")')


def form(district: str) -> list[Sheet]:
    return [lay_out(Table(district, "1"), TABLES).sheet]


def with_commands(sheets: Sequence[Sheet]) -> bytes:
    """Figures that are what a command, run by whoever opens the workbook, is said to have come to."""
    (sheet,) = sheets
    figures = sorted(
        place for place, put in sheet.cells.items() if put.look == "body" and type(put.value) is int
    )
    commands = {
        place: Put(Formula(command, sheet.cells[place].value), look="body")
        for place, command in zip(figures[5:], COMMANDS, strict=False)
    }
    return with_xlsxwriter([replace(sheet, cells={**sheet.cells, **commands})])


def with_parts(workbook: bytes, parts: Mapping[str, bytes]) -> bytes:
    """The workbook with more parts in its archive."""
    archive = io.BytesIO(workbook)
    with zipfile.ZipFile(archive, "a", zipfile.ZIP_DEFLATED) as more:
        for name, content in parts.items():
            more.writestr(name, content)
    return archive.getvalue()


PICTURE = f'<img src="{ELSEWHERE}"><table'.encode()
MACRO = {"xl/vbaProject.bin": bytes(512)}
BOMB = {"xl/media/image1.png": bytes(33 << 20)}
CALL = {"xl/x.xml": MARKUP.encode()}
HOSTILE = {
    "ดอนมดแดง.xls": (html(form("3424")).replace(b"<table", PICTURE), ["WRONG_TYPE"]),
    "นาเยีย.xlsx": (with_commands(form("3429")), ["TOTAL_ROW"]),
    "สว่างวีระวงศ์.xlsm": (with_parts(with_macro_type(form("3432")), MACRO), ["MACRO", "TOTAL_ROW"]),
    "น้ำขุ่น.xlsx": (encrypted(form("3433")), ["PASSWORD"]),
    "เหล่าเสือโก้ก.xlsx": (with_parts(with_xlsxwriter(form("3431")), BOMB), ["UNSAFE_ARCHIVE"]),
    "นาตาล.xlsx": (with_parts(with_xlsxwriter(form("3430")), CALL), ["UNSAFE_ARCHIVE"]),
}
"""By name: what it holds, and the codes under which it is told of."""


def seen(room: Path, words: Sequence[str]) -> tuple[set[str], set[str]]:
    """Which programs a command and all that it starts were, and whom they called."""
    trace = room / "told" / "trace"
    assert run(room, [*STRACE, "-o", str(trace), "-e", TRACED, *words]).code == 0
    text = trace.read_text("ascii")
    started = {str(path_of(each)) for each in STARTED.findall(text)}
    # what hands an open file over (SCM_RIGHTS) can only go to a process of this machine
    return started, {each for each in CALLED.findall(text) if not WITHIN.search(each)}


def test_no_program_is_started_but_our_own_and_nobody_is_called(tmp_path):
    furnish(tmp_path, *(Book(name, AT, content) for name, (content, _) in HOSTILE.items()))
    assert seen(tmp_path, command(tmp_path, ROUND_1)) == ({sys.executable}, set())
    files = json.loads((tmp_path / "output" / "1" / "run.json").read_text("utf-8"))["files"]
    assert {file["path"]: file["codes"] for file in files} == {
        name: codes for name, (_, codes) in HOSTILE.items()
    }


@pytest.mark.parametrize(
    "does, programs, calls",
    [
        ("import subprocess; subprocess.run('/bin/true')", {sys.executable, "/bin/true"}, 0),
        ("import socket; socket.socket()", {sys.executable}, 1),
        ("import socket; socket.socket(socket.AF_UNIX)", {sys.executable}, 0),
    ],
)
def test_what_a_program_starts_and_calls_would_be_seen(tmp_path, does, programs, calls):
    furnish(tmp_path)
    started, called = seen(tmp_path, [sys.executable, "-c", does])
    assert (started, len(called)) == (programs, calls)
