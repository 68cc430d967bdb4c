"""docs/nightly/: what makes a machine spend the night on it is well formed, and put in place only when told to."""

import configparser
import os
import re
import shutil
import subprocess
from pathlib import Path
from xml.etree import ElementTree

import pytest

ROOT = Path(__file__).resolve().parent.parent
KEPT = ROOT / "docs" / "nightly"
UNITS = ("district-reports.service", "district-reports.timer", "district-reports-failed.service")
THAI = re.compile("[ก-๙]")
RECORDS = '#!/bin/sh\necho "$(basename "$0") $*" >>"$CALLS"\n'


def unit(path: Path) -> configparser.ConfigParser:
    found = configparser.ConfigParser(strict=True, interpolation=None, delimiters=("=",))
    found.optionxform = str  # type: ignore[assignment,method-assign]
    found.read_string(path.read_text(encoding="utf-8"))
    return found


class Machine:
    """A home, a project whose folder has a space and Thai letters, and programs that only record their calls."""

    def __init__(self, folder: Path) -> None:
        self.home, self.programs, self.calls = folder / "home", folder / "bin", folder / "calls"
        self.project = folder / "งาน & โครงการ"
        self.units = self.home / ".config" / "systemd" / "user"
        self.settings = self.home / ".config" / "district-reports.env"
        for made in (self.home, self.programs, self.project / ".venv" / "bin", self.project / "output"):
            made.mkdir(parents=True)
        shutil.copytree(KEPT, self.project / "docs" / "nightly")
        self.install(".venv/bin/pipeline", "#!/bin/sh\n", self.project)

    def install(self, name: str, script: str, folder: Path | None = None) -> None:
        program = (folder or self.programs) / name
        program.write_text(script, encoding="utf-8")
        program.chmod(0o755)

    def run(self, script: str, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
        place = {"HOME": str(self.home), "CALLS": str(self.calls)}
        path = f"{self.programs}:/usr/bin:/bin"
        return subprocess.run(
            ["sh", str(self.project / "docs" / "nightly" / script), *words],
            cwd=self.home, stdin=subprocess.DEVNULL, capture_output=True, encoding="utf-8", check=False,
            env={"PATH": path, "LC_ALL": "C.UTF-8", **place, **environment},
        )  # fmt: skip

    def files(self) -> list[str]:
        return sorted(
            path.relative_to(self.home).as_posix() for path in self.home.rglob("*") if path.is_file()
        )

    def called(self) -> list[str]:
        return self.calls.read_text(encoding="utf-8").splitlines() if self.calls.exists() else []


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    """One with systemd."""
    made = Machine(tmp_path)
    for name in ("systemctl", "loginctl"):
        made.install(name, RECORDS)
    return made


@pytest.fixture
def without_systemd(tmp_path: Path) -> Machine:
    """One on which only cron is at hand; its table is the file `table`."""
    made = Machine(tmp_path)
    made.install("systemctl", "#!/bin/sh\nexit 1\n")
    table = tmp_path / "table"
    swap = f'cat >"{table}.new"; mv "{table}.new" "{table}"'
    made.install("crontab", f'#!/bin/sh\nif [ "$1" = -l ]; then cat "{table}"; else {swap}; fi\n')
    table.write_text("0 5 * * *  backup\n", encoding="utf-8")
    return made


# --- install ------------------------------------------------------------------------------------------------------


def test_it_explains_and_does_nothing_until_it_is_told_to(machine):
    told = machine.run("install.sh")
    assert (told.returncode, told.stderr) == (0, "")
    assert machine.files() == []
    assert machine.called() == ["systemctl --user show-environment"]
    for name in UNITS:
        assert f"{machine.units / name}" in told.stdout
    assert "02.30 น." in told.stdout
    assert "ARGS=--yes" in told.stdout
    assert all(THAI.search(line) or "/" in line for line in told.stdout.splitlines() if line)


def test_told_to_it_puts_the_units_in_place_with_the_projects_own_folder(machine):
    told = machine.run("install.sh", "--yes")
    assert told.returncode == 0, told.stderr
    assert machine.files() == sorted(
        [".config/district-reports.env", *(f".config/systemd/user/{n}" for n in UNITS)]
    )
    assert machine.called()[1:] == [
        "systemctl --user daemon-reload",
        "systemctl --user enable --now district-reports.timer",
        "loginctl enable-linger",
    ]
    service = unit(machine.units / UNITS[0])["Service"]
    assert service["WorkingDirectory"] == str(machine.project)
    assert service["ExecStart"] == f'"{machine.project}/.venv/bin/pipeline" nightly'
    assert service["ReadWritePaths"] == f'"{machine.project}/input" "{machine.project}/output"'
    assert all("%h/district-reports/" not in (machine.units / name).read_text() for name in UNITS)


def test_settings_that_are_there_are_left_as_they_are(machine):
    machine.settings.parent.mkdir(parents=True)
    machine.settings.write_text("MAILTO=office@example.org\n")
    machine.run("install.sh", "--yes")
    assert machine.settings.read_text() == "MAILTO=office@example.org\n"


def test_it_can_be_taken_away_again(machine):
    machine.run("install.sh", "--yes")
    told = machine.run("install.sh", "--remove", "--yes")
    assert told.returncode == 0
    assert machine.files() == [".config/district-reports.env"]
    assert "systemctl --user disable --now district-reports.timer" in machine.called()


def test_without_systemd_a_line_is_added_to_the_crontab_once_and_others_stay(without_systemd, tmp_path):
    line = f'30 2 * * *  cd "{without_systemd.project}" && .venv/bin/pipeline nightly # district-reports'
    assert line in without_systemd.run("install.sh").stdout
    assert (tmp_path / "table").read_text(encoding="utf-8") == "0 5 * * *  backup\n"
    for _ in range(2):
        assert without_systemd.run("install.sh", "--yes").returncode == 0
    assert (tmp_path / "table").read_text(encoding="utf-8").splitlines() == ["0 5 * * *  backup", line]
    without_systemd.run("install.sh", "--remove", "--yes")
    assert (tmp_path / "table").read_text(encoding="utf-8") == "0 5 * * *  backup\n"


def test_where_neither_is_there_it_says_so(machine):
    machine.install("systemctl", "#!/bin/sh\nexit 1\n")
    if shutil.which("crontab", path="/usr/bin:/bin"):
        pytest.skip("cron is installed here")
    told = machine.run("install.sh", "--yes")
    assert told.returncode == 2
    assert "windows-task.xml" in told.stderr
    assert machine.files() == []


@pytest.mark.parametrize("word", ["--force", "yes"])
def test_a_word_that_it_does_not_know_does_nothing(machine, word):
    told = machine.run("install.sh", word)
    assert told.returncode == 2
    assert word in told.stderr
    assert machine.files() == []


@pytest.mark.parametrize("sign", ['"', "$", "%", "`", "\\"])
def test_a_folder_that_a_timer_cannot_name_is_refused(machine, sign):
    machine.project = machine.project.rename(machine.project.with_name(f"a{sign}b"))
    told = machine.run("install.sh", "--yes")
    assert told.returncode == 2
    assert THAI.search(told.stderr)
    assert machine.files() == []


def test_make_hands_the_options_on():
    recipe = (ROOT / "Makefile").read_text(encoding="utf-8").split("\ninstall-nightly:")[1].splitlines()[1]
    assert recipe == "\t@sh docs/nightly/install.sh $(ARGS)"


# --- the units ----------------------------------------------------------------------------------------------------


def test_the_service_calls_the_program_and_is_confined():
    found = unit(KEPT / UNITS[0])
    service = found["Service"]
    assert found["Unit"]["OnFailure"] == UNITS[2]
    assert service["Type"] == "oneshot"
    assert service["ExecStart"].endswith('.venv/bin/pipeline" nightly')
    assert service["ProtectSystem"] == "strict"
    for name in ("NoNewPrivileges", "PrivateTmp", "PrivateUsers", "RestrictNamespaces", "LockPersonality"):
        assert service[name] == "yes", name


def test_the_timer_goes_by_the_clock_of_thailand_and_makes_up_for_what_was_missed():
    timer = unit(KEPT / UNITS[1])
    assert timer["Timer"]["OnCalendar"] == "*-*-* 02:30:00 Asia/Bangkok"
    assert timer["Timer"]["Persistent"] == "true"
    assert timer["Install"]["WantedBy"] == "timers.target"


def test_systemd_finds_nothing_wrong(machine):
    analyze = shutil.which("systemd-analyze")
    if analyze is None:
        pytest.skip("systemd-analyze is not installed")
    machine.run("install.sh", "--yes")
    told = subprocess.run(
        [analyze, "verify", "--user", "--man=no", *(str(machine.units / name) for name in UNITS)],
        env={**os.environ, "HOME": str(machine.home), "XDG_RUNTIME_DIR": str(machine.home)},
        capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert (told.returncode, told.stderr) == (0, "")


# --- telling of a failure -----------------------------------------------------------------------------------------


def test_a_failure_is_mailed_with_the_last_line_of_the_log(machine, tmp_path):
    (machine.project / "output" / "nightly.log").write_text('{"exit": 0}\n{"exit": 74}\n', encoding="utf-8")
    machine.install("sendmail", f'#!/bin/sh\necho "$*" >"{tmp_path}/asked"\ncat >"{tmp_path}/mail"\n')
    told = machine.run("tell-failure.sh", MAILTO="office@example.org")
    assert (told.returncode, told.stdout) == (0, "")
    head, _, body = (tmp_path / "mail").read_text(encoding="utf-8").partition("\n\n")
    assert (tmp_path / "asked").read_text() == "-t\n"
    assert "To: office@example.org" in head.splitlines()
    assert "Content-Type: text/plain; charset=UTF-8" in head.splitlines()
    assert head.isascii()
    assert '{"exit": 74}' in body
    assert '{"exit": 0}' not in body
    assert str(machine.project) in body


def test_where_no_mail_can_be_sent_it_stands_in_the_journal(machine):
    told = machine.run("tell-failure.sh")
    assert told.returncode == 0
    assert "ไม่สำเร็จ" in told.stdout
    assert "ยังไม่มีบันทึก" in told.stdout


# --- cron and Windows ---------------------------------------------------------------------------------------------


def test_the_crontab_calls_the_program_each_night():
    lines = [
        line
        for line in (KEPT / "crontab").read_text(encoding="utf-8").splitlines()
        if line[:1] not in ("#", "")
    ]
    assert lines[0] == "CRON_TZ=Asia/Bangkok"
    *fields, command = lines[-1].split(maxsplit=5)
    assert fields == ["30", "2", "*", "*", "*"]
    assert command.endswith(".venv/bin/pipeline nightly")
    assert "%" not in command  # a line break to cron


def test_the_windows_task_calls_it_in_wsl_each_night_and_makes_up_for_what_was_missed():
    text = (KEPT / "windows-task.xml").read_bytes()
    assert text.isascii()  # whatever code page Windows takes it for
    name = {"t": "http://schemas.microsoft.com/windows/2004/02/mit/task"}
    task = ElementTree.fromstring(text)
    found = {
        key: task.findtext(f".//t:{key}", namespaces=name)
        for key in ("StartBoundary", "DaysInterval", "StartWhenAvailable", "Command", "Arguments")
    }
    assert found["StartBoundary"].endswith("T02:30:00+07:00")
    assert (found["DaysInterval"], found["StartWhenAvailable"]) == ("1", "true")
    assert found["Command"] == r"%SystemRoot%\System32\wsl.exe"
    assert found["Arguments"].endswith('&& exec .venv/bin/pipeline nightly"')
