"""LibreOffice: what it makes of our files, with the font they ask for and as where it is not installed."""

import os
import subprocess
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

from tests.render.needs import FONT

FLAT: Final = "fods"
_WITHOUT_FONT: Final = f"""<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <selectfont><rejectfont>
    <pattern><patelt name="family"><string>{FONT}</string></patelt></pattern>
  </rejectfont></selectfont>
</fontconfig>
"""


def convert(paths: Sequence[Path], suffix: str, folder: Path, *, font: bool) -> list[Path]:
    """The files saved by LibreOffice with `suffix` into `folder`, all in one start; their names must differ.

    Without `font` it works as on a machine that does not have ours. `RuntimeError` when a file was not converted,
    which LibreOffice itself passes over.
    """
    made = [folder / f"{path.stem}.{suffix}" for path in paths]
    if len(set(made)) != len(made):
        raise ValueError("two files of one name would overwrite each other")
    if not paths:
        return []
    folder.mkdir(parents=True, exist_ok=True)
    command = [
        "soffice",
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        "--headless",
        "--norestore",
    ]
    done = subprocess.run(
        [*command, "--convert-to", suffix, "--outdir", str(folder), *map(str, paths)],
        check=False,
        capture_output=True,
        text=True,
        timeout=300,
        env=_environment(folder, font=font),
    )
    failed = [path.name for path in made if not path.is_file()]
    if failed:
        raise RuntimeError(f"LibreOffice did not make {', '.join(failed)}\n{done.stdout}{done.stderr}")
    return made


def flat_names(paths: Iterable[Path], root: Path) -> dict[Path, str]:
    """A name for each file that is its own where all lie in one folder: 2/late.xlsx is 2~late.xlsx."""
    return {path: path.relative_to(root).as_posix().replace("/", "~") for path in paths}


def _environment(folder: Path, *, font: bool) -> dict[str, str]:
    if font:
        return dict(os.environ)
    configuration = folder / "fonts.conf"
    configuration.write_text(_WITHOUT_FONT, encoding="utf-8")
    return {**os.environ, "FONTCONFIG_FILE": str(configuration)}
