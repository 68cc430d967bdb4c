"""Pictures in a workbook: each that the file itself holds is told, with its cell and its part, and nothing else is."""

import io
import pickle
import shutil
import struct
import subprocess
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path

import pytest
import xlsxwriter

from pipeline.model import Grid, Picture, Workbook, address
from pipeline.read import drawings, picture_bytes, read_snapshot
from pipeline.read.ods_xml import collect_content
from pipeline.read.pictures import LARGEST_PICTURE, MOST_PICTURES
from tests.hostile.xlsb import records as binary
from tests.read.handmade import (
    MAIN,
    OFFICE,
    PACKAGE,
    STRICT,
    STRICT_OFFICE,
    ods_cell,
    ods_number,
    ods_parts,
    ods_row,
    row,
    sheet,
    xls_stream,
    xlsx_parts,
    zipped,
)

SOFFICE = shutil.which("soffice")
FIGURE = '<c r="A1"><v>7</v></c>'
DRAWING, DRAWN, LINKS = "xl/drawings/drawing1.xml", "xl/drawings/_rels/drawing1.xml.rels", "rId1"
DRAWING_SPACES = (
    'xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    f'xmlns:r="{OFFICE}"'
)
STRICT_SPACES = (
    'xmlns:xdr="http://purl.oclc.org/ooxml/drawingml/spreadsheetDrawing" '
    'xmlns:a="http://purl.oclc.org/ooxml/drawingml/main" '
    f'xmlns:r="{STRICT_OFFICE}"'
)
IMAGE_1, IMAGE_2 = "xl/media/image1.png", "xl/media/image2.jpeg"
JPEG = b"\xff\xd8\xff\xe0" + bytes(16)


def png(red: int = 255, side: int = 8) -> bytes:
    """A square of one colour."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return (
            struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
        )

    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    rows = (b"\0" + bytes((red, 0, 0)) * side) * side
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


def read(tmp_path: Path, content: bytes, name: str = "ก.xlsx") -> Workbook:
    snapshot = tmp_path / "0f3a"
    snapshot.write_bytes(content)
    found = read_snapshot(snapshot, name)
    assert found.readable, found.findings
    for grid in found.grids:
        assert grid.value_cells == len(grid.cells) + len(grid.errors) + len(grid.uncached)
    return found


def told(grid: Grid) -> list[tuple[str, str]]:
    """Cell and part of each picture."""
    return [(address(each.position), each.part) for each in grid.pictures]


def pictures(tmp_path: Path, content: bytes, name: str = "ก.xlsx") -> list[tuple[str, str]]:
    """Those of the first sheet, on which the figure 7 stands in A1, whatever happens to the pictures."""
    grid = read(tmp_path, content, name).grids[0]
    assert grid.cells[0, 0] == 7
    return told(grid)


# --- workbooks as a library writes them -----------------------------------------------------------------------------


def written() -> bytes:
    """What is a picture and what is none, on three sheets."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        story, empty, other = (book.add_worksheet(name) for name in ("เรื่อง", "ว่าง", "อื่น"))
        story.write("A1", 7)
        story.write("C5", "ภาพกิจกรรม")
        for cell, red, place in (("C5", 1, 1), ("B3", 2, 2), ("D3", 2, 3), ("C5", 3, 2)):
            story.insert_image(
                cell, "ภาพ.png", {"image_data": io.BytesIO(png(red)), "object_position": place}
            )
        story.insert_textbox("E7", "กล่องข้อความ")
        chart = book.add_chart({"type": "column"})
        chart.add_series({"values": "='เรื่อง'!$A$1:$A$1"})
        story.insert_chart("H9", chart)
        story.set_background(io.BytesIO(png(4)))
        story.set_header("&L&G", {"image_left": "ตรา.png", "image_data_left": io.BytesIO(png(5))})
        story.write_comment("A1", "หมายเหตุ")
        empty.write("A1", 7)
        other.write("A1", 7)
        other.insert_image("XFD1048576", "ภาพ.png", {"image_data": io.BytesIO(png(2))})
    return buffer.getvalue()


def test_pictures_of_each_sheet_in_reading_order(tmp_path: Path) -> None:
    found = read(tmp_path, written())
    parts = media(written())
    expected = {"B3": png(2), "D3": png(2), "C5": png(1)}
    story, empty, other = found.grids
    assert [cell for cell, _ in told(story)] == ["B3", "D3", "C5", "C5"]
    assert [parts[part] for _, part in told(story)] == [expected["B3"], expected["D3"], png(1), png(3)]
    assert told(story)[0][1] == told(story)[1][1]  # one part, shown twice
    assert story.cells[4, 2] == "ภาพกิจกรรม"
    assert told(empty) == []
    assert [(cell, parts[part]) for cell, part in told(other)] == [("XFD1048576", png(2))]


def media(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist() if "media" in name}


