"""booklet.docx: the รูปเล่ม of the letter, the best practice of every district to print and bind.

District text only ever becomes plain runs; the document holds no field but the number of the page.
"""

import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any, Final

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from pipeline.model import Results, RoundResult
from pipeline.thai import thai_digits
from pipeline.write import palette, sentences, style, words
from pipeline.write.book import as_of_words
from pipeline.write.cells import Imprint, safe_text
from pipeline.write.photos import UNSHOWN, shown
from pipeline.write.stories import Story, stories

_BOX_CM: Final = (7.8, 5.9)
_PX_PER_CM: Final = 96 / 2.54
_ZIP_TIME: Final = (1980, 1, 1, 0, 0, 0)
_SIZES: Final = {"Normal": 16, "Title": 28, "Heading 1": 22, "Heading 2": 16}


def write_booklet(path: Path, results: Results, result: RoundResult) -> None:
    """Writes the document; the same results give the same bytes. `OSError` if it cannot be written."""
    document = Document()
    _set_up(document, results, result)
    told = stories(result)
    _put_cover(document, results, result, told)
    for story in told:
        _put_story(document, story)
    content = BytesIO()
    document.save(content)
    path.write_bytes(_without_times(content.getvalue()))


def _set_up(document: Any, results: Results, result: RoundResult) -> None:
    """A4, our font for Thai and Latin alike, the page's number below, and the moment that the figures are of."""
    for name, size in _SIZES.items():
        _set_font(document.styles[name], size)
    spacing = document.styles["Normal"].paragraph_format
    spacing.space_after, spacing.line_spacing = Pt(2), 1.0
    imprint = Imprint(results.campaign, result.round, results.as_of, results.sample)
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.5)
    section.top_margin = section.bottom_margin = Cm(2)
    section.header.paragraphs[0].text = f"{_mark(results)}{result.title}"
    footer = section.footer.paragraphs[0]
    footer.text = f"{as_of_words(imprint)} · หน้า "
    _put_page_number(footer)
    properties = document.core_properties
    moment = results.as_of.replace(tzinfo=None)
    properties.created = properties.modified = moment
    properties.title, properties.author = result.title, results.campaign.office


def _set_font(named: Any, size: int) -> None:
    """A style's font for every script, Thai among them, which has a size of its own."""
    named.font.name, named.font.size = style.FONT, Pt(size)
    named.font.color.rgb = RGBColor.from_string((palette.INK if size == 16 else palette.GREEN).lstrip("#"))
    properties = named.element.get_or_add_rPr()
    fonts = properties.get_or_add_rFonts()
    for attribute in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(qn(attribute), style.FONT)
    for attribute in ("w:asciiTheme", "w:hAnsiTheme", "w:cstheme", "w:eastAsiaTheme"):
        fonts.attrib.pop(qn(attribute), None)
    complex_size = OxmlElement("w:szCs")
    complex_size.set(qn("w:val"), str(2 * size))
    properties.append(complex_size)


def _put_page_number(paragraph: Any) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    paragraph._p.append(field)


def _mark(results: Results) -> str:
    return f"{words.SAMPLE} ไม่ใช่ข้อมูลจริง · " if results.sample else ""


def _put_cover(document: Any, results: Results, result: RoundResult, told: tuple[Story, ...]) -> None:
    """The title, how many districts tell, and a list of all of them."""
    _put(document, results.campaign.office).alignment = WD_ALIGN_PARAGRAPH.CENTER
    document.add_paragraph(result.title, style="Title").alignment = WD_ALIGN_PARAGRAPH.CENTER
    _put(document, results.campaign.title).alignment = WD_ALIGN_PARAGRAPH.CENTER
    day = sentences.local_day(results.as_of, results.campaign)
    counted = f"{_mark(results)}{len(told)} จาก {len(result.roster)} อำเภอ · ข้อมูล ณ วันที่ {day}"
    _put(document, thai_digits(counted)).alignment = WD_ALIGN_PARAGRAPH.CENTER
    by_district = {story.district_code: story for story in told}
    for number, row in enumerate(result.roster, start=1):
        story = by_district.get(row.district_code)
        about = (
            f"{story.local_body} · {story.items[0].text}"
            if story
            else row.note or words.status_of(row, result.round)
        )
        _put(document, f"{thai_digits(str(number))}. อำเภอ{row.district}: {about}")


def _put_story(document: Any, story: Story) -> None:
    heading = document.add_heading(f"อำเภอ{story.district} · {story.local_body}", level=1)
    heading.paragraph_format.page_break_before = True
    for item in story.items:
        document.add_heading(safe_text(item.label), level=2)
        for line in (item.text or words.UNKNOWN).split("\n"):
            _put(document, line)
    _put_photos(document, story)


def _put_photos(document: Any, story: Story) -> None:
    """Two pictures side by side, each as large as its place allows."""
    if not story.photos:
        return
    table = document.add_table(rows=-(-len(story.photos) // 2), cols=2)
    for number, photo in enumerate(story.photos):
        paragraph = table.cell(number // 2, number % 2).paragraphs[0]
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        picture = shown(photo)
        if picture is None:
            paragraph.add_run(UNSHOWN)
            continue
        scale = picture.scale(*(side * _PX_PER_CM for side in _BOX_CM))
        paragraph.add_run().add_picture(BytesIO(picture.data), width=Cm(picture.width * scale / _PX_PER_CM))


def _put(document: Any, text: str) -> Any:
    return document.add_paragraph(safe_text(text))


def _without_times(data: bytes) -> bytes:
    """The same archive, its entries all of one time: nothing here reads the clock."""
    content = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as made, zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as again:
        for entry in made.infolist():
            again.writestr(zipfile.ZipInfo(entry.filename, _ZIP_TIME), made.read(entry), zipfile.ZIP_DEFLATED)
    return content.getvalue()
