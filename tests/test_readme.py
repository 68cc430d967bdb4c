"""README.md and docs/ say what is there: commands, options, targets, files, columns, codes, and a true transcript."""

import csv
import io
import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from datetime import datetime
from pathlib import Path
from typing import get_args
from zoneinfo import ZoneInfo

import click
import pytest

from pipeline import __main__ as entry
from pipeline import cli, exceptions
from pipeline.answers import COLUMNS, PLACE_QUESTIONS, load_answers
from pipeline.campaign import load_campaign
from pipeline.catalogue import CATALOGUE
from pipeline.corrections import load_corrections
from pipeline.diary import FILE_NAME as LOG_NAME
from pipeline.model import Folders, Status, Verdict
from pipeline.receive.register import read_register
from pipeline.returns import NAME_QUESTIONS
from pipeline.run import run
from pipeline.write import layout
from schemas.form import Check, Kind, Level, Severity
from tests.campaigns import NOW, ROOT, SHIPPED, in_process, round_of

README, DESIGN = ROOT / "README.md", ROOT / "docs" / "design.md"
TABLES, OUTPUTS = ROOT / "docs" / "tables.md", ROOT / "docs" / "outputs.md"
CASES = ROOT / "docs" / "cases.md"
NIGHTLY = ROOT / "docs" / "nightly.md"
DOCUMENTS = (README, DESIGN, TABLES, OUTPUTS, CASES, NIGHTLY)
ZONE = ZoneInfo("Asia/Bangkok")
COMMON = {"--as-of", "--schemas", "--input", "--output"}
MADE_ELSEWHERE = {
    "input-sample.zip",
    f"output/{LOG_NAME}",
    "output/status.html",
    "input/corrections.csv",
    "output/templates/",
    "output/cache/",
    *(f"output/{name}" for name in ("digest.txt", "digest.json", "nightly.json", "nightly.log")),
}
ONCE_SOMETHING_CAME = {"receipts/", "returned/"}
FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
SPAN = re.compile(r"(?<!`)`([^`\n]+)`(?!`)")
CALL = re.compile(r"(?<![\w/.])(?:\.venv/bin/)?pipeline ((?:form )?[a-z]+)(.*)")
TARGET = re.compile(r"\bmake ([a-z-]+)")
OPTION = re.compile(r"(?<!\S)--?[a-z][a-z-]*")
PATH = re.compile(
    r"(?:pipeline|schemas|input|output|docs|tests)/[\w./-]*|[\w./-]+\.(?:py|csv|toml|md|xlsx|json|log|zip)"
)
sample_only = pytest.mark.skipif(
    not (ROOT / "input" / "SAMPLE.toml").exists(), reason="the sample was put away"
)


def text_of(document: Path) -> str:
    return document.read_text(encoding="utf-8")


def blocks(document: Path, language: str) -> list[str]:
    """The fenced blocks of one language."""
    return [body for name, body in FENCE.findall(text_of(document)) if name == language]


def csv_block(document: Path, column: str) -> str:
    """The one example table that has this column."""
    (found,) = [block for block in blocks(document, "csv") if column in block.splitlines()[0].split(",")]
    return found


def spans(text: str) -> list[str]:
    return SPAN.findall(FENCE.sub("", text))


def code(document: Path) -> list[str]:
    """What a reader may type or look up: inline code, and the lines of blocks without what a command answered."""
    lines = [
        line
        for language, body in FENCE.findall(text_of(document))
        for line in body.splitlines()
        if language != "console" or line.startswith("$ ")
    ]
    return [*spans(text_of(document)), *lines]


def section(document: Path, heading: str) -> str:
    """The text under one heading, up to the next of its rank or higher."""
    _, _, rest = text_of(document).partition(f"\n## {heading}\n")
    assert rest, f"{document.name} has no section {heading}"
    return rest.partition("\n## ")[0]


def rows_of(text: str, first: str) -> list[list[str]]:
    """The rows of the first Markdown table whose first header is `first`."""
    lines = iter(text.splitlines())
    next(line for line in lines if line.startswith(f"| {first} |"))
    next(lines)
    rows = []
    for line in lines:
        if not line.startswith("|"):
            break
        rows.append([cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]])
    return rows


def first_spans(text: str, first: str) -> list[str]:
    """Every inline code in the first column of a table, in order."""
    return [span for row in rows_of(text, first) for span in spans(row[0])]


