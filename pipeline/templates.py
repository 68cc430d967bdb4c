"""`pipeline templates`: the workbooks that are handed out, one for each district and round, filled in as far as known.

`output = hand_out(schemas, output, as_of)`: beside the tables only what was written of the round before is read.
"""

import csv
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from pipeline.campaign import load_campaign, refuse_unknown_rounds
from pipeline.clock import told_as_of
from pipeline.exceptions import ConfigurationError
from pipeline.folders import refuse_misplaced
from pipeline.form_code import FormCode, make
from pipeline.headings import rounds_in
from pipeline.lock import single_writer
from pipeline.model import Before, Campaign, Folders, Round, Template
from pipeline.names import districts_in, gazetteer
from pipeline.sample import load_sample
from pipeline.write.templates import publish_templates
from pipeline.write.words import SAMPLE
from schemas.form import Form

FOLDER = "templates"


@dataclass(frozen=True, slots=True)
class Written:
    """What was written of a round: as of when, whether of the sample, and the known figures by local body and key."""

    round: Round
    as_of: datetime
    sample: bool
    figures: Mapping[str, Mapping[str, float]]


@dataclass(frozen=True, slots=True)
class HandedOut:
    """What was made for one round: its templates and their paths; `unfit` is what was written of the round before and
    is not shown, because it is of the sample and the campaign is not, or the other way round."""

    templates: tuple[Template, ...]
    paths: tuple[Path, ...]
    unfit: Written | None = None


def hand_out(folders: Folders, now: datetime, only: Sequence[str] = ()) -> tuple[HandedOut, ...]:
    """Write the templates of the rounds `only`, or of every round, under output/templates/<form>-<round>/.

    It holds the campaign's lock: the outputs of the round before may just be changing places. Raises `OperatorError`
    for what the person at the keyboard must mend.
    """
    refuse_misplaced(folders)
    with single_writer(folders.input, now):
        campaign = load_campaign(folders.schemas)
        refuse_unknown_rounds(only, campaign)
        sample = load_sample(folders.input)
        as_of = told_as_of(folders.as_of, sample.as_of if sample else None, now, campaign.zone)
        made = []
        for round_ in campaign.rounds:
            if round_.key in only or not only:
                before = written_before(round_, campaign, folders.output)
                unfit = before if before and before.sample is not bool(sample) else None
                known = None if unfit else before
                templates = templates_of(round_, campaign, as_of, sample=bool(sample), before=known)
                place = folders.output / FOLDER
                paths = publish_templates(templates, place, f"{round_.form}-{round_.key}")
                made.append(HandedOut(templates, paths, unfit))
        return tuple(made)


def handed_out_lines(handed: Sequence[HandedOut]) -> Iterator[str]:
    """What was made, in words: a line for each round."""
    if any(template.sample for each in handed for template in each.templates):
        yield SAMPLE
    for each in handed:
        known = sum(template.before is not None for template in each.templates)
        shown = f" · มีตัวเลขครั้งก่อนให้ดู {known} อำเภอ" if known else ""
        yield f"{each.templates[0].title}: {len(each.templates)} อำเภอ{shown}"
        if each.unfit:
            what = SAMPLE if each.unfit.sample else "ข้อมูลจริง"
            yield f"  ผลของ{each.unfit.round.title}ที่มีอยู่เป็น{what} จึงไม่นำมาแสดง ให้สั่ง pipeline consolidate แล้วสั่งใหม่อีกครั้ง"


def templates_of(
    round_: Round, campaign: Campaign, as_of: datetime, *, sample: bool = False, before: Written | None = None
) -> tuple[Template, ...]:
    """The template of each district that has local bodies for a round, in registry order."""
    form, project = campaign.forms[round_.form], _project(campaign)
    return tuple(
        Template(
            campaign=campaign,
            form=form,
            round=round_,
            district=district,
            code=_code(form, round_, district.code),
            project=project,
            as_of=as_of,
            sample=sample,
            before=_of_district(before, district.code, campaign) if before else None,
        )
        for district in campaign.registry.districts
        if campaign.registry.bodies_of(district.code)
    )


def written_before(round_: Round, campaign: Campaign, output: Path) -> Written | None:
    """What was written of the round before of the same form, if there is one and it was."""
    earlier = campaign.round_before(round_)
    if earlier is None:
        return None
    record_path, table = (output / earlier.key / name for name in ("run.json", "consolidated.csv"))
    if not (record_path.exists() and table.exists()):
        return None
    record = json.loads(record_path.read_text(encoding="utf-8"))
    figures = _figures(table, campaign.forms[earlier.form])
    return Written(earlier, datetime.fromisoformat(record["as_of"]), record["sample"], figures)


def _project(campaign: Campaign) -> str:
    """The campaign's title for the heading of a form; nothing if it names a district or a round, which reading would
    take for those of the form."""
    title = campaign.title
    return "" if rounds_in(title) or districts_in(title, gazetteer(campaign.registry)) else title


def _code(form: Form, round_: Round, district: str) -> str:
    try:
        return make(FormCode(form.key, round_.key, district))
    except ValueError:
        raise ConfigurationError(
            f'สร้างรหัสแบบของ "{form.key}-{round_.key}-{district}" ไม่ได้ ให้ตั้งชื่อโฟลเดอร์ของแบบ รหัสรอบ และรหัสอำเภอ'
            "ด้วยอักษรอังกฤษตัวเล็ก ตัวเลข หรือขีดล่าง แล้วสั่งใหม่อีกครั้ง"
        ) from None


def _of_district(before: Written, district: str, campaign: Campaign) -> Before | None:
    """What a district had in the round before; nothing if it had no figure."""
    codes = [body.code for body in campaign.registry.bodies_of(district)]
    figures = {code: before.figures[code] for code in codes if before.figures.get(code)}
    return Before(before.round, before.as_of, figures) if figures else None


def _figures(path: Path, form: Form) -> dict[str, dict[str, float]]:
    """The known figures of consolidated.csv, by local body code and key."""
    keys = [column.key for column in form.indicators]
    with path.open(encoding="utf-8-sig", newline="") as file:
        return {
            row["local_body_code"]: {key: float(row[key]) for key in keys if row.get(key)}
            for row in csv.DictReader(file)
        }
