"""Every round of the campaign on a card: when it is due, who has sent, how complete it is."""

from collections.abc import Iterator

from pipeline.model import RoundResult
from pipeline.write import figures, sentences, words
from pipeline.write.page import parts
from pipeline.write.page.markup import Html, el, join
from pipeline.write.page.view import View, remaining, tally, title


def rounds_section(view: View) -> Html:
    """A card for each round, in the campaign's order."""
    cards = [
        el("article", *_card(view, each), class_="card", id=f"r-{each.round.key}") for each in view.rounds
    ]
    return parts.section("rounds", "ทุกครั้งโดยสรุป", el("div", *cards, class_="cards"))


def _card(view: View, result: RoundResult) -> Iterator[Html | None]:
    counts = tally(result)
    named = words.statuses(result.round)
    yield el("h3", title(result))
    yield el(
        "p",
        parts.sentence([f"กำหนดส่ง {view.day(result.round.due_at)}", remaining(view, result.round.due_at)]),
        class_="quiet",
    )
    yield parts.status_bar(counts, result.round)
    yield el(
        "ul",
        *(
            el("li", el("b", str(count)), " ", named[status], class_=status)
            for status, count in counts.items()
            if count
        ),
        class_="counts",
    )
    yield el("ul", *(el("li", each) for each in _facts(result)), class_="facts")
    beside = view.beside.get(result.round.key)
    if beside and (found := parts.links(result.round.key, beside.files)):
        yield found
        if beside.as_of and beside.as_of != view.as_of:
            yield el("p", f"ไฟล์ของครั้งนี้เป็นข้อมูล ณ วันที่ {view.moment(beside.as_of)}", class_="quiet")


def _facts(result: RoundResult) -> Iterator[Html | str]:
    """Coverage, what is to be mended, and the figure by which districts are compared."""
    bodies, expected, districts = sentences.coverage_counts(result)
    if not districts:
        yield "ยังไม่มีรายงานที่นำมารวมได้"
        return
    in_bodies = f"{bodies} จาก {expected} อปท. · " if result.form.grain != "district" else ""
    yield f"รวม {in_bodies}{districts} จาก {len(result.roster)} อำเภอ"
    fixes = sum(row.must_fix for row in result.roster)
    explain = sum(row.please_explain for row in result.roster)
    yield f"ต้องแก้ {fixes:,} จุด · โปรดชี้แจง {explain:,} จุด"
    ratio = next(iter(result.form.ratios), None)
    share = figures.total(result, ratio.key) if ratio else None
    if ratio and share is not None:
        yield join([f"{ratio.title} ", el("b", f"{share * 100:.1f}")])
