"""The figures of the province, each with how many are in it."""

from pipeline.model import RoundResult
from pipeline.write import figures, sentences, words
from pipeline.write.figures import Measure
from pipeline.write.page import parts
from pipeline.write.page.markup import Html, el
from pipeline.write.page.view import title
from schemas.form import Ratio

_HEADS = ("จังหวัด", "รวมจาก อปท.", "รวมจากอำเภอ")


def totals(result: RoundResult) -> Html | None:
    """The figures of the province that the summary shows; `None` where nobody has reported any."""
    rows = [
        _row(result, measure) for measure in figures.measures(result.form) if measure.key in result.totals
    ]
    if not rows:
        return None
    heads = [parts.head("ตัวชี้วัด"), *(parts.head(text, class_="number") for text in _HEADS)]
    caption = f"ยอดรวมของจังหวัดใน{title(result)} นับเฉพาะ อปท. ที่มีข้อมูล"
    return el(
        "div",
        el("h3", "ตัวเลขสำคัญของจังหวัด"),
        el("p", sentences.outcome(result)),
        parts.table(caption, heads, rows, class_="figures"),
        class_="card",
    )


def _row(result: RoundResult, measure: Measure) -> Html:
    found = result.totals[measure.key]
    label = measure.title if isinstance(measure, Ratio) else figures.full_label(measure)
    unit = "%" if isinstance(measure, Ratio) else measure.unit
    province, bodies, districts = _HEADS
    return parts.row(
        el("th", label, scope="row", role="rowheader"),
        parts.cell(province, el("b", _written(result, measure)), " ", el("small", unit), class_="number"),
        parts.cell(bodies, f"{found.local_bodies:,}", class_="number"),
        parts.cell(districts, f"{found.districts:,}", class_="number"),
    )


def _written(result: RoundResult, measure: Measure) -> str:
    """The figure, as precise as the summary shows it."""
    known = figures.total(result, measure.key)
    if known is None:
        return words.UNKNOWN
    if isinstance(measure, Ratio):
        return f"{known * 100:.1f}"
    return f"{known:,.1f}" if figures.kind(measure) == "area" else f"{known:,.0f}"
