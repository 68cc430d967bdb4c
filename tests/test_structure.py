"""The direction of the imports, what each part may touch, and what asking for help costs."""

import ast
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from tests.campaigns import ROOT, Sent, put
from tests.sample.model import Table

MOST_LINES = 260
NIGHT = {"pipeline.nightly", "pipeline.nightly.prints"}
HEAVY = ("pandas", "pandera", "numpy", "xlsxwriter", "openpyxl", "python_calamine", "xlrd", "pebble")

# What may open, make, rename or remove files, and where: everything else only computes.
WRITERS = {
    "pipeline.write": "output/<round>",
    "pipeline.durable": "whole files for those below",
    "pipeline.receive": "input/receipts.csv and input/vault",
    "pipeline.lock": "input/vault/.lock",
    "pipeline.archive": "the zip of the sample, beside input",
    "pipeline.sample": "what the sample leaves",
    "pipeline.diary": "output/pipeline.log",
    "pipeline.nightly": "nightly.log, and through durable output/nightly.json",
}
CHANGES = {
    "write_text", "write_bytes", "mkdir", "makedirs", "rename", "renames", "rmtree", "rmdir", "unlink", "remove",
    "touch", "symlink_to", "hardlink_to", "copyfile", "copytree", "move", "copy2", "truncate", "ftruncate",
}  # fmt: skip
WRITE_MODES = set("wax+")
WRITE_FLAGS = {"O_RDWR", "O_WRONLY", "O_CREAT", "O_TRUNC", "O_APPEND"}


@dataclass(frozen=True)
class Module:
    """A module of ours: its name, its text, its tree."""

    name: str
    path: Path
    text: str
    tree: ast.Module


@cache
def modules() -> dict[str, Module]:
    """Every module of pipeline and schemas by its name."""
    found = {}
    for package in ("pipeline", "schemas"):
        for path in sorted((ROOT / package).rglob("*.py")):
            name = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
            text = path.read_text(encoding="utf-8")
            found[name] = Module(name, path, text, ast.parse(text))
    return found


def imported(module: Module) -> set[str]:
    """The full names that a module imports, anywhere in it; of what is ours, the modules."""
    names: set[str] = set()
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module.name}:{node.lineno} imports relatively"
            names |= {_module(node.module or "", alias.name) for alias in node.names}
    return names


def _module(package: str, name: str) -> str:
    full = f"{package}.{name}"
    return full if full in modules() else package


def part(name: str) -> str:
    """The part of the program that a module belongs to: itself, or its package."""
    return ".".join(name.split(".")[:2])


def importers_of(target: str) -> set[str]:
    return {
        module.name
        for module in modules().values()
        if part(module.name) != target and any(part(name) == target for name in imported(module))
    }


def test_schemas_imports_nothing_of_the_pipeline():
    offenders = {
        module.name: sorted(ours)
        for module in modules().values()
        if module.name.split(".")[0] == "schemas"
        and (ours := {name for name in imported(module) if name.split(".")[0] == "pipeline"})
    }
    assert offenders == {}


@pytest.mark.parametrize(
    ("base", "allowed"),
    [
        ("pipeline.model", {"schemas.form"}),
        ("pipeline.exceptions", set()),
        ("pipeline.catalogue", {"schemas.form"}),
        ("pipeline.issues", {"pipeline.catalogue", "pipeline.model"}),
        ("pipeline.thai", set()),
        ("pipeline.form_code", {"pipeline.thai"}),
        ("pipeline.aids", {"pipeline.model", "pipeline.thai"}),
        ("pipeline.words", set()),
    ],
)
def test_what_everything_rests_on_rests_on_nothing_above_it(base, allowed):
    used = {
        name
        for module in modules().values()
        if part(module.name) == base
        for name in imported(module)
        if name.split(".")[0] in ("pipeline", "schemas") and part(name) != base
    }
    assert {part(name) if name.startswith("pipeline") else name for name in used} <= allowed


