"""The summary as LibreOffice draws it: with our font, and where that is missing and wider ones stand in for it."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from pipeline.write.style import FONT
from pipeline.write.summary import write_summary
from tests.write import factory
from tests.write.opened import SOFFICE

PDFTOTEXT, FONTS = shutil.which("pdftotext"), shutil.which("fc-list")
HIDDEN = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><include ignore_missing="yes">/etc/fonts/fonts.conf</include><selectfont><rejectfont>
{patterns}</rejectfont></selectfont><cachedir>{cache}</cachedir></fontconfig>"""
ALIKE = (FONT, "Laksaman")
"""Our font, and one that has its widths by design."""

pytestmark = [
    pytest.mark.libreoffice,
    pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed"),
    pytest.mark.skipif(
        PDFTOTEXT is None or FONTS is None, reason="poppler-utils or fontconfig is not installed"
    ),
]


def families(environment: dict[str, str]) -> str:
    command = [str(FONTS), ":lang=th", "family"]
    return subprocess.run(command, check=True, capture_output=True, text=True, env=environment).stdout


def drawn(folder: Path, environment: dict[str, str]) -> str:
    """The text of all its pages, those of one sheet after those of another."""
    run = factory.results()
    write_summary(folder / "summary.xlsx", run, run.rounds[0])
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [str(SOFFICE), profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder)]
    subprocess.run(
        [*command, str(folder / "summary.xlsx")],
        check=True,
        capture_output=True,
        timeout=120,
        env=environment,
    )
    told = subprocess.run(
        [str(PDFTOTEXT), "-layout", str(folder / "summary.pdf"), "-"],
        check=True,
        capture_output=True,
        text=True,
    )
    return told.stdout


def test_with_the_font(tmp_path: Path) -> None:
    environment = dict(os.environ)
    if FONT not in families(environment):
        pytest.skip(f"{FONT} is not installed")
    text = drawn(tmp_path, environment)
    assert "#" not in text
    assert text.count("หน้า 1 จาก") == 1


def test_without_the_font_no_figure_becomes_hashes(tmp_path: Path) -> None:
    patterns = "".join(
        f'<pattern><patelt name="family"><string>{name}</string></patelt></pattern>' for name in ALIKE
    )
    configuration = tmp_path / "fonts.conf"
    configuration.write_text(HIDDEN.format(patterns=patterns, cache=tmp_path / "cache"), encoding="utf-8")
    environment = {**os.environ, "FONTCONFIG_FILE": str(configuration)}
    known = families(environment)
    assert not [name for name in ALIKE if name in known]
    if not known.strip():
        pytest.skip("no other font with Thai is installed")
    text = drawn(tmp_path, environment)
    assert "#" not in text
    assert f"{factory.results().rounds[0].totals['hh_veg_pct'].value:.1f}%" in text
