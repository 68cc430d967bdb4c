"""booklet.docx: the รูปเล่ม of the letter, the best practice of every district to print and bind.

District text only ever becomes plain runs; the document holds no field but the number of the page.
"""

from io import BytesIO
from pathlib import Path
from typing import Any, Final

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
from pipeline.write.word import new_document, saved, set_font

_BOX_CM: Final = (7.8, 5.9)
_PX_PER_CM: Final = 96 / 2.54
_SIZES: Final = {"Normal": 16, "Title": 28, "Heading 1": 22, "Heading 2": 16}


def write_booklet(path: Path, results: Results, result: RoundResult) -> None:
    """Writes the document; the same results give the same bytes. `OSError` if it cannot be written."""
    document = new_document(left=2.5, right=2.5, top=2, bottom=2)
    _set_up(document, results, result)
    told = stories(result)
    _put_cover(document, results, result, told)
    for story in told:
        _put_story(document, story)
    path.write_bytes(saved(document, result.title, results.campaign.office, results.as_of))


def _set_up(document: Any, results: Results, result: RoundResult) -> None:
    """A4, our font for Thai and Latin alike, the page's number below, and the moment that the figures are of."""
    for name, size in _SIZES.items():
        set_font(document.styles[name], size)
        colour = palette.INK if size == style.SIZE else palette.GREEN
        document.styles[name].font.color.rgb = RGBColor.from_string(colour.lstrip("#"))
    document.styles["Normal"].paragraph_format.space_after = Pt(2)
    imprint = Imprint(results.campaign, result.round, results.as_of, results.sample)
    section = document.sections[0]
    section.header.paragraphs[0].text = f"{_mark(results)}{result.title}"
    footer = section.footer.paragraphs[0]
    footer.text = f"{as_of_words(imprint)} · หน้า "
    _put_page_number(footer)


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