@pytest.mark.parametrize(
    ("top", "above"),
    [
        ("pipeline.__main__", set()),
        ("pipeline.cli", {"pipeline.__main__"}),
        ("pipeline.run", {"pipeline.cli", *NIGHT}),
        ("pipeline.nightly", {"pipeline.nightly_command"}),
        ("pipeline.nightly_command", {"pipeline.cli"}),
        ("pipeline.templates", {"pipeline.cli"}),
        ("pipeline.consolidate", {"pipeline.run", "pipeline.check"}),
        ("pipeline.check", {"pipeline.cli", "pipeline.screen"}),
        ("pipeline.screen", {"pipeline.cli"}),
        (
            "pipeline.helping",
            {"pipeline.cli", "pipeline.__main__", "pipeline.form_commands", "pipeline.nightly_command"},
        ),
        ("pipeline.form_commands", {"pipeline.cli"}),
        ("pipeline.form_check", {"pipeline.form_commands"}),
        ("pipeline.form_draft", {"pipeline.form_commands"}),
        ("pipeline.drafting", {"pipeline.form_draft"}),
    ],
)
def test_nothing_below_imports_what_is_above_it(top, above):
    assert importers_of(top) <= above


def test_the_parts_that_write_outputs_see_results_and_nothing_of_the_stages():
    below = {"pipeline.model", "pipeline.exceptions", "pipeline.thai", "pipeline.durable", "pipeline.aids"}
    used = {
        part(name)
        for module in modules().values()
        if part(module.name) == "pipeline.write" and module.name != "pipeline.write.photos"
        for name in imported(module)
        if name.split(".")[0] == "pipeline"
    }
    assert used - {"pipeline", "pipeline.write"} <= below


def test_pictures_alone_are_taken_from_a_snapshot_by_what_writes():
    """They are too large to travel in results."""
    writers = {name for name in importers_of("pipeline.read") if part(name) == "pipeline.write"}
    assert writers == {"pipeline.write.photos"}


def test_only_run_the_night_the_templates_and_the_screen_import_what_writes():
    above = {"pipeline.run", "pipeline.templates", "pipeline.screen", "pipeline.nightly"}
    assert {part(name) for name in importers_of("pipeline.write")} <= above


def test_receiving_reading_and_understanding_do_not_know_one_another():
    steps = {
        "pipeline.receive",
        "pipeline.read",
        "pipeline.understand",
        "pipeline.validate",
        "pipeline.settle",
    }
    for step in steps:
        used = {part(name) for m in modules().values() if part(m.name) == step for name in imported(m)}
        assert used & (steps - {step}) == set(), step


def test_no_imports_go_in_a_circle():
    graph = {
        module.name: {name for name in imported(module) if name in modules() and name != module.name}
        for module in modules().values()
    }
    done: set[str] = set()

    def visit(name: str, path: tuple[str, ...]) -> None:
        assert name not in path, " -> ".join((*path[path.index(name) :], name))
        if name not in done:
            for other in sorted(graph[name]):
                # a package stands for its modules; its own modules come to it through itself
                if not other.startswith(f"{name}.") and not name.startswith(f"{other}."):
                    visit(other, (*path, name))
            done.add(name)

    for name in graph:
        visit(name, ())


def test_no_module_is_long_or_called_for_nothing():
    assert {m.name: m.text.count("\n") for m in modules().values() if m.text.count("\n") > MOST_LINES} == {}
    vague = {"utils", "util", "helpers", "helper", "common", "misc", "base"}
    assert {name for name in modules() if vague & set(name.split("."))} == set()


def test_every_module_says_what_it_is_for():
    assert [name for name, module in modules().items() if not ast.get_docstring(module.tree)] == []


PARENTS = {"Exception", "OperatorError", "Protocol", "pickle.Unpickler"}
"""The last is the library's own way to allow some classes alone."""


def test_only_exceptions_inherit_from_anything():
    offenders = {
        f"{module.name}.{node.name}"
        for module in modules().values()
        for node in ast.walk(module.tree)
        if isinstance(node, ast.ClassDef) and node.bases
        if not {ast.unparse(base) for base in node.bases}
        <= {"Exception", "OperatorError", "Protocol", "pickle.Unpickler"}
    }
    assert offenders == set()


# --- who touches files --------------------------------------------------------------------------------------------