def test_a_workbook_travels_without_the_bytes_of_its_pictures(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    noise = b"".join(zlib.compress(bytes([number])) for number in range(256)) * 100
    with xlsxwriter.Workbook(buffer) as book:
        page = book.add_worksheet()
        page.insert_image("B2", "ภาพ.png", {"image_data": io.BytesIO(png() + noise)})
    found = read(tmp_path, buffer.getvalue())
    assert told(found.grids[0]) == [("B2", IMAGE_1)]
    assert len(pickle.dumps(found)) < 2_000 < len(noise)
    assert pickle.loads(pickle.dumps(found)) == found


def test_a_workbook_with_macros(tmp_path: Path) -> None:
    parts = drawn(anchor(picture()))
    parts["[Content_Types].xml"] = str(parts["[Content_Types].xml"]).replace(
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
        "application/vnd.ms-excel.sheet.macroEnabled.main+xml",
    )
    assert pictures(tmp_path, zipped(parts), "ก.xlsm") == [("C5", IMAGE_1)]


def test_where_nothing_is_drawn_nobody_looks_for_pictures(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A sheet whose relations are many (links, a comment) and name no drawing."""

    def never(*_: object) -> None:
        raise AssertionError("looked for pictures")

    monkeypatch.setattr(drawings, "relations_of", never)
    parts = drawn(anchor(picture()))
    parts["xl/worksheets/sheet1.xml"] = sheet(row(FIGURE))
    assert pictures(tmp_path, zipped(parts)) == []


# --- drawings by hand -----------------------------------------------------------------------------------------------


def picture(link: str = 'r:embed="rId1"', fill: str = "") -> str:
    return (
        '<xdr:pic><xdr:nvPicPr><xdr:cNvPr id="2" name="รูป"/><xdr:cNvPicPr/></xdr:nvPicPr>'
        f"<xdr:blipFill><a:blip {link}><a:extLst><a:ext><svg:svgBlip "
        f'xmlns:svg="urn:svg" r:embed="rId1"/></a:ext></a:extLst></a:blip></xdr:blipFill>'
        f"<xdr:spPr>{fill}</xdr:spPr></xdr:pic>"
    )


def shape(fill: str = '<a:blipFill><a:blip r:embed="rId1"/></a:blipFill>') -> str:
    """A shape painted with a picture."""
    return f"<xdr:sp><xdr:nvSpPr/><xdr:spPr>{fill}</xdr:spPr></xdr:sp>"


def corner(row: int | str, column: int | str) -> str:
    return (
        f"<xdr:from>\n<xdr:col>{column}</xdr:col><xdr:colOff>9</xdr:colOff><xdr:row>{row}</xdr:row>"
        "<xdr:rowOff>9</xdr:rowOff></xdr:from>"
    )


def anchor(inside: str, row: int | str = 4, column: int | str = 2) -> str:
    """An anchor at C5, or elsewhere."""
    to = "<xdr:to><xdr:col>99</xdr:col><xdr:row>99</xdr:row></xdr:to>"
    return f"<xdr:twoCellAnchor>{corner(row, column)}{to}{inside}<xdr:clientData/></xdr:twoCellAnchor>"


def one_cell(inside: str, row: int, column: int) -> str:
    return f'<xdr:oneCellAnchor>{corner(row, column)}<xdr:ext cx="1" cy="1"/>{inside}</xdr:oneCellAnchor>'


def absolute(inside: str) -> str:
    return f'<xdr:absoluteAnchor><xdr:pos x="9" y="9"/><xdr:ext cx="1" cy="1"/>{inside}</xdr:absoluteAnchor>'


def either(*choices: str, fallback: str = "") -> str:
    inside = "".join(f'<mc:Choice Requires="a14">{choice}</mc:Choice>' for choice in choices)
    return f"<mc:AlternateContent>{inside}<mc:Fallback>{fallback}</mc:Fallback></mc:AlternateContent>"


def relations(*links: tuple[str, str] | tuple[str, str, str], office: str = OFFICE) -> str:
    """Kind, target and perhaps mode of each, rId1, rId2 … in order."""
    made = ""
    for number, (kind, target, *mode) in enumerate(links, 1):
        where = f' TargetMode="{mode[0]}"' if mode else ""
        made += f'<Relationship Id="rId{number}" Type="{office}/{kind}" Target="{target}"{where}/>'
    return f'<Relationships xmlns="{PACKAGE}/relationships">{made}</Relationships>'


MEDIA = (("image", "../media/image1.png"), ("image", "../media/image2.jpeg"))


def drawn(
    anchors: str,
    links: tuple[tuple[str, str] | tuple[str, str, str], ...] = MEDIA,
    *,
    spaces: str = DRAWING_SPACES,
    namespace: str = MAIN,
) -> dict[str, str | bytes]:
    """The parts of a workbook whose first sheet has a drawing with these anchors."""
    office = STRICT_OFFICE if namespace == STRICT else OFFICE
    element = f'<drawing xmlns:r="{office}" r:id="rId2"/>'
    figure = sheet(row(FIGURE), after=element, namespace=namespace)
    return {
        **xlsx_parts(figure, namespace=namespace),
        "xl/worksheets/_rels/sheet1.xml.rels": relations(
            ("hyperlink", "https://example.go.th/", "External"),
            ("drawing", "../drawings/drawing1.xml"),
            office=office,
        ),
        DRAWING: f"<xdr:wsDr {spaces}>{anchors}</xdr:wsDr>",
        DRAWN: relations(*links, office=office),
        IMAGE_1: png(1),
        IMAGE_2: JPEG,
    }


SECOND = picture('r:embed="rId2"')


@pytest.mark.parametrize(
    ("anchors", "expected"),
    [
        ("", []),
        (anchor(picture()), [("C5", IMAGE_1)]),
        (anchor(picture()) * 2, [("C5", IMAGE_1), ("C5", IMAGE_1)]),
        (anchor(SECOND, 0, 27) + anchor(picture(), 0, 3), [("D1", IMAGE_1), ("AB1", IMAGE_2)]),
        (one_cell(picture(), 9, 1), [("B10", IMAGE_1)]),
        (anchor(picture()) + absolute(SECOND), [("A1", IMAGE_2), ("C5", IMAGE_1)]),
        (
            anchor(f"<xdr:grpSp>{picture()}<xdr:grpSp>{shape()}{SECOND}</xdr:grpSp></xdr:grpSp>"),
            [("C5", IMAGE_1), ("C5", IMAGE_2)],
        ),
        (anchor(picture('r:embed="rId1" r:link="rId9"')), [("C5", IMAGE_1)]),  # linked, and kept as well
        (anchor(picture('r:link="rId1"')), []),
        (anchor(picture("")), []),
        (anchor(picture('r:embed="rId9"')), []),
        (anchor(shape()), []),
        (
            anchor(picture(fill='<a:blipFill><a:blip r:embed="rId2"/></a:blipFill>')),
            [("C5", IMAGE_1)],
        ),
        (anchor('<xdr:graphicFrame><a:graphic r:id="rId1"/></xdr:graphicFrame>'), []),
    ],
)
def test_what_is_a_picture_of_a_drawing(
    tmp_path: Path, anchors: str, expected: list[tuple[str, str]]
) -> None:
    assert pictures(tmp_path, zipped(drawn(anchors))) == expected


@pytest.mark.parametrize(
    ("anchors", "expected"),
    [
        (anchor(either(picture(), fallback=picture())), [IMAGE_1]),
        (either(anchor(picture()), fallback=anchor(picture())), [IMAGE_1]),
        (anchor(either(picture(), SECOND, fallback=picture())), [IMAGE_1]),
        (anchor(either(shape(), SECOND, fallback=picture())), [IMAGE_2]),
        (anchor(either(shape(), fallback=picture())), [IMAGE_1]),
        (anchor(either(picture() + SECOND, fallback=picture())), [IMAGE_1, IMAGE_2]),
        (anchor(either(picture())) + anchor(either(SECOND)), [IMAGE_1, IMAGE_2]),
        (anchor(either(either(shape(), fallback=picture()), fallback=SECOND)), [IMAGE_1]),
        (anchor(either(shape(), fallback=either(shape(), fallback=SECOND))), [IMAGE_2]),
        (anchor(either(SECOND, fallback=either(picture(), fallback=SECOND)) + picture()), [IMAGE_2, IMAGE_1]),
    ],
)
def test_of_alternatives_one_is_shown(tmp_path: Path, anchors: str, expected: list[str]) -> None:
    found = pictures(tmp_path, zipped(drawn(anchors)))
    assert found == [("C5", part) for part in expected]


def test_the_namespaces_of_strict_ooxml(tmp_path: Path) -> None:
    parts = drawn(anchor(picture(), 1, 1), spaces=STRICT_SPACES, namespace=STRICT)
    assert pictures(tmp_path, zipped(parts)) == [("B2", IMAGE_1)]


def test_other_prefixes_for_the_same_names(tmp_path: Path) -> None:
    anchors = anchor(picture()).replace("xdr:", "").replace("r:embed", "q:embed")
    parts = drawn("")
    parts[DRAWING] = (
        f'<wsDr xmlns="urn:xdr" xmlns:a="urn:a" xmlns:r="urn:r" xmlns:q="{OFFICE}">{anchors}</wsDr>'
    )
    figure = '<x:row r="1"><x:c r="A1"><x:v>7</x:v></x:c></x:row></x:sheetData><x:drawing q:id="rId2"/>'
    parts["xl/worksheets/sheet1.xml"] = (
        f'<x:worksheet xmlns:x="{MAIN}" xmlns:q="{OFFICE}"><x:sheetData>{figure}</x:worksheet>'
    )
    assert pictures(tmp_path, zipped(parts)) == [("C5", IMAGE_1)]


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        (("image", "/xl/media/image1.png"), IMAGE_1),
        (("image", "..\\media\\IMAGE1.PNG"), IMAGE_1),
        (("image", "../../../../../../xl/media/image1.png"), IMAGE_1),  # above the root there is the root
        (("image", "../../../../../../etc/passwd"), ""),
        (("image", "/etc/passwd"), ""),
        (("image", "../media/image7.png"), ""),
        (("image", "../media"), ""),
        (("image", ""), ""),
        (("image", "../media/image1.png", "External"), ""),
        (("image", "file:///C:/ภาพ/1.jpg", "External"), ""),
        (("image", "https://example.go.th/xl/media/image1.png"), ""),
        (("chart", "../media/image1.png"), ""),
        (("hdphoto", "../media/image1.png"), ""),
    ],
)
def test_only_what_the_archive_holds_is_told(tmp_path: Path, link: tuple[str, str], expected: str) -> None:
    found = pictures(tmp_path, zipped(drawn(anchor(picture()) + anchor(SECOND, 9), (link, MEDIA[1]))))
    assert found == [*([("C5", expected)] if expected else []), ("C10", IMAGE_2)]


@pytest.mark.parametrize(
    ("row", "column"),
    [(-1, 2), (4, -1), (1 << 20, 2), (4, 1 << 14), ("9" * 4000, 2)],
)
def test_a_picture_beyond_the_sheet_stands_nowhere(tmp_path: Path, row: int | str, column: int | str) -> None:
    parts = drawn(anchor(picture(), row, column) + anchor(SECOND))
    assert pictures(tmp_path, zipped(parts)) == [("C5", IMAGE_2)]


def test_a_chart_may_have_a_drawing_of_its_own(tmp_path: Path) -> None:
    parts = drawn(
        anchor('<c:chart xmlns:c="urn:c" r:id="rId3"/>'), (*MEDIA, ("chart", "../charts/chart1.xml"))
    )
    parts["xl/charts/chart1.xml"] = f'<c:chartSpace xmlns:c="urn:c" xmlns:r="{OFFICE}" r:id="rId1"/>'
    parts["xl/charts/_rels/chart1.xml.rels"] = relations(("chartUserShapes", "../drawings/drawing2.xml"))
    parts["xl/drawings/drawing2.xml"] = str(drawn(anchor(picture()))[DRAWING])
    parts["xl/drawings/_rels/drawing2.xml.rels"] = relations(*MEDIA)
    assert pictures(tmp_path, zipped(parts)) == []


def test_two_sheets_with_one_drawing(tmp_path: Path) -> None:
    parts = drawn(anchor(picture()))
    both = xlsx_parts(*[str(parts["xl/worksheets/sheet1.xml"])] * 2)
    parts |= both | {
        "xl/worksheets/_rels/sheet2.xml.rels": parts["xl/worksheets/_rels/sheet1.xml.rels"],
    }
    first, second = read(tmp_path, zipped(parts)).grids
    assert told(first) == told(second) == [("C5", IMAGE_1)]


# --- what is wrong with a drawing costs its pictures, never the workbook --------------------------------------------


DEEP = "<xdr:grpSp>" * 5_000


@pytest.mark.parametrize(
    "change",
    [
        {DRAWING: "ไม่ใช่ XML"},
        {DRAWING: ""},
        {DRAWING: png()},
        {DRAWING: f"<xdr:wsDr {DRAWING_SPACES}>{anchor(picture())}"},
        {DRAWING: f'<?xml version="1.0" encoding="tis-999"?><wsDr>{anchor(picture())}</wsDr>'},
        {DRAWING: f"<xdr:wsDr {DRAWING_SPACES}>{anchor(picture(), 'สี่')}</xdr:wsDr>"},
        {DRAWING: f"<xdr:wsDr {DRAWING_SPACES}>{anchor(picture(), ' ')}</xdr:wsDr>"},
        {
            DRAWING: f"<xdr:wsDr {DRAWING_SPACES}>{DEEP}{anchor(picture())}{DEEP.replace('<', '</')}</xdr:wsDr>"
        },
        {DRAWN: "ไม่ใช่ XML"},
        {DRAWN: relations()},
        {"xl/worksheets/_rels/sheet1.xml.rels": "ไม่ใช่ XML"},
        {"xl/worksheets/_rels/sheet1.xml.rels": relations()},
        {"xl/worksheets/_rels/sheet1.xml.rels": relations(("a", "b"), ("drawing", "../../../../etc/passwd"))},
        {
            "xl/worksheets/_rels/sheet1.xml.rels": relations(
                ("a", "b"), ("drawing", "../worksheets/sheet1.xml")
            )
        },
        {
            "xl/worksheets/_rels/sheet1.xml.rels": relations(
                ("a", "b"), ("drawing", "../drawings/drawing1.xml", "External")
            )
        },
    ],
)
def test_a_drawing_that_is_broken(tmp_path: Path, change: Mapping[str, str | bytes]) -> None:
    assert pictures(tmp_path, zipped({**drawn(anchor(picture())), **change})) == []


@pytest.mark.parametrize("part", [DRAWING, DRAWN, "xl/worksheets/_rels/sheet1.xml.rels", IMAGE_1])
def test_a_part_that_is_not_there(tmp_path: Path, part: str) -> None:
    parts = drawn(anchor(picture()))
    del parts[part]
    assert pictures(tmp_path, zipped(parts)) == []


@pytest.mark.parametrize(
    "element", ["<drawing/>", '<drawing xmlns:r="urn:r" r:id="rId9"/>', '<drawing id="2"/>']
)
def test_a_sheet_that_does_not_say_where_its_drawing_is(tmp_path: Path, element: str) -> None:
    parts = drawn(anchor(picture()))
    parts["xl/worksheets/sheet1.xml"] = sheet(row(FIGURE), after=element)
    assert pictures(tmp_path, zipped(parts)) == []


def test_a_drawing_that_leads_back_to_itself(tmp_path: Path) -> None:
    links = (("image", "drawing1.xml"), ("drawing", "drawing1.xml"), ("drawing", "../worksheets/sheet1.xml"))
    parts = drawn(anchor(picture()) + anchor(SECOND) + anchor(picture('r:embed="rId3"')), links)
    assert pictures(tmp_path, zipped(parts)) == [("C5", DRAWING)]
    assert picture_bytes(tmp_path / "0f3a", DRAWING) is None


def test_ten_thousand_anchors(tmp_path: Path) -> None:
    anchors = "".join(anchor(picture(), 10_000 - number) for number in range(10_000))
    found = pictures(tmp_path, zipped(drawn(anchors)))
    assert len(found) == MOST_PICTURES == 1_000
    assert found[0] == ("C9002", IMAGE_1)
    assert found[-1] == ("C10001", IMAGE_1)


def test_a_drawing_that_swells(tmp_path: Path) -> None:
    """Sixteen thousand times smaller in the archive, and below what the archive itself is refused for."""
    parts = drawn(anchor(picture()) + " " * drawings.HEAVIEST)
    assert pictures(tmp_path, zipped(parts)) == []


def test_relations_that_swell(tmp_path: Path) -> None:
    for part in ("xl/worksheets/_rels/sheet1.xml.rels", DRAWN):
        parts = drawn(anchor(picture()))
        parts[part] = str(parts[part]) + " " * drawings.HEAVIEST
        assert pictures(tmp_path, zipped(parts)) == []


# --- pictures placed in cells ---------------------------------------------------------------------------------------


def placed(**changes: str) -> bytes:
    """Two pictures in three cells, one of which stands on the sheet as well, and an error beside them."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        page = book.add_worksheet()
        page.write("A1", 7)
        for cell, red in (("C5", 1), ("B5", 2), ("C6", 1)):
            page.embed_image(cell, "ภาพ.png", {"image_data": io.BytesIO(png(red))})
        page.insert_image("B6", "ภาพ.png", {"image_data": io.BytesIO(png(1))})
        page.write_formula("D5", "=1/0", None, "#DIV/0!")
    with zipfile.ZipFile(buffer) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    return zipped({**parts, **changes})


def test_a_picture_placed_in_a_cell_is_no_error(tmp_path: Path) -> None:
    found = read(tmp_path, placed())
    (grid,) = found.grids
    parts = media(placed())
    assert [(cell, parts[part]) for cell, part in told(grid)] == [
        ("B5", png(2)), ("C5", png(1)), ("B6", png(1)), ("C6", png(1)),
    ]  # fmt: skip
    assert grid.errors == {(4, 3): "#DIV/0!"}
    assert grid.cells == {(0, 0): 7}
    assert grid.value_cells == 2


RICH = "xl/richData/"


@pytest.mark.parametrize(
    "changes",
    [
        {"xl/metadata.xml": "ไม่ใช่ XML"},
        {"xl/metadata.xml": "<metadata/>"},
        {"xl/metadata.xml": "<metadata><valueMetadata><bk><rc t='1' v='9'/></bk></valueMetadata></metadata>"},
        {f"{RICH}rdrichvalue.xml": "<rvData/>"},
        {f"{RICH}rdrichvalue.xml": "<rvData><rv s='0'><v>9</v></rv><rv s='0'><v>9</v></rv></rvData>"},
        {f"{RICH}rdrichvalue.xml": "<rvData><v>0</v></rvData>"},
        {f"{RICH}rdrichvaluestructure.xml": "<s/>"},
        {
            f"{RICH}rdrichvaluestructure.xml": '<x><s t="_webimage"><k n="_rvRel:LocalImageIdentifier"/></s></x>'
        },
        {f"{RICH}richValueRel.xml": "<richValueRels/>"},
        {f"{RICH}_rels/richValueRel.xml.rels": relations(("image", "a.png"), ("image", "b.png"))},
        {f"{RICH}_rels/richValueRel.xml.rels": "ไม่ใช่ XML"},
        {
            f"{RICH}_rels/richValueRel.xml.rels": relations(
                *[("image", "../media/image1.png", "External")] * 2
            )
        },
        {"xl/metadata.xml": "<metadata/>" + " " * drawings.HEAVIEST},
    ],
)
def test_a_placed_picture_that_is_not_found_stays_the_error_that_the_cell_says(
    tmp_path: Path, changes: dict[str, str]
) -> None:
    (grid,) = read(tmp_path, placed(**changes)).grids
    assert [cell for cell, _ in told(grid)] == ["B6"]
    assert grid.errors == {(4, 1): "#VALUE!", (4, 2): "#VALUE!", (4, 3): "#DIV/0!", (5, 2): "#VALUE!"}
    assert grid.cells == {(0, 0): 7}


def test_what_leads_to_placed_pictures_swells(tmp_path: Path) -> None:
    with zipfile.ZipFile(io.BytesIO(placed())) as archive:
        metadata = archive.read("xl/metadata.xml").decode()
    (grid,) = read(tmp_path, placed(**{"xl/metadata.xml": metadata + " " * drawings.HEAVIEST})).grids
    assert [cell for cell, _ in told(grid)] == ["B6"]


def test_a_picture_of_the_net_beside_one_of_the_workbook(tmp_path: Path) -> None:
    changes = {
        f"{RICH}rdrichvalue.xml": '<rvData><rv s="1"><v>0</v></rv><rv s="0"><v>1</v><v>5</v></rv></rvData>',
        f"{RICH}rdrichvaluestructure.xml": '<x><s t="_localImage"><k n="_rvRel:LocalImageIdentifier"/></s>'
        '<s t="_webimage"><k n="WebImageIdentifier"/></s></x>',
    }
    (grid,) = read(tmp_path, placed(**changes)).grids
    assert [cell for cell, _ in told(grid)] == ["B5", "B6"]
    assert grid.errors == {(4, 2): "#VALUE!", (4, 3): "#DIV/0!", (5, 2): "#VALUE!"}


def test_metadata_of_another_kind_is_no_picture(tmp_path: Path) -> None:
    """The first block is of a formula that spills; the second leads to the second picture."""
    metadata = (
        '<metadata xmlns:x="urn:x"><metadataTypes><metadataType name="XLDAPR"/>'
        '<metadataType name="XLRICHVALUE"/></metadataTypes>'
        '<futureMetadata name="XLDAPR"><bk><ext><x:dynamicArrayProperties/></ext></bk></futureMetadata>'
        '<futureMetadata name="XLRICHVALUE"><bk><ext><x:rvb i="1"/></ext></bk></futureMetadata>'
        '<cellMetadata><bk><rc t="2" v="0"/></bk></cellMetadata>'
        '<valueMetadata><bk><rc t="1" v="0"/></bk><bk><rc t="2" v="0"/></bk></valueMetadata></metadata>'
    )
    (grid,) = read(tmp_path, placed(**{"xl/metadata.xml": metadata})).grids
    (first, second) = grid.pictures
    assert [address(each.position) for each in (first, second)] == ["B5", "B6"]
    assert picture_bytes(tmp_path / "0f3a", first.part) == png(2)
    assert grid.errors == {(4, 2): "#VALUE!", (4, 3): "#DIV/0!", (5, 2): "#VALUE!"}


# --- .xlsb, .ods, .xls ----------------------------------------------------------------------------------------------


def test_the_drawing_of_a_binary_workbook(tmp_path: Path) -> None:
    parts = binary.book({"A1": binary.rk("A1", 7)}, after=binary.record(550, binary.text("rId2")))
    made = drawn(anchor(picture()) + one_cell(SECOND, 0, 1))
    parts |= {name: made[name] for name in (DRAWING, DRAWN, IMAGE_1, IMAGE_2)}
    parts["xl/worksheets/_rels/sheet1.bin.rels"] = made["xl/worksheets/_rels/sheet1.xml.rels"]
    found = [("B1", IMAGE_2), ("C5", IMAGE_1)]
    assert pictures(tmp_path, zipped(parts), "ก.xlsb") == found
    assert pictures(tmp_path, zipped(parts | {DRAWING: "ไม่ใช่ XML"}), "ก.xlsb") == []
    assert pictures(tmp_path, zipped(parts | {DRAWING: f"<!DOCTYPE x>{made[DRAWING]}"}), "ก.xlsb") == []


def test_a_record_of_a_drawing_that_is_cut_short(tmp_path: Path) -> None:
    parts = binary.book({"A1": binary.rk("A1", 7)}, after=binary.record(550, b"\xff\xff\xff"))
    assert pictures(tmp_path, zipped(parts), "ก.xlsb") == []


def frame(inside: str) -> str:
    return f"<draw:frame><svg:title>ชื่อ</svg:title>{inside}<svg:desc>รูป</svg:desc></draw:frame>"


def image(reference: str = "Pictures/A.png") -> str:
    return f'<draw:image xlink:href="{reference}"><text:p/></draw:image>'


def table(rows: str, shapes: str = "", name: str = "แบบ 1") -> str:
    return (
        f'<table:table table:name="{name}"><table:shapes>{shapes}</table:shapes>'
        f"<table:table-column/>{rows}</table:table>"
    )


def opened(tables: str, **more: bytes) -> bytes:
    parts = {f"Pictures/{name}.png": content for name, content in {"A": png(1), "b": png(2), **more}.items()}
    return zipped({**ods_parts(tables), **parts})


PART_A, PART_B = "pictures/a.png", "pictures/b.png"


def test_pictures_of_an_ods_stand_in_their_cells_or_on_the_sheet(tmp_path: Path) -> None:
    first = table(
        ods_row(ods_number(7) + ods_cell(attributes='table:number-columns-repeated="2"'))
        + ods_row(ods_cell(), 'table:number-rows-repeated="3"')
        + ods_row(
            ods_cell()
            + f"<table:covered-table-cell>{frame(image('./Pictures/b.png'))}</table:covered-table-cell>"
            + '<table:table-cell office:value-type="string"><text:p>ภาพ</text:p>'
            + f"<draw:g>{frame(image())}<draw:a>{frame(image('Pictures/b.png'))}</draw:a></draw:g></table:table-cell>"
        ),
        shapes=frame(image("Pictures/b.png")),
    )
    second = table(ods_row(f"<table:table-cell>{frame(image())}</table:table-cell>"), name="แบบ 2")
    one, two = read(tmp_path, opened(first + second), "ก.ods").grids
    assert told(one) == [("A1", PART_B), ("B5", PART_B), ("C5", PART_A), ("C5", PART_B)]
    assert one.cells == {(0, 0): 7, (4, 2): "ภาพ"}
    assert told(two) == [("A1", PART_A)]


@pytest.mark.parametrize(
    "inside",
    [
        "",
        '<draw:object xlink:href="./Object 1"/>' + image(),  # a chart and how it looks
        '<draw:object-ole xlink:href="./Object 1"/>' + image(),
        "<draw:text-box><text:p>กล่อง</text:p></draw:text-box>",
        "<draw:image><office:binary-data>iVBORw0KGgo=</office:binary-data></draw:image>",
        image(""),
        image("https://example.go.th/Pictures/A.png"),
        image("../Pictures/A.png"),
        image("/Pictures/A.png"),
        image("file:///C:/Pictures/A.png"),
        image("Pictures/c.png"),
        image("Pictures"),
        "</draw:frame>" + image() + "<draw:frame>",
    ],
)
def test_what_is_no_picture_of_an_ods(tmp_path: Path, inside: str) -> None:
    cell = f"<table:table-cell>{frame(inside)}{frame(image('Pictures/b.png'))}</table:table-cell>"
    assert pictures(tmp_path, opened(table(ods_row(ods_number(7) + cell))), "ก.ods") == [("B1", PART_B)]


def test_a_frame_shows_the_first_of_its_pictures(tmp_path: Path) -> None:
    cell = f"<table:table-cell>{frame(image('Pictures/b.png') + image())}</table:table-cell>"
    assert pictures(tmp_path, opened(table(ods_row(ods_number(7) + cell))), "ก.ods") == [("B1", PART_B)]


def test_a_picture_of_an_ods_beyond_the_sheet_or_outside_of_any(tmp_path: Path) -> None:
    far = f"<table:table-cell>{frame(image())}</table:table-cell>"
    rows = ods_row(ods_number(7)) + ods_row(ods_cell(), f'table:number-rows-repeated="{1 << 20}"')
    assert pictures(tmp_path, opened(frame(image()) + table(rows + ods_row(far))), "ก.ods") == []


def test_ten_thousand_pictures_of_an_ods(tmp_path: Path) -> None:
    found = pictures(tmp_path, opened(table(ods_row(ods_number(7)), shapes=frame(image()) * 10_000)), "ก.ods")
    assert found == [("A1", PART_A)] * MOST_PICTURES


def test_pictures_of_an_ods_are_bounded_while_they_are_gathered() -> None:
    xml = str(ods_parts(table("", shapes=frame(image()) * 2_000))["content.xml"])
    assert len(collect_content(xml.encode()).tables[0].pictures) == MOST_PICTURES


@pytest.mark.libreoffice
@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize(("suffix", "beside"), [("ods", "A1"), ("xlsx", "D3")])
def test_what_libreoffice_makes_of_them(tmp_path: Path, suffix: str, beside: str) -> None:
    """D3 stands fast on its sheet: LibreOffice writes that without a cell into an .ods."""
    (tmp_path / "ก.xlsx").write_bytes(written())
    out = tmp_path / "out"
    subprocess.run(
        [
            str(SOFFICE), f"-env:UserInstallation=file://{tmp_path / 'profile'}", "--headless",
            "--convert-to", suffix, "--outdir", str(out), str(tmp_path / "ก.xlsx"),
        ],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    saved = out / f"ก.{suffix}"
    story, empty, other = read(tmp_path, saved.read_bytes(), saved.name).grids
    assert sorted(cell for cell, _ in told(story)) == sorted([beside, "B3", "C5", "C5"])
    assert {picture_bytes(saved, part) for _, part in told(story)} == {png(1), png(2), png(3)}
    assert story.cells[4, 2] == "ภาพกิจกรรม"
    assert told(empty) == []
    assert [picture_bytes(saved, part) for _, part in told(other)] == [png(2)]


def test_an_xls_tells_none(tmp_path: Path) -> None:
    import xlwt

    book = xlwt.Workbook()
    page = book.add_sheet("แบบ 1")
    page.write(0, 0, 7)
    bitmap = (
        b"BM" + struct.pack("<IHHIIIIHHIIIIII", 58, 0, 0, 54, 40, 1, 1, 1, 24, 0, 4, 0, 0, 0, 0) + bytes(4)
    )
    page.insert_bitmap_data(bitmap, 2, 2)
    buffer = io.BytesIO()
    book.save(buffer)
    assert pictures(tmp_path, buffer.getvalue(), "ก.xls") == []


# --- the bytes of a picture -----------------------------------------------------------------------------------------


def stored(tmp_path: Path, parts: Mapping[str, str | bytes], packing: int = zipfile.ZIP_DEFLATED) -> Path:
    snapshot = tmp_path / "0f3a"
    with zipfile.ZipFile(snapshot, "w", packing) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return snapshot


@pytest.mark.parametrize("content", [png(), JPEG, b"GIF87a rest", b"GIF89a rest", b"BM rest"])
def test_the_bytes_of_a_picture(tmp_path: Path, content: bytes) -> None:
    snapshot = stored(tmp_path, {"xl/Media/Image1.PNG": content})
    assert picture_bytes(snapshot, IMAGE_1) == content


def test_every_picture_that_is_told_has_its_bytes(tmp_path: Path) -> None:
    found = read(tmp_path, written())
    assert [picture_bytes(tmp_path / "0f3a", each.part) for each in found.grids[0].pictures] == [
        png(2), png(2), png(1), png(3),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x89PNG",
        b"<svg/>",
        b"<?xml version='1.0'?>",
        b"RIFF....WEBP",
        b"\xd7\xcd\xc6\x9a",
        b"GIF90a",
        b" BM",
    ],
)
def test_what_is_no_picture_has_no_bytes(tmp_path: Path, content: bytes) -> None:
    assert picture_bytes(stored(tmp_path, {IMAGE_1: content}), IMAGE_1) is None


@pytest.mark.parametrize(
    "part",
    ["", "xl/media/image2.png", "xl/media/", "xl/media", "../0f3a", "/etc/passwd", "xl/media/IMAGE1.png"],
)
def test_a_part_that_the_archive_has_not(tmp_path: Path, part: str) -> None:
    assert picture_bytes(stored(tmp_path, {IMAGE_1: png()}), part) is None


def test_a_picture_may_be_large_but_not_larger(tmp_path: Path) -> None:
    largest = png().ljust(LARGEST_PICTURE, b"\0")
    assert LARGEST_PICTURE == 20 << 20
    snapshot = stored(tmp_path, {IMAGE_1: largest, "xl/media/image2.png": largest + b"\0"})
    assert picture_bytes(snapshot, IMAGE_1) == largest
    assert picture_bytes(snapshot, "xl/media/image2.png") is None


def test_a_picture_that_swells_beyond_what_it_says(tmp_path: Path) -> None:
    snapshot = stored(tmp_path, {IMAGE_1: png().ljust(1 << 24, b"\0")})
    content = snapshot.read_bytes()
    size, lie = (struct.pack("<I", number) + struct.pack("<H", len(IMAGE_1)) for number in (1 << 24, 100))
    assert content.count(size) == 2
    snapshot.write_bytes(content.replace(size, lie))
    assert picture_bytes(snapshot, IMAGE_1) is None


def test_a_picture_whose_checksum_is_wrong(tmp_path: Path) -> None:
    snapshot = stored(tmp_path, {IMAGE_1: png()}, zipfile.ZIP_STORED)
    snapshot.write_bytes(snapshot.read_bytes().replace(b"IEND", b"IENE"))
    assert picture_bytes(snapshot, IMAGE_1) is None


@pytest.mark.parametrize("packing", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_picture_packed_as_no_office_program_does(tmp_path: Path, packing: int) -> None:
    assert picture_bytes(stored(tmp_path, {IMAGE_1: png()}, packing), IMAGE_1) is None


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", png(), xls_stream(), zipped({})])
def test_a_snapshot_that_holds_no_parts(tmp_path: Path, content: bytes) -> None:
    snapshot = tmp_path / "0f3a"
    snapshot.write_bytes(content)
    assert picture_bytes(snapshot, IMAGE_1) is None


def test_a_snapshot_that_is_unsafe(tmp_path: Path) -> None:
    assert picture_bytes(stored(tmp_path, {IMAGE_1: png(), "../x.png": png()}), IMAGE_1) is None


def test_a_picture_of_the_model() -> None:
    assert Picture((4, 2), IMAGE_1) == Picture(position=(4, 2), part=IMAGE_1)
    assert Grid("แบบ", 0, False, {}, {}, frozenset(), frozenset(), frozenset(), (), 0).pictures == ()