def commands_of(group: click.Group, before: str = "") -> dict[str, click.Command]:
    """Every command by what is typed for it, those of a group with its name before them."""
    found: dict[str, click.Command] = {}
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            found |= commands_of(command, f"{before}{name} ")
        else:
            found[before + name] = command
    return found


COMMANDS = commands_of(cli.pipeline)


def options_of(command: str) -> set[str]:
    options = [one for one in COMMANDS[command].params if isinstance(one, click.Option)]
    return {name for option in options for name in option.opts} - {"--help"}


def make_targets() -> set[str]:
    return set(re.findall(r"^([a-z-]+):.*## ", text_of(ROOT / "Makefile"), re.MULTILINE))


@pytest.fixture(scope="module")
def published(tmp_path_factory) -> Path:
    """The folder of a round of results, beside that of the plan, of a campaign in which nothing has arrived."""
    folder = tmp_path_factory.mktemp("published")
    (folder / "input").mkdir()
    keys = ["plan", "1", "best_practice"]
    run(Folders(SHIPPED, folder / "input", folder / "output"), NOW, keys, reading=in_process)
    return folder / "output" / "1"


def written_into(published: Path) -> set[str]:
    """The names of the files and folders of a round, whichever form it asks for."""
    return {f"{path.name}/" if path.is_dir() else path.name for path in published.parent.glob("*/*")}


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_command_and_option_that_is_named_exists(document):
    every_option = {"--version", "--help"}.union(*(options_of(name) for name in COMMANDS))
    for line in code(document):
        for command, rest in CALL.findall(line):
            assert command in COMMANDS, line
            assert set(OPTION.findall(rest)) <= options_of(command), line
        if line.startswith("-"):
            assert set(OPTION.findall(line)) <= every_option, line


def test_the_readme_lists_every_command_with_all_its_options():
    listed = {spans(name)[0]: set(spans(options)) for name, _, options in rows_of(text_of(README), "command")}
    own = {name: options_of(name) - COMMON for name in COMMANDS}
    assert listed == own
    assert all(options_of(name) >= COMMON for name in COMMANDS)


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_make_target_that_is_named_exists(document):
    named = {target for line in code(document) for target in TARGET.findall(line)}
    assert named <= make_targets()


def test_the_readme_lists_every_make_target():
    listed = {target for row in rows_of(text_of(README), "make") for target in TARGET.findall(" ".join(row))}
    assert listed == make_targets()


def test_the_line_of_apt_is_the_one_that_make_gives():
    line = "sudo apt-get install -y python3 python3-venv make"
    assert line in text_of(ROOT / "Makefile")
    assert [each for each in code(README) if "apt-get" in each and "python3" in each] == [line] * 3


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_link_leads_somewhere(document):
    links = re.findall(r"\[([^\]]*)\]\(([^)#\s]*)(?:#([^)\s]+))?\)", text_of(document))
    for label, target, anchor in links:
        assert not PATH.fullmatch(label) or label == target
        there = document.parent / target if target else document
        assert there.exists(), target
        headings = re.findall(r"^#+ (.+)$", text_of(there), re.MULTILINE) if anchor else []
        assert not anchor or anchor in [heading.lower().replace(" ", "-") for heading in headings]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_file_that_is_named_exists(document, published):
    known = {path.name for folder in ("schemas", "docs") for path in (ROOT / folder).rglob("*")}
    known |= written_into(published)
    headings = re.findall(r"^## (\S+\.\w+)$", text_of(document), re.MULTILINE)
    for name in [*filter(PATH.fullmatch, spans(text_of(document))), *headings]:
        made = re.fullmatch(r"output/(?:\d/)?([\w.]*)", name)
        place = name if made is None else made[1]
        assert name in MADE_ELSEWHERE or place in known or (ROOT / place).exists(), name


def test_the_readme_and_outputs_name_every_file_of_a_round(published):
    written = written_into(published) | ONCE_SOMETHING_CAME
    headings = set(re.findall(r"^## ([\w.]+(?:\.\w+|/))$", text_of(OUTPUTS), re.MULTILINE))
    named = rows_of(section(README, "What is in output/"), "file")
    assert {spans(row[0])[0] for row in named} == written
    assert headings == written


