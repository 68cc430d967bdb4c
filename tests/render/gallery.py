"""The pictures of docs/gallery/, drawn anew from the sample: `make gallery`.

A page of a workbook or document as LibreOffice prints it, the page of all rounds as Chromium shows it. What a
campaign does not make has no picture, and is named.
"""

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from tests.campaigns import ROOT
from tests.render import campaigns, office, printed

FOLDER: Final = ROOT / "docs" / "gallery"
LARGEST: Final = 150 * 1024
_FINEST, _COARSEST, _STEP = 100, 50, 5
_PAGE_OF_ALL: Final = "status.html"
_TITLE: Final = """# Gallery

What people get, drawn by `make gallery` from the sample, whose figures are made up. Workbooks and documents are shown
as LibreOffice prints them; those of best practice, which the sample has not, are of the tests' own texts.
"""


class Picture(NamedTuple):
    """A page of an output: the first of its `sheet`, or of the whole file, and `skip` pages further."""

    name: str
    file: str
    sheet: str
    says: str
    skip: int = 0


class Screen(NamedTuple):
    """The page of all rounds in a window this wide (pixels)."""

    name: str
    width: int
    height: int
    says: str


PICTURES: Final = (
    Picture("cover", "2/summary.xlsx", "ปก", "Cover of the summary: the round in four sentences, and its contents"),
    Picture("overview", "2/summary.xlsx", "ภาพรวม", "Key figures, and what needs attention"),
    Picture("overview-2", "2/summary.xlsx", "ภาพรวม", "What the districts reached, and the province's totals", 1),
    Picture("districts", "2/summary.xlsx", "รายอำเภอ", "All districts on one page"),
    Picture("bodies", "2/summary.xlsx", "ราย อปท.", "Local bodies by district, with subtotals"),
    Picture("map", "2/summary.xlsx", "แผนที่", "The districts as tiles, about where they lie"),
    Picture("trend", "2/summary.xlsx", "แนวโน้ม", "All rounds side by side"),
    Picture("late", "2/summary.xlsx", "ส่งช้า", "Who was late, and how that is known"),
    Picture("missing", "2/missing.xlsx", "", "Who has not sent, for the enclosure of a reminder"),
    Picture("fixes", "2/summary.xlsx", "ต้องแก้ไข", "What to mend: file, sheet, cell, and how"),
    Picture("sources", "2/summary.xlsx", "ที่มา", "Every file that came, used or not"),
    Picture("activities", "plan/summary.xlsx", "รายกิจกรรม", "A plan's activities"),
    Picture("worklist", "worklist.xlsx", "", "The analyst's questions of today, worst first"),
    Picture("reminder", "2/reminder.docx", "", "The draft of a reminder"),
    Picture("returned", "2/returned/*.xlsx", "", "A workbook that goes back: what to mend, on a sheet of its own"),
    Picture("returned-2", "2/returned/*.xlsx", "", "The same workbook: the officer's own sheet, its cells marked", 1),
    Picture("template", "templates/operations-2/*.xlsx", "แบบรายงาน", "A form to hand out, filled in as far as known"),
    Picture("story", "best_practice/collection.xlsx", "เมืองอุบลราชธานี", "Best practice of a district"),
    Picture("booklet", "best_practice/booklet.docx", "", "The booklet of best practice", 1),
)  # fmt: skip
SCREENS: Final = (
    Screen("status", 1280, 900, "All rounds in a browser"),
    Screen("status-phone", 390, 667, "The same on a telephone"),
)


def main() -> int:
    """Draw every picture that there is something for, and the list of them."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        outputs = campaigns.sample(folder / "sample"), campaigns.stories(folder / "stories", long=False)
        shutil.rmtree(FOLDER, ignore_errors=True)
        FOLDER.mkdir(parents=True)
        drawn = {*draw_pages(outputs, folder / "drawn"), *draw_screens(outputs[0] / _PAGE_OF_ALL)}
    for absent in (each for each in (*PICTURES, *SCREENS) if each.name not in drawn):
        print(f"not drawn, for there is no such output: {absent.name}", file=sys.stderr)
    (FOLDER / "README.md").write_text(listed(drawn), encoding="utf-8")
    return 0


def listed(drawn: set[str]) -> str:
    """The page that shows them all."""
    shown = [each for each in (*PICTURES, *SCREENS) if each.name in drawn]
    return _TITLE + "".join(f"\n## {each.says}\n\n![{each.says}]({each.name}.png)\n" for each in shown)


def draw_pages(outputs: Sequence[Path], folder: Path) -> Iterator[str]:
    """Draw the pages that the outputs have; yields the name of each."""
    files = {each: path for each in PICTURES if (path := _found(outputs, each.file)) is not None}
    copies = {
        path: _copy(path, folder / f"{number}") for number, path in enumerate(dict.fromkeys(files.values()))
    }
    made = office.convert(list(copies.values()), "pdf", folder / "pdf", font=True)
    pdfs = dict(zip(copies, made, strict=True))
    for each, path in files.items():
        pages = [page.number for page in printed.pages(pdfs[path]) if each.sheet in (page.sheet, "")]
        if len(pages) > each.skip:
            _draw(pdfs[path], pages[each.skip], FOLDER / each.name)
            yield each.name


def draw_screens(page: Path) -> Iterator[str]:
    """Draw the page of all rounds in each window; yields the name of each."""
    if not page.exists():
        return
    from tests.render import chromium

    with chromium.opened() as tab:
        for each in SCREENS:
            tab.open(page, width=each.width, height=each.height)
            (FOLDER / f"{each.name}.png").write_bytes(tab.picture(whole=False))
            yield each.name


def _found(outputs: Sequence[Path], file: str) -> Path | None:
    return next((path for output in outputs for path in sorted(output.glob(file))), None)


def _copy(path: Path, folder: Path) -> Path:
    """Under a name of its own, for all are drawn into one folder."""
    folder.mkdir(parents=True)
    return Path(shutil.copy(path, folder / f"{folder.name}{path.suffix}"))


def _draw(pdf: Path, page: int, picture: Path) -> None:
    """The page as a PNG as fine as its size allows."""
    for fineness in range(_FINEST, _COARSEST, -_STEP):
        place = ["-f", str(page), "-l", str(page), "-singlefile", "-r", str(fineness)]
        command = ["pdftoppm", "-png", *place, str(pdf), str(picture)]
        subprocess.run(command, check=True, capture_output=True, timeout=60)
        if picture.with_suffix(".png").stat().st_size <= LARGEST:
            return
    raise RuntimeError(f"{picture.name} is larger than {LARGEST} bytes however coarse it is drawn")


if __name__ == "__main__":
    sys.exit(main())
