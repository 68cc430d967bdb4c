"""status.html in real Chromium: on a screen, on a phone, in the dark, on paper, and without a mouse."""

import re
import shutil
import subprocess
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.write.page.document import document
from pipeline.write.page.view import view_of
from tests.campaigns import ROOT, SHIPPED, rerun
from tests.render import looks
from tests.render.chromium import CHROMIUM, Tab, opened
from tests.write.test_status_page import HOSTILE, said_by

pytestmark = [
    pytest.mark.render,
    pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed"),
]

WINDOWS = {"desktop": 1280, "tablet": 768, "phone": 390, "small phone": 320}
LEAST_CONTRAST = 4.5
LEAST_ON_SCREEN = 12.5
"""Pixels, on every screen."""
LEAST_ON_PAPER = 11.5 * 96 / 72
"""11.5 points in pixels."""
PAPER = 184 * 96 / 25.4
"""What the margins leave of A4's width, in pixels."""


@pytest.fixture(scope="module")
def tab() -> Iterator[Tab]:
    with opened() as tab:
        yield tab


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of the sample, beside the folders of its rounds."""
    if not (ROOT / "input" / "SAMPLE.toml").exists():
        pytest.skip("the sample was put away")
    folder = tmp_path_factory.mktemp("page")
    shutil.copytree(ROOT / "input", folder / "input")
    rerun(folder, as_of=None, schemas=SHIPPED, publish=True)  # type: ignore[arg-type]
    return folder / "output" / "status.html"


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A page on which a district has said all that it should not, in one text as long as it may be, without a space."""
    path = tmp_path_factory.mktemp("hostile") / "status.html"
    text = "".join(HOSTILE).replace(" ", "\u00a0")
    path.write_text(document(view_of(said_by(text), {})), encoding="utf-8")
    return path


@pytest.fixture(params=["page", "hostile"])
def each(request: pytest.FixtureRequest) -> Path:
    """The sample's page, then the hostile one."""
    path: Path = request.getfixturevalue(request.param)
    return path


# --- as it is seen --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("window", WINDOWS)
def test_nothing_is_wider_than_the_window_or_than_its_place(tab: Tab, each: Path, window: str) -> None:
    tab.open(each, width=WINDOWS[window], height=844)
    tab.evaluate(looks.OPEN_ALL)
    assert tab.evaluate(looks.SIDEWAYS) == []
    assert tab.evaluate(looks.CUT_OFF) == []


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("window", ["desktop", "phone"])
def test_every_text_stands_out_from_what_lies_behind_it(
    tab: Tab, page: Path, window: str, dark: bool
) -> None:
    tab.open(page, width=WINDOWS[window], dark=dark)
    tab.evaluate(looks.OPEN_ALL)
    assert tab.evaluate(looks.faint(LEAST_CONTRAST)) == []
    assert len(tab.evaluate(looks.faint(22))) > 50, "texts were looked at"


def test_every_text_is_large_enough_to_read_on_a_screen(tab: Tab, page: Path) -> None:
    for width in WINDOWS.values():
        tab.open(page, width=width)
        tab.evaluate(looks.OPEN_ALL)
        assert tab.evaluate(looks.small(LEAST_ON_SCREEN)) == [], width


def test_a_finger_finds_every_link(tab: Tab, page: Path) -> None:
    tab.open(page, width=WINDOWS["phone"], height=844)
    tab.evaluate(looks.OPEN_ALL)
    assert tab.evaluate(looks.TOO_SMALL_TO_TOUCH) == []


def test_it_asks_for_nothing_and_nothing_is_wrong_with_it(tab: Tab, each: Path) -> None:
    tab.said.clear()
    tab.asked.clear()
    tab.open(each)
    tab.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
    assert tab.asked == [each.resolve().as_uri()]
    assert tab.said == []
    assert tab.evaluate("document.scripts.length + document.images.length + frames.length") == 0
    assert tab.evaluate("document.compatMode") == "CSS1Compat"
    assert tab.evaluate("performance.getEntriesByType('resource').length") == 0


def test_nothing_moves(tab: Tab, page: Path) -> None:
    tab.open(page)
    moving = "[...document.querySelectorAll('*')].map(each => getComputedStyle(each).transitionDuration)"
    assert tab.evaluate(f"[...new Set({moving})]") == ["0s"]
    assert tab.evaluate("document.getAnimations().length") == 0
    motion = "getComputedStyle(document.documentElement).scrollBehavior"
    assert tab.evaluate(motion) == "smooth"
    tab.call("Emulation.setEmulatedMedia", features=[{"name": "prefers-reduced-motion", "value": "reduce"}])
    assert tab.evaluate(motion) == "auto"