@pytest.mark.parametrize("name", ["values", "extras", "roster", "issues"])
def test_outputs_tell_the_columns_in_order(name, published):
    header = (published / f"{name}.csv").read_text(encoding="utf-8-sig").splitlines()[0]
    assert first_spans(section(OUTPUTS, f"{name}.csv"), "column") == header.split(",")


def test_outputs_tell_the_columns_of_consolidated(published):
    header = (published / "consolidated.csv").read_text(encoding="utf-8-sig").splitlines()[0].split(",")
    told = first_spans(section(OUTPUTS, "consolidated.csv"), "column")
    indicators = {column.key for column in load_campaign(SHIPPED).forms["operations"].indicators}
    assert [name for name in header if name not in indicators] == told


def test_outputs_tell_the_keys_of_the_run_record(published):
    record = json.loads((published / "run.json").read_text(encoding="utf-8"))
    assert set(first_spans(section(OUTPUTS, "run.json"), "key")) == set(record)


def test_outputs_tell_the_sheets_of_the_summary():
    names = (
        "COVER",
        "OVERVIEW",
        "DISTRICTS",
        "BODIES",
        "LATE",
        "MISSING",
        "FIXES",
        "MAP",
        "TREND",
        "NOTES",
        "SOURCES",
        "DATA",
    )
    told = [row[0] for row in rows_of(section(OUTPUTS, "summary.xlsx"), "sheet")]
    assert told == [getattr(layout, name) for name in names]


def test_statuses_verdicts_and_severities_are_all_explained():
    statuses = first_spans(section(DESIGN, "Three clocks and a status"), "status")
    assert sorted(statuses) == sorted(get_args(Status))
    assert {*get_args(Status), *get_args(Verdict), *get_args(Severity)} <= set(spans(text_of(OUTPUTS)))


def test_the_exit_codes_are_those_of_the_program():
    raised = [one for one in vars(exceptions).values() if isinstance(one, type) and hasattr(one, "exit_code")]
    codes = {0, cli.NEEDS_A_DECISION, entry.BUG, entry.INTERRUPTED, *(one.exit_code for one in raised)}
    assert [int(row[0]) for row in rows_of(text_of(README), "exit code")] == sorted(codes)


@pytest.mark.parametrize("document", [README, TABLES], ids=lambda path: path.name)
def test_the_example_answers_are_taken(document, tmp_path):
    example = csv_block(document, "answer")
    assert tuple(example.splitlines()[0].split(",")) == COLUMNS
    (tmp_path / "answers.csv").write_text(example, encoding="utf-8")
    answers = load_answers(tmp_path / "answers.csv", load_campaign(SHIPPED))
    assert len(answers) == len(example.splitlines()) - 1
    assert {answer.code for answer in answers} <= {*PLACE_QUESTIONS, *NAME_QUESTIONS}


def test_the_codes_that_can_be_answered_are_listed():
    listed = re.findall(
        r"\b[A-Z]+(?:_[A-Z]+)+\b|\bTWIN\b", FENCE.sub("", section(TABLES, "input/answers.csv"))
    )
    assert listed == [*PLACE_QUESTIONS, *NAME_QUESTIONS]
    assert all(CATALOGUE[code].question for code in PLACE_QUESTIONS)


def test_the_example_of_the_register_is_read(tmp_path):
    (example,) = [block for block in blocks(TABLES, "csv") if block.startswith("recorded_at,")]
    (tmp_path / "receipts.csv").write_text(example, encoding="utf-8")
    (row,) = read_register(tmp_path / "receipts.csv", ZONE)
    assert row.received_at == datetime.fromisoformat("2021-02-03T14:55:00+07:00")


def shipped_examples() -> list[tuple[str, str]]:
    """Each table under schemas/ that docs/tables.md shows, with its block."""
    shown = re.compile(r"^## (schemas/\S+\.csv)\n.*?^```csv\n(.*?)^```$", re.MULTILINE | re.DOTALL)
    return shown.findall(text_of(TABLES))


@pytest.mark.parametrize("table, example", shipped_examples(), ids=[name for name, _ in shipped_examples()])
def test_the_example_rows_are_those_of_the_tables(table, example):
    with (ROOT / table).open(encoding="utf-8-sig", newline="") as lines:
        held = list(csv.reader(lines))
    header, *rows = csv.reader(io.StringIO(example))
    assert header == held[0]
    assert rows
    assert all(row in held for row in rows)


