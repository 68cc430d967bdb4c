"""The native charts of ภาพรวม, drawn from cells that follow รายอำเภอ live."""

from typing import Final

from xlsxwriter.chart import Chart

from pipeline.thai import thai_digits
from pipeline.write import figures, layout, palette, sentences, style, words
from pipeline.write.cells import Formula, Page, put
from pipeline.write.layout import Layout
from schemas.form import Ratio

RANKING_PX: Final = 700
DOUGHNUT_ROWS: Final = 9
_ROW_PX: Final = 32
# The cells behind the charts stand to the right of what is printed.
_HELPER: Final = 16
_PROVINCE: Final = "ทั้งจังหวัด"


def put_ranking(made: Page, plan: Layout, row: int, width: int) -> None:
    """Bars of the headline figure, highest on top; for a share the province among its districts, in a darker colour."""
    headline = figures.headline(made.book.result.form)
    bars = _bars(made, plan, headline) if headline else []
    if not bars or headline is None:
        return
    shares = isinstance(headline, Ratio)
    title = headline.title if isinstance(headline, Ratio) else headline.header
    put(made, row - 1, _HELPER, f"ที่มาของแผนภูมิ: {title}", "helper")
    for offset, (name, formula) in enumerate(bars):
        put(made, row + offset, _HELPER, name, "helper")
        put(made, row + offset, _HELPER + 1, formula, "helper_share" if shares else "helper")
    last = row + len(bars) - 1
    chart = made.book.workbook.add_chart({"type": "bar"})
    chart.add_series(
        {
            "name": title,
            "categories": f"={layout.reference(layout.OVERVIEW, row, _HELPER, last)}",
            "values": f"={layout.reference(layout.OVERVIEW, row, _HELPER + 1, last)}",
            "fill": {"color": palette.LEAF},
            "gap": 35,
            "points": [
                {"fill": {"color": palette.GREEN if name == _PROVINCE else palette.LEAF}} for name, _ in bars
            ],
            "data_labels": {"value": True, "num_format": "0.0%" if shares else "#,##0", "font": _font(12)},
        }
    )
    count = sum(name != _PROVINCE for name, _ in bars)
    chart.set_title(_title(thai_digits(f"{title} ({count} อำเภอที่มีข้อมูล)")))
    chart.set_plotarea({"layout": {"x": 0.25, "y": 0.08, "width": 0.64, "height": 0.91}})
    chart.set_legend({"none": True})
    chart.set_y_axis(
        {
            "reverse": True,
            "num_font": _font(12),
            "interval_unit": 1,
            "line": {"color": palette.LINE},
            "major_tick_mark": "none",
        }
    )
    chart.set_x_axis(_axis(max(_value(formula) for _, formula in bars) if shares else None))
    _insert(made, chart, row, 0, width, RANKING_PX - 8)


def put_doughnut(made: Page, plan: Layout, row: int, column: int, width: int) -> None:
    """How many districts have which status; only statuses that occur."""
    counted = plan.districts_range(layout.STATUS_COLUMN)
    roster = made.book.result.roster
    found = [status for status in words.STATUSES if any(owed.status == status for owed in roster)]
    put(made, row - 1, _HELPER + 3, "ที่มาของแผนภูมิ: สถานะ (อำเภอ)", "helper")
    for offset, status in enumerate(found):
        word = words.statuses(made.book.result.round)[status]
        number = sum(owed.status == status for owed in roster)
        put(made, row + offset, _HELPER + 3, word, "helper")
        term = words.counting(counted, status, made.book.result.round, made.book.result.form)
        put(made, row + offset, _HELPER + 4, Formula(f"={term}", number), "helper")
    last = row + len(found) - 1
    chart = made.book.workbook.add_chart({"type": "doughnut"})
    chart.add_series(
        {
            "name": "สถานะการส่ง",
            "categories": f"={layout.reference(layout.OVERVIEW, row, _HELPER + 3, last)}",
            "values": f"={layout.reference(layout.OVERVIEW, row, _HELPER + 4, last)}",
            "points": [
                {"fill": {"color": palette.STATUS_COLOURS[status][2]}, "border": {"color": "#FFFFFF"}}
                for status in found
            ],
            "data_labels": {"value": True, "font": {**_font(14), "bold": True, "color": "#FFFFFF"}},
        }
    )
    chart.set_title(_title("สถานะการส่ง (อำเภอ)"))
    chart.set_hole_size(55)
    chart.set_plotarea({"layout": {"x": 0.2, "y": 0.14, "width": 0.6, "height": 0.6}})
    chart.set_legend({"position": "bottom", "font": _font(12)})
    _insert(made, chart, row, column, width, DOUGHNUT_ROWS * _ROW_PX - 8)


def _bars(made: Page, plan: Layout, headline: figures.Measure) -> list[tuple[str, Formula]]:
    """The districts' headline figures in falling order, each a reference to its cell; a share of the province too."""
    result = made.book.result
    ranked = sentences.ranking(result)
    column = plan.measure_column(headline.key)
    bars = [
        (name, Formula(f"={layout.reference(layout.DISTRICTS, layout.FIRST_RECORD + place, column)}", value))
        for name, value, place in ranked
    ]
    province = figures.total(result, headline.key) if isinstance(headline, Ratio) else None
    if ranked and province is not None:
        cell = layout.reference(layout.DISTRICTS, plan.total_row, column)
        bars.append((_PROVINCE, Formula(f"={cell}", province)))
    return sorted(bars, key=lambda bar: -_value(bar[1]))


def _value(formula: Formula) -> float:
    return formula.value if isinstance(formula.value, int | float) else 0.0


def _axis(highest: float | None) -> dict[str, object]:
    """From 0; of shares to 100 %, or further where the highest is more than the whole."""
    end = {} if highest is None else {"max": max(1.0, -(-highest * 10 // 1) / 10)}
    return {"min": 0, **end, "major_gridlines": {"visible": False}, "visible": False}


def _title(text: str) -> dict[str, object]:
    return {"name": text, "name_font": {**_font(14), "bold": True, "color": palette.GREEN}, "overlay": False}


def _font(size: int) -> dict[str, object]:
    return {"name": style.FONT, "size": size, "color": palette.INK}


def _insert(made: Page, chart: Chart, row: int, column: int, width: int, height: int) -> None:
    chart.set_size({"width": width, "height": height})
    chart.set_chartarea({"border": {"none": True}, "fill": {"color": "#FFFFFF"}})
    made.sheet.insert_chart(row, column, chart, {"object_position": 3, "description": "แผนภูมิ"})
