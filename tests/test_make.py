"""The Makefile on machines of several kinds, played by a `python3` of a few lines: quick, and without a network."""

import os
import re
import shutil
import subprocess
import tomllib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
TOOLS = (
    *("make", "cat", "chmod", "cksum", "dirname", "env", "find", "flock", "grep", "mkdir", "mktemp"),
    *("readlink", "rm", "sed", "tail", "touch", "tr"),
)
THAI = re.compile("[ก-๙]")
APT_LINE = "    sudo apt-get install -y python3-venv make"

# Answers as a Python does where the Makefile asks; each question is a line in the file that CALLS names.
HEALTHY = r"""#!/bin/sh
echo "$(basename_of "$0") $*" >>"$CALLS"
case "$*" in
  -c*) echo "$0" ;;
  "-m venv .venv") mkdir -p .venv/bin .venv/lib/python3.11/site-packages; cp_of "$0" .venv/bin/python ;;
  "-m pip install"*) if [ -n "$PIP_SAYS" ]; then echo "$PIP_SAYS" >&2; exit 1; fi ;;
  *) echo "ran: $*" ;;
esac
"""
WITHOUT_ENSUREPIP = r"""#!/bin/sh
case "$*" in
  -c*) echo "$0" ;;
  "-m venv .venv")
    mkdir -p .venv/bin
    echo "The virtual environment was not created successfully because ensurepip is not"
    echo "available."
    exit 1 ;;
esac
"""
TOO_OLD = "#!/bin/sh\nexit 0\n"  # sys.version_info < (3, 11): prints nothing
BROKEN_SHIM = "#!/bin/sh\necho 'pyenv: python3.13: command not found' >&2\nexit 127\n"


@pytest.fixture
def machine(tmp_path: Path) -> Path:
    """A folder with a checkout, whose name holds a space and Thai letters, and a bin/ that is the whole PATH."""
    checkout = tmp_path / "ทดสอบ โฟลเดอร์"
    checkout.mkdir()
    for name in ("Makefile", "requirements.lock", "requirements-dev.lock"):
        shutil.copy(ROOT / name, checkout)
    programs = tmp_path / "bin"
    programs.mkdir()
    for name in TOOLS:
        where = shutil.which(name)
        if where is None and name == "make":
            pytest.skip("make is not installed")
        if where is not None:
            (programs / name).symlink_to(where)
    return tmp_path


def install(machine: Path, name: str, script: str) -> None:
    program = machine / "bin" / name
    script = script.replace("basename_of", shutil.which("basename") or "basename")
    program.write_text(script.replace("cp_of", shutil.which("cp") or "cp"), encoding="utf-8")
    program.chmod(0o755)


def run_make(machine: Path, *words: str, pip_says: str = "") -> subprocess.CompletedProcess[str]:
    environment = {
        "PATH": str(machine / "bin"),
        "CALLS": str(machine / "calls"),
        "PIP_SAYS": pip_says,
        "TMPDIR": str(machine),
    }
    return subprocess.run(
        ["make", *words],
        cwd=checkout(machine),
        env=environment,
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
        executable=machine / "bin" / "make",
    )


def checkout(machine: Path) -> Path:
    return machine / "ทดสอบ โฟลเดอร์"


def calls(machine: Path) -> list[str]:
    """What was asked of the machine's Pythons, without the questions about their version."""
    lines = (machine / "calls").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if " -c" not in line and "sys.version_info" not in line]


def targets() -> list[str]:
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    return re.findall(r"^([a-z-]+):", text, re.MULTILINE)


# --- help and clean ---------------------------------------------------------------------------------------------


def test_help_is_the_default_and_explains_every_target_in_thai(machine: Path) -> None:
    by_default = run_make(machine)
    assert by_default.stdout == run_make(machine, "help").stdout
    assert by_default.stderr == ""
    explained = dict(re.findall(r"^  ([a-z-]+) +(.+)$", by_default.stdout, re.MULTILINE))
    assert set(explained) == set(targets())
    assert {name for name, words in explained.items() if not THAI.search(words)} == set()