def changes_files(node: ast.AST) -> bool:
    """Whether a call writes, makes, renames or removes something on the disk."""
    if not isinstance(node, ast.Call):
        return False
    called = node.func
    name = called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
    if name in CHANGES:
        return True
    if name == "replace" and isinstance(called, ast.Attribute):
        # text.replace(old, new) and dataclasses.replace take two; Path.replace(target) takes one
        return len(node.args) == 1 and not node.keywords
    if name == "open":
        said = [*node.args, *(keyword.value for keyword in node.keywords)]
        flags = {each.attr for each in ast.walk(node) if isinstance(each, ast.Attribute)} & WRITE_FLAGS
        modes = [
            each.value for each in said if isinstance(each, ast.Constant) and isinstance(each.value, str)
        ]
        nowhere = "os.devnull" in ast.unparse(node)
        return not nowhere and (
            bool(flags) or any(len(mode) <= 4 and WRITE_MODES & set(mode) for mode in modes)
        )
    return False


def test_only_the_parts_named_for_it_change_anything_on_the_disk():
    offenders = {
        f"{module.name}:{node.lineno}"
        for module in modules().values()
        for node in ast.walk(module.tree)
        if changes_files(node) and part(module.name) not in WRITERS
    }
    assert offenders == set()


def test_those_parts_do_so_or_would_not_be_named():
    changing = {
        part(module.name) for module in modules().values() if any(map(changes_files, ast.walk(module.tree)))
    }
    # the archive is written by zipfile
    assert set(WRITERS) - {"pipeline.archive", "pipeline.diary"} <= changing


WATCHED = """
import json, sys, traceback
from pathlib import Path
from tests.campaigns import rerun
folder = Path(sys.argv[1])
output, root = str(folder / "output"), sys.argv[2]
seen = []
def watch(event, arguments):
    if event not in ("open", "os.mkdir", "os.rename", "os.remove", "os.rmdir"):
        return
    paths = [str(each) for each in arguments[:2] if isinstance(each, (str, Path))]
    if not any(path.startswith(output) for path in paths):
        return
    if event == "open" and isinstance(arguments[1], str) and not set("wax+") & set(arguments[1]):
        return
    if event == "open" and not arguments[1] and not arguments[2] & 3:
        return
    frames = [frame.filename for frame in traceback.extract_stack() if frame.filename.startswith(root)]
    seen.append([event, frames[-1][len(root) + 1:] if frames else ""])
sys.addaudithook(watch)
for _ in range(2):
    rerun(folder, as_of="2021-02-06", publish=True)
print(json.dumps(seen))
"""


def contents(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_run_opens_files_under_output_from_the_writing_part_alone(tmp_path):
    put(tmp_path / "input", Sent("a.xlsx", "2021-02-04T09:00:00", Table("3424", "1")))
    before = contents(tmp_path / "input")
    done = subprocess.run(
        [sys.executable, "-c", WATCHED, str(tmp_path), str(ROOT)],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    seen = json.loads(done.stdout)
    assert len(seen) > 20
    owners = {file for _, file in seen}
    assert {file for file in owners if not file.startswith("pipeline/write/")} <= {"pipeline/durable.py"}
    assert contents(tmp_path / "input") == before | {tmp_path / "input" / "vault" / ".lock": b""}


# --- what help costs ----------------------------------------------------------------------------------------------


def test_help_imports_no_library_that_reads_or_writes_workbooks():
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "pipeline", "--help"],
        cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=True,
        env={**os.environ, "PYTHONUTF8": "1"},
    )  # fmt: skip
    loaded = {
        line.rpartition("|")[2].strip()
        for line in done.stderr.splitlines()
        if line.startswith("import time:")
    }
    assert "click" in loaded
    assert loaded & set(HEAVY) == set()
    assert "consolidate" in done.stdout


@pytest.mark.parametrize(
    "name",
    ["pipeline.__main__", "pipeline.cli", "pipeline.run", "pipeline.nightly", "pipeline.receive.arrivals"],
)
def test_what_starts_a_run_imports_no_frames_before_the_readers_are_at_work(name):
    code = f"import sys, {name}; print(*sorted({{'pandas', 'pandera', 'xlsxwriter'}} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""
