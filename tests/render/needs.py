"""What `make check-render` draws with, and what to install where it is absent: `python -m tests.render.needs`."""

import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from typing import Final

FONT: Final = "TH Sarabun New"
CHROMIUMS: Final = ("chromium", "chromium-browser", "google-chrome")
THAI_FONTS: Final = "fonts-thai-tlwg"


def main() -> int:
    """0 when everything is there; else says in Thai what is missing and how to install it, and 1."""
    missing = absent()
    for line in sentences(missing, has_font=has(FONT)):
        print(line, file=sys.stderr)
    return 1 if missing else 0


def absent(found: Callable[[str], str | None] = shutil.which) -> dict[str, str]:
    """What is not installed, in words, and the package it comes with."""
    programs: Mapping[str, tuple[Sequence[str], str]] = {
        "LibreOffice": (("soffice",), "libreoffice-calc libreoffice-writer"),
        "pdftohtml และ pdftoppm": (("pdftohtml", "pdftoppm"), "poppler-utils"),
        "fc-list": (("fc-list",), "fontconfig"),
    }
    missing = {words: package for words, (names, package) in programs.items() if not all(map(found, names))}
    if not any(map(found, CHROMIUMS)):
        missing["Chromium"] = "chromium"
    if found("fc-list") is None or not has(":lang=th"):
        missing["แบบอักษรไทย"] = THAI_FONTS
    return missing


def sentences(missing: Mapping[str, str], *, has_font: bool) -> list[str]:
    """What to tell the person who called: what is missing and the way out, or that the font is."""
    if missing:
        return [
            f"ตรวจภาพของผลลัพธ์ไม่ได้ เพราะเครื่องนี้ยังไม่มี {', '.join(missing)} กรุณาติดตั้งด้วยคำสั่ง",
            f"    sudo apt-get install -y {' '.join(missing.values())}",
            "แล้วสั่งคำสั่งเดิมอีกครั้ง",
        ]
    if not has_font:
        return [f"เครื่องนี้ไม่มีแบบอักษร {FONT} จึงตรวจได้เฉพาะภาพที่ใช้แบบอักษรอื่นแทน"]
    return []


def has(font: str) -> bool:
    """Whether fontconfig finds such a font: a family, or a pattern such as `:lang=th`."""
    if shutil.which("fc-list") is None:
        return False
    listed = subprocess.run(["fc-list", font, "family"], capture_output=True, text=True, check=True)
    return bool(listed.stdout.strip())


if __name__ == "__main__":
    sys.exit(main())