def test_every_target_that_users_call_is_phony() -> None:
    phony = re.search(r"^\.PHONY: (.*)$", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    assert phony is not None
    assert sorted(phony.group(1).split()) == sorted(targets())


@pytest.mark.parametrize("target", ["clean", "distclean"])
def test_clean_never_mentions_the_input(machine: Path, target: str) -> None:
    dry = run_make(machine, "-n", target)
    assert dry.returncode == 0
    assert "input" not in dry.stdout


def test_clean_takes_the_outputs_and_leaves_what_arrived(machine: Path) -> None:
    folder = checkout(machine)
    kept = ["input/เมือง/รายงาน.xlsx", "input/receipts.csv", "output/.gitignore", "schemas/campaign.toml"]
    made = ["output/1/summary.xlsx", "output/status.html", "pipeline/__pycache__/run.pyc", ".ruff_cache/x"]
    for name in kept + made:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("x", encoding="utf-8")
    (folder / "tests").mkdir()
    done = run_make(machine, "clean")
    assert (done.returncode, done.stderr) == (0, "")
    assert [name for name in kept if not (folder / name).exists()] == []
    assert [name for name in made if (folder / name).exists()] == []
    assert list((folder / "output").iterdir()) == [folder / "output" / ".gitignore"]


# --- set-up -----------------------------------------------------------------------------------------------------


def test_without_python3_venv_the_sentence_names_the_package_and_nothing_is_left(machine: Path) -> None:
    install(machine, "python3", WITHOUT_ENSUREPIP)
    done = run_make(machine, "consolidate")
    assert done.returncode == 2
    assert done.stdout == ""
    lines = done.stderr.splitlines()
    assert "เครื่องนี้ยังขาดส่วนที่ใช้เตรียมเครื่องมือของไพทอน กรุณาติดตั้งด้วยคำสั่ง" in lines
    assert APT_LINE in lines
    assert "ensurepip" not in done.stderr
    assert not (checkout(machine) / ".venv").exists()


@pytest.mark.parametrize("script", [None, TOO_OLD, BROKEN_SHIM])
def test_without_a_usable_python_the_sentence_says_what_to_install(machine: Path, script: str | None) -> None:
    if script is not None:
        install(machine, "python3", script)
    done = run_make(machine, "consolidate")
    assert done.returncode == 2
    lines = done.stderr.splitlines()
    assert "ไม่พบภาษาไพทอนรุ่น 3.11 ขึ้นไปในเครื่องนี้ กรุณาติดตั้งด้วยคำสั่ง" in lines
    assert "    sudo apt-get install -y python3 python3-venv make" in lines
    assert not (checkout(machine) / ".venv").exists()


def test_pythons_that_cannot_serve_are_passed_over(machine: Path) -> None:
    install(machine, "python3.13", BROKEN_SHIM)
    install(machine, "python3.12", WITHOUT_ENSUREPIP)
    install(machine, "python3.11", HEALTHY)
    assert run_make(machine, "setup").returncode == 0
    assert calls(machine)[0] == "python3.11 -m venv .venv"


def test_consolidate_sets_up_once_with_hashes_and_passes_its_words_on(machine: Path) -> None:
    install(machine, "python3", HEALTHY)
    first = run_make(machine, "consolidate", "ARGS=--round 2")
    assert (first.returncode, first.stdout) == (0, "ran: -m pipeline consolidate --round 2\n")
    second = run_make(machine, "consolidate")
    assert (second.stdout, second.stderr) == ("ran: -m pipeline consolidate\n", "")
    made, installed, *runs = calls(machine)
    assert made == "python3 -m venv .venv"
    assert installed.startswith("python -m pip install ")
    assert installed.endswith("--require-hashes --only-binary :all: -r requirements.lock")
    assert runs == ["python -m pipeline consolidate --round 2", "python -m pipeline consolidate"]


def test_the_developers_tools_come_on_top_and_serve_the_program_too(machine: Path) -> None:
    install(machine, "python3", HEALTHY)
    for target in ("consolidate", "test", "consolidate"):
        assert run_make(machine, target).returncode == 0
    asked = calls(machine)
    assert [line for line in asked if "venv" in line] == ["python3 -m venv .venv"]
    installed = [line.rpartition(" ")[2] for line in asked if "pip install" in line]
    assert installed == ["requirements.lock", "requirements-dev.lock"]


def test_what_serves_the_tests_serves_the_program(machine: Path) -> None:
    install(machine, "python3", HEALTHY)
    run_make(machine, "test")
    run_make(machine, "consolidate")
    installed = [line.rpartition(" ")[2] for line in calls(machine) if "pip install" in line]
    assert installed == ["requirements-dev.lock"]


def test_two_at_once_set_up_one_environment(machine: Path) -> None:
    if shutil.which("flock") is None:
        pytest.skip("flock is not installed")
    install(machine, "python3", HEALTHY)
    with ThreadPoolExecutor(2) as pool:
        both = list(pool.map(lambda target: run_make(machine, target), ("consolidate", "status")))
    assert sorted(done.stdout for done in both) == [
        "ran: -m pipeline consolidate\n",
        "ran: -m pipeline status\n",
    ]
    assert [line for line in calls(machine) if "venv" in line] == ["python3 -m venv .venv"]


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_another_lock_file_makes_the_environment_anew(machine: Path, lock: str) -> None:
    install(machine, "python3", HEALTHY)
    run_make(machine, "setup")
    with (checkout(machine) / lock).open("a", encoding="utf-8") as file:
        file.write("# changed\n")
    (checkout(machine) / ".venv" / "of-the-old-lock").touch()
    run_make(machine, "setup")
    assert [line for line in calls(machine) if "venv" in line] == ["python3 -m venv .venv"] * 2
    assert not (checkout(machine) / ".venv" / "of-the-old-lock").exists()


def test_a_set_up_that_was_cut_off_is_made_again(machine: Path) -> None:
    install(machine, "python3", HEALTHY)
    (checkout(machine) / ".venv" / "bin").mkdir(parents=True)
    (checkout(machine) / ".venv" / "bin" / "python").touch(mode=0o755)
    assert run_make(machine, "setup").returncode == 0
    assert calls(machine)[0] == "python3 -m venv .venv"


def test_an_environment_whose_python_is_gone_is_made_again(machine: Path) -> None:
    install(machine, "python3", HEALTHY)
    run_make(machine, "setup")
    python = checkout(machine) / ".venv" / "bin" / "python"
    python.unlink()
    python.symlink_to(machine / "bin" / "python3.10")
    assert run_make(machine, "status").stdout == "ran: -m pipeline status\n"


def test_without_a_network_the_sentence_says_so_and_nothing_is_left(machine: Path) -> None:
    install(machine, "python3", HEALTHY)
    reason = "WARNING: Retrying (Retry(total=1)) after connection broken by 'NewConnectionError'"
    done = run_make(machine, "setup", pip_says=reason)
    assert done.returncode == 2
    lines = done.stderr.splitlines()
    assert reason in lines
    assert "ดาวน์โหลดเครื่องมือไม่สำเร็จ เพราะติดต่อเว็บไซต์ pypi.org ไม่ได้" in lines
    assert not (checkout(machine) / ".venv").exists()
    assert run_make(machine, "setup").returncode == 0


def test_another_failure_of_the_installation_shows_its_reason(machine: Path) -> None:
    install(machine, "python3", HEALTHY)
    reason = "ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE."
    done = run_make(machine, "setup", pip_says=reason)
    assert done.returncode == 2
    assert reason in done.stderr.splitlines()
    assert "ติดตั้งเครื่องมือไม่สำเร็จ สาเหตุอยู่ในข้อความข้างบน แก้แล้วสั่งคำสั่งเดิมอีกครั้ง" in done.stderr
    assert "อินเทอร์เน็ต" not in done.stderr


def test_developers_tools_that_fail_leave_the_program_ready(machine: Path) -> None:
    install(machine, "python3", HEALTHY)
    run_make(machine, "setup")
    assert run_make(machine, "test", pip_says="ERROR: no space").returncode == 2
    assert run_make(machine, "consolidate").stderr == ""
    assert [line for line in calls(machine) if "venv" in line] == ["python3 -m venv .venv"]


def test_set_up_leaves_no_file_outside_the_environment(machine: Path) -> None:
    install(machine, "python3", HEALTHY)
    before = {path.name for path in (*machine.iterdir(), *checkout(machine).iterdir())}
    run_make(machine, "setup")
    run_make(machine, "test", pip_says="ERROR: no space")
    after = {path.name for path in (*machine.iterdir(), *checkout(machine).iterdir())}
    assert after - before == {".venv", "calls"}


def test_cron_may_call_the_program_from_any_folder_even_through_a_link(machine: Path) -> None:
    install(machine, "python3", HEALTHY)
    run_make(machine, "setup")
    link = machine / "bin" / "pipeline"
    link.symlink_to(checkout(machine) / ".venv" / "bin" / "pipeline")
    done = subprocess.run(
        ["pipeline", "nightly", "--input", "ที่ อื่น"],
        cwd="/",
        env={**os.environ, "PATH": str(machine / "bin"), "CALLS": str(machine / "calls")},
        capture_output=True,
        text=True,
        check=True,
        executable=link,
    )
    assert done.stdout == "ran: -P -m pipeline nightly --input ที่ อื่น\n"
    site = checkout(machine) / ".venv" / "lib" / "python3.11" / "site-packages"
    assert (site / (site / "checkout.pth").read_text(encoding="utf-8").strip()).resolve() == checkout(machine)


# --- the lock files ---------------------------------------------------------------------------------------------


def locked(name: str) -> dict[str, str]:
    text = (ROOT / name).read_text(encoding="utf-8")
    return dict(re.findall(r"^([a-z0-9-]+)==(.+?) \\$", text, re.MULTILINE))


def test_every_locked_package_has_hashes_and_the_program_gets_the_same_versions_as_its_tests() -> None:
    for name in ("requirements.lock", "requirements-dev.lock"):
        text = (ROOT / name).read_text(encoding="utf-8")
        packages = re.findall(r"^[a-z0-9-]+==", text, re.MULTILINE)
        hashed = re.findall(r"^[a-z0-9-]+==.+ \\\n    --hash=sha256:[0-9a-f]{64}", text, re.MULTILINE)
        assert len(packages) == len(hashed) > 0
    assert locked("requirements.lock").items() <= locked("requirements-dev.lock").items()


def test_the_lock_files_hold_what_the_project_asks_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    asked = {
        "requirements.lock": project["project"]["dependencies"],
        "requirements-dev.lock": project["dependency-groups"]["dev"],
    }
    absent = {
        (name, word)
        for name, words in asked.items()
        for word in (re.split("[<>=~ ]", entry)[0] for entry in words)
        if word not in locked(name)
    }
    assert absent == set()


def test_the_default_installation_holds_no_package_that_slows_pandera() -> None:
    assert set(locked("requirements-dev.lock")) & {"dask", "polars", "pyarrow"} == set()