def test_every_table_is_described():
    described = text_of(TABLES)
    tables = [path for kind in ("*.csv", "*.toml") for path in SHIPPED.rglob(kind)]
    assert [path.name for path in tables if path.relative_to(ROOT).as_posix() not in described] == []


def test_the_words_that_tables_accept_are_listed():
    told = set(spans(text_of(TABLES)))
    assert {*get_args(Kind), *get_args(Level), *get_args(Check), *get_args(Severity)} <= told


def test_the_keys_of_the_campaign_are_listed():
    told = {key.strip("[]") for key in first_spans(section(TABLES, "schemas/campaign.toml"), "key")}
    assert told == {*tomllib.loads(text_of(SHIPPED / "campaign.toml")), "extension", "waiver"}


@pytest.mark.parametrize("document", [README, TABLES], ids=lambda path: path.name)
def test_the_example_entries_of_the_campaign_are_taken(document, tmp_path):
    shutil.copytree(SHIPPED, tmp_path / "schemas")
    with (tmp_path / "schemas" / "campaign.toml").open("a", encoding="utf-8") as file:
        file.write("\n" + blocks(document, "toml")[0])
    before, after = load_campaign(SHIPPED), load_campaign(tmp_path / "schemas")
    grown = {
        name
        for name in ("rounds", "extensions", "waivers")
        if len(getattr(after, name)) == len(getattr(before, name)) + 1
    }
    assert grown == ({"extensions", "waivers"} if document == README else {"rounds"})


@sample_only
def test_the_transcript_is_what_the_program_says(tmp_path):
    shutil.copytree(ROOT / "input", tmp_path / "input")
    told = subprocess.run(
        [sys.executable, "-m", "pipeline", "consolidate", "--schemas", str(SHIPPED)],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=True,
    ).stdout.splitlines()
    (transcript,) = blocks(README, "console")
    command, *shown = transcript.splitlines()
    assert command == "$ make consolidate"
    assert_shown(shown, told)


@sample_only
def test_the_example_answers_do_what_the_readme_says(tmp_path):
    shutil.copytree(ROOT / "input", tmp_path / "input")
    example = csv_block(README, "answer")
    (tmp_path / "input" / "answers.csv").write_text(example, encoding="utf-8")
    results = run(
        Folders(SHIPPED, tmp_path / "input", tmp_path / "output"), NOW, publish=False, reading=in_process
    )
    first, second = (round_of(results, key) for key in ("1", "2"))
    place = next(row for row in second.roster if row.district_code == "3422")
    assert (place.status, place.counted_file) == ("on_time", "3421 โพธิ์ไทร/แบบรายงาน รอบ 2.xlsx")
    cells = set(first.values.query("local_body_code == '6342002'")["cell"])
    assert cells
    assert all(cell.endswith("10") for cell in cells)


@pytest.mark.parametrize("document", [README, TABLES])
def test_the_example_correction_does_what_is_said_of_it(document, tmp_path):
    shutil.copytree(ROOT / "input", tmp_path / "input")
    example = csv_block(document, "new")
    (tmp_path / "input" / "corrections.csv").write_text(example, encoding="utf-8")
    (correction,) = load_corrections(tmp_path / "input" / "corrections.csv")
    results = run(
        Folders(SHIPPED, tmp_path / "input", tmp_path / "output"), NOW, publish=False, reading=in_process
    )
    changed = round_of(results, "1").values.query("corrected_from != ''")
    assert list(changed["file"]) == [correction.file]
    assert (changed["corrected_from"].item(), changed["value"].item()) == (correction.old, correction.new)


def assert_shown(shown: list[str], told: list[str]) -> None:
    """Each shown line is the next one told; a line of … stands for any number, … at the end for the rest of a line."""
    at, skipping = 0, False
    for line in shown:
        if line.strip() == "…":
            skipping = True
            continue
        while skipping and at < len(told) and not fits(line, told[at]):
            at += 1
        assert at < len(told), f"not told: {line!r}"
        assert fits(line, told[at]), f"told {told[at]!r}, shown {line!r}"
        at, skipping = at + 1, False
    assert skipping or told[at:] == []


def fits(line: str, told: str) -> bool:
    return told.startswith(line[:-1]) if line.endswith("…") else told == line