# --- without a mouse, and read aloud --------------------------------------------------------------------------------


def test_the_first_key_offers_to_skip_to_the_content(tab: Tab, page: Path) -> None:
    tab.open(page)
    tab.press("Tab")
    assert tab.evaluate(looks.FOCUSED)[1:] == ["A", "#main", True, True]
    tab.press("Enter")
    assert tab.evaluate("document.activeElement.id") == "main"


@pytest.mark.parametrize("window", ["desktop", "phone"])
def test_the_keyboard_comes_to_every_link_in_order_and_shows_where_it_is(
    tab: Tab, page: Path, window: str
) -> None:
    tab.open(page, width=WINDOWS[window])
    tab.evaluate("document.documentElement.style.scrollBehavior = 'auto'")
    met: list[list[object]] = []
    for _ in range(tab.evaluate(looks.FOCUSABLE)):
        tab.press("Tab")
        met.append(tab.evaluate(looks.FOCUSED))
    places = [place for place, *_ in met]
    assert len(places) > 100
    assert places == sorted(set(places))
    assert [one for one in met if not one[3]] == [], "not marked"
    assert [one for one in met if not one[4]] == [], "not seen"


def test_a_link_to_a_district_shows_what_is_folded_there_and_a_key_unfolds_it(tab: Tab, page: Path) -> None:
    tab.open(page)
    folded = "document.querySelector('#d-3411 .reports').checkVisibility({contentVisibilityAuto: true})"
    assert tab.evaluate(folded) is False
    tab.evaluate("document.querySelector('.matrix a[href=\"#d-3411\"]').click()")
    assert tab.evaluate(folded) is True
    tab.evaluate("document.querySelector('#d-3401 summary').focus()")
    tab.press("Enter")
    assert tab.evaluate("document.querySelector('#d-3401').open") is True


def test_tables_are_read_as_tables_on_a_phone_too(tab: Tab, page: Path) -> None:
    read: dict[str, Counter[str]] = {}
    for window in ("desktop", "phone"):
        tab.open(page, width=WINDOWS[window])
        nodes = tab.call("Accessibility.getFullAXTree")["nodes"]
        roles = Counter(node["role"]["value"] for node in nodes if not node["ignored"])
        named = ("table", "row", "columnheader", "rowheader", "cell", "heading", "image", "link", "list")
        read[window] = Counter({role: roles[role] for role in named})
    assert read["phone"] == read["desktop"]
    assert read["desktop"]["table"] == 3
    assert read["desktop"]["rowheader"] > 25
    assert read["desktop"]["cell"] > 25 * 6


# --- on paper -------------------------------------------------------------------------------------------------------


def test_on_paper_every_text_is_dark_and_large_enough_and_nothing_is_wider_than_the_sheet(
    tab: Tab, each: Path
) -> None:
    tab.open(each, width=round(PAPER), media="print")
    assert tab.evaluate(looks.SIDEWAYS) == []
    assert tab.evaluate(looks.small(LEAST_ON_PAPER)) == []
    assert tab.evaluate(looks.faint(LEAST_CONTRAST)) == []


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler-utils is not installed")
def test_the_printed_page_is_a4_with_numbered_pages_and_holds_what_is_folded_on_the_screen(
    tab: Tab, page: Path, tmp_path: Path
) -> None:
    tab.open(page)
    (tmp_path / "status.pdf").write_bytes(tab.printed())
    told = output("pdfinfo", str(tmp_path / "status.pdf"))
    assert "(A4)" in told
    (count,) = re.findall(r"Pages:\s+(\d+)", told)
    assert 10 <= int(count) <= 35
    sheets = output("pdftotext", "-layout", str(tmp_path / "status.pdf"), "-").split("\f")
    assert len([sheet for sheet in sheets if sheet.strip()]) == int(count)
    everything = "".join("".join(sheets).split())
    cells = re.findall(r"เซลล์ ([A-Z]+[0-9]+(?:[:,] ?[A-Z]+[0-9]+)*)</bdi>", page.read_text(encoding="utf-8"))
    assert len(cells) > 20
    assert [each for each in cells if each.replace(" ", "") not in everything] == []


def output(*command: str) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True, encoding="utf-8").stdout
