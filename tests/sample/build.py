"""Build the sample campaign: `python -m tests.sample.build [--libreoffice] [--into FOLDER]`.

Writes the workbooks, the vault, `receipts.csv`, `answers.csv` and `SAMPLE.toml` into `input/`, and the truth into
`tests/sample/truth/`. With `--into` both go under that folder (`input/`, `truth/`) and the project is left alone.
The same recipes and tables give the same bytes. `--libreoffice` lets LibreOffice save what it has not saved yet.
"""

import argparse
import csv
import hashlib
import io
import shutil
from collections.abc import Iterable, Sequence
from datetime import timedelta
from pathlib import Path

from tests.sample import libreoffice, truth
from tests.sample.layout import lay_out
from tests.sample.model import Book, Content, Sent
from tests.sample.oddities import MADE
from tests.sample.recipes_first import FIRST
from tests.sample.recipes_plan import PLANS
from tests.sample.recipes_second import SECOND
from tests.sample.tables import Tables, load
from tests.sample.writers import WRITERS

ROOT = Path(__file__).parents[2]
NOTE = "ข้อมูลตัวอย่าง: ตัวเลขทุกตัวสมมุติขึ้นเพื่อแสดงการทำงาน ไม่ใช่ผลการดำเนินงานจริง"
VALUES = "district_code,local_body_code,form,round,item,indicator,value,file,sheet,cell"
ROSTER = "district_code,round,status,days_late,counted_file,local_bodies_reported,first_received_at,first_acceptable_at"


def contents(tables: Tables, convert: bool) -> tuple[Content, ...]:
    """Every content of the campaign, laid out and written."""
    return tuple(content(book, tables, convert) for book in (*PLANS, *FIRST, *SECOND))


def content(book: Book, tables: Tables, convert: bool) -> Content:
    laid = tuple(lay_out(table, tables) for table in book.tables)
    sheets = (*(each.sheet for each in laid), *book.sheets)
    if book.made:
        data = MADE[book.made](sheets)
    elif book.writer.startswith("libreoffice."):
        data = libreoffice.saved(sheets, book.writer.removeprefix("libreoffice."), convert)
    else:
        data = WRITERS[book.writer](sheets)
    return Content(book, data, hashlib.sha256(data).hexdigest(), laid)


def receipts(found: Sequence[truth.Arrived]) -> list[tuple[str, ...]]:
    """The register, in the order in which it was written: arrivals, then what was said of them later."""
    lines = [line for each in found for line in receipt_lines(each)]
    return sorted(lines, key=lambda line: (line[0], line[1]))


def receipt_lines(each: truth.Arrived) -> Iterable[tuple[str, ...]]:
    sent, sha = each.sent, each.content.sha256
    at = truth.moment(sent.at)
    noted = at + timedelta(minutes=7)
    yield (
        noted.isoformat(),
        sent.path,
        sha,
        at.isoformat(),
        sent.source,
        "arrived",
        "" if sent.event else sent.note,
    )
    if sent.event:
        told, received = truth.moment(sent.event_at).isoformat(), each.at.isoformat()
        yield told, sent.path, sha, received, "register", sent.event, sent.note


def table_text(header: str, lines: Iterable[Sequence[str]]) -> str:
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(header.split(","))
    writer.writerows(lines)
    return buffer.getvalue()


def sample_toml(found: Sequence[truth.Arrived], made: Sequence[Content]) -> str:
    """The sample's own clock and its list of files, those that never arrive included."""
    listed = [(each.sent.path, each.content.sha256) for each in found]
    listed += [(sent.path, each.sha256) for each, sent in ignored(made)]
    files = "".join(f'\n[[file]]\npath = "{path}"\nsha256 = "{sha256}"\n' for path, sha256 in listed)
    return f'as_of = "2564-02-24T08:30:00+07:00"\nnote = "{NOTE}"\n{files}'


def write_input(target: Path, made: Sequence[Content], found: Sequence[truth.Arrived]) -> None:
    """The campaign's files as a district desk would have them; an earlier sample there is replaced."""
    clear(target)
    vault = target / "vault"
    vault.mkdir(parents=True)
    for each in made:
        for sent in each.book.sent:
            if not sent.gone:
                put(target / sent.path, each.data)
            if sent.verdict != "ignored":
                put(vault / each.sha256, each.data)
    register = table_text("recorded_at,file,sha256,received_at,source,event,note", receipts(found))
    put(target / "receipts.csv", register.encode("utf-8-sig"))
    put(
        target / "answers.csv",
        table_text("file,sha256,sheet,cell,code,answer,who,why", ()).encode("utf-8-sig"),
    )
    put(target / "SAMPLE.toml", sample_toml(found, made).encode())


def put(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def clear(target: Path) -> None:
    """Empty a folder that holds the sample; a real campaign is never touched."""
    entries = list(target.iterdir()) if target.exists() else []
    if any(entry.name == "receipts.csv" for entry in entries) and not (target / "SAMPLE.toml").exists():
        raise SystemExit(f"{target} holds a campaign of its own and no SAMPLE.toml: nothing was written")
    for entry in entries:
        if not entry.name.startswith("."):
            shutil.rmtree(entry) if entry.is_dir() else entry.unlink()


def write_truth(
    target: Path, made: Sequence[Content], found: Sequence[truth.Arrived], tables: Tables
) -> None:
    """The four tables of what must come out."""
    verdicts = truth.verdicts(found, tables)
    files = [(path, sha, verdict) for (path, sha), verdict in sorted(verdicts.items())]
    files += [(sent.path, each.sha256, sent.verdict) for each, sent in ignored(made)]
    texts = {
        "values.csv": table_text(VALUES, truth.values(found, tables)),
        "roster.csv": table_text(ROSTER, truth.roster(found, tables)),
        "planted.csv": table_text("case,file,sheet,cell,expect,detail", truth.planted(made, tables)),
        "files.csv": table_text("path,sha256,verdict", files),
    }
    for name, text in texts.items():
        put(target / name, text.encode("utf-8"))


def ignored(made: Sequence[Content]) -> Iterable[tuple[Content, Sent]]:
    return [(each, sent) for each in made for sent in each.book.sent if sent.verdict == "ignored"]


def build(input_dir: Path, truth_dir: Path, convert: bool = False) -> None:
    """Write the whole sample."""
    tables = load(ROOT / "schemas")
    made = contents(tables, convert)
    found = truth.arrivals(made)
    write_input(input_dir, made, found)
    write_truth(truth_dir, made, found, tables)


def main() -> None:
    parser = argparse.ArgumentParser(description="Build the sample campaign.")
    parser.add_argument(
        "--libreoffice", action="store_true", help="convert what LibreOffice has not saved yet"
    )
    parser.add_argument("--into", type=Path, help="write into this folder instead of the project")
    chosen = parser.parse_args()
    into: Path | None = chosen.into
    input_dir = into / "input" if into else ROOT / "input"
    truth_dir = into / "truth" if into else Path(__file__).parent / "truth"
    build(input_dir, truth_dir, chosen.libreoffice)


if __name__ == "__main__":
    main()
