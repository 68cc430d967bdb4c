"""What a district writes stays what it is: it never calculates, leads anywhere, is fetched or runs."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from xml.etree.ElementTree import parse

import pytest
import xlsxwriter

from tests.render import campaigns, office
from tests.render.active import Active, active, outside

pytestmark = pytest.mark.render

HARMLESS = ("ข้อความธรรมดา",)
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
PARAGRAPH = f"{TEXT}p"
LINK = "{http://www.w3.org/1999/xlink}href"
STAYS_INSIDE = re.compile(r"^(#.*|\./.*|\.\.|Pictures/.*|)$", re.DOTALL)
CALLS_OUT = re.compile(r"HYPERLINK|WEBSERVICE|DDE\(|FILTERXML|CALL\(|\|", re.IGNORECASE)
CALCULATE = ("formula", "field", "name")
OURS = "returned"
"""A workbook that goes back holds what the district sent; what we add to it is looked at elsewhere."""


def found_in(paths: Iterable[Path]) -> dict[str, list[Active]]:
    return {path.name: active(path) for path in paths}


def fetched(path: Path) -> list[str]:
    """What of a flat OpenDocument file leads or calculates out of it."""
    found = []
    for element in parse(path).getroot().iter():
        link = element.get(LINK)
        if link is not None and not STAYS_INSIDE.match(link):
            found.append(f"{element.tag.rpartition('}')[2]}: {link}")
        formula = next((value for key, value in element.attrib.items() if key.endswith("}formula")), "")
        if CALLS_OUT.search(formula):
            found.append(f"formula: {formula}")
    return found


def shapes(found: Mapping[str, Iterable[Active]]) -> set[tuple[str, str, str, str]]:
    """What there is in each part, with the words of what calculates; how many rows it is over makes no difference."""
    return {
        (name, each.part, each.kind, re.sub(r"\d+", "9", each.text) if each.kind in CALCULATE else "")
        for name, all_ in found.items()
        for each in all_
    }


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Path]]:
    """Two sets of outputs of the same campaigns: the districts' texts are hostile in one and harmless in the other."""
    return {
        kind: outputs_of(tmp_path_factory.mktemp(kind), texts)
        for kind, texts in (("hostile", campaigns.HOSTILE), ("harmless", HARMLESS))
    }


def outputs_of(folder: Path, texts: tuple[str, ...]) -> dict[str, Path]:
    """Every workbook and document, by a name of its own: told~1~late.xlsx."""
    campaigns.told(folder / "told", texts)
    campaigns.stories(folder / "stories", texts)
    documents = [
        path
        for campaign in ("told", "stories")
        for path in campaigns.documents(folder / campaign / "output")
        if OURS not in path.parts
    ]
    (folder / "flat").mkdir()
    names = office.flat_names(documents, folder)
    return {name: path.rename(folder / "flat" / name) for path, name in names.items()}


@pytest.fixture(scope="module")
def opened(
    convert: Callable[..., list[Path]],
    told: dict[str, dict[str, Path]],
    tmp_path_factory: pytest.TempPathFactory,
) -> list[Path]:
    """What LibreOffice makes of the outputs with the hostile texts, as flat OpenDocument."""
    folder, paths = tmp_path_factory.mktemp("opened"), told["hostile"].values()
    made = []
    for suffix, flat in ((".xlsx", "fods"), (".docx", "fodt")):
        of_kind = [path for path in paths if path.suffix == suffix]
        assert of_kind, f"no {suffix} among the outputs"
        made += convert(of_kind, flat, folder, font=True)
    return made


def test_every_hostile_text_is_shown_somewhere(opened: list[Path]) -> None:
    """Otherwise the tests below would prove nothing."""
    said = "\n".join(line for path in opened for line in lines_of(path))
    missing = [text for text in campaigns.HOSTILE if re.sub(r"\s+", " ", text) not in said]
    assert missing == []


def lines_of(path: Path) -> Iterable[str]:
    """The paragraphs of a flat OpenDocument file, runs of spaces as one."""
    for element in parse(path).getroot().iter(PARAGRAPH):
        for space in element.iter(f"{TEXT}s"):
            space.text = " "
        yield re.sub(r"\s+", " ", "".join(element.itertext()))


def test_a_hostile_text_adds_nothing_that_calculates_leads_or_runs(told: dict[str, dict[str, Path]]) -> None:
    hostile, harmless = (found_in(told[kind].values()) for kind in ("hostile", "harmless"))
    assert [each for all_ in hostile.values() for each in all_ if outside(each)] == []
    assert shapes(hostile) ^ shapes(harmless) == set()


def test_libreoffice_finds_nothing_that_leads_out(opened: list[Path]) -> None:
    assert {path.name: found for path in opened if (found := fetched(path))} == {}


# --- that the checks can fail -------------------------------------------------------------------------------------


@pytest.fixture
def bad(tmp_path: Path) -> Path:
    """A workbook in which a district's texts were written as whatever they look like."""
    with xlsxwriter.Workbook(tmp_path / "bad.xlsx") as book:
        sheet = book.add_worksheet()
        sheet.write("A1", '=HYPERLINK("http://example.invalid/a","กด")')
        sheet.write("A2", "http://example.invalid/b")
        sheet.write("A3", "internal:Sheet1!A1")
        sheet.write_formula("A4", "=cmd|' /C calc'!A0")
    return tmp_path / "bad.xlsx"


def test_a_text_that_became_a_formula_or_a_link_is_found(bad: Path) -> None:
    found = active(bad)
    assert Counter(each.kind for each in found) == {"formula": 2, "link": 2, "outside": 1}
    assert [each.text for each in found if outside(each)] == ["http://example.invalid/b"]


def test_what_libreoffice_would_fetch_is_found(
    convert: Callable[..., list[Path]], bad: Path, tmp_path: Path
) -> None:
    (made,) = convert([bad], "fods", tmp_path / "flat", font=True)
    said = " ".join(fetched(made))
    assert "HYPERLINK" in said
    assert "http://example.invalid/b" in said
