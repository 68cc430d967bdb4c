"""`pipeline form check`: every form's tables proved, described, and what in them is allowed but surely not meant."""

from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import get_args

from pipeline.campaign import load_campaign
from pipeline.exceptions import ConfigurationError
from pipeline.extract.headers import FEWEST_ANSWERS
from pipeline.extract.labels import LEVELS
from pipeline.forms import load_forms
from pipeline.model import Campaign
from pipeline.thai import fold_label
from schemas.form import Form, Grain, Level

LEVELS_IN_WORDS: Mapping[Level, str] = {
    "row": "ในตาราง",
    "answer": "หัวข้อ",
    "tally": "นับจากแถว",
    "heading": "ส่วนหัว",
    "once": "ครั้งเดียวต่ออำเภอ",
    "footer": "ท้ายแบบ",
}
GRAINS: Mapping[Grain, str] = {
    "local_body": "หนึ่งแถวคือหนึ่ง อปท. หรือส่วนหนึ่งของ อปท. ซึ่งนำมารวมกัน",
    "activity": "หนึ่งแถวคือหนึ่งกิจกรรม ซึ่งแสดงแยกกัน",
    "district": "แต่ละอำเภอตอบครั้งเดียว หัวข้อละหนึ่งช่อง",
}


def form_lines(schemas: Path) -> list[str]:
    """What `form check` tells of every form under `schemas`, and of its rounds where there is a campaign.

    Raises `ConfigurationError` with file and line at the first mistake, and when there is no form at all.
    """
    campaign = load_campaign(schemas) if (schemas / "campaign.toml").exists() else None
    forms = campaign.forms if campaign else load_forms(schemas / "forms")
    if not forms:
        raise ConfigurationError(
            f"ไม่พบแบบใดใน {schemas / 'forms'} กรุณาตรวจชื่อโฟลเดอร์ที่ให้ไว้กับ --schemas แล้วสั่งใหม่อีกครั้ง"
        )
    lines = [line for form in forms.values() for line in _described(form, campaign)]
    lines += [f"ควรตรวจ: {warning}" for warning in _halves(schemas / "forms", forms)]
    lines += [] if campaign else [f"ไม่พบ {schemas / 'campaign.toml'} จึงไม่ทราบว่าแต่ละแบบใช้ในครั้งใด"]
    return [*lines, f"ตารางของแบบถูกต้องครบ {len(forms)} แบบ"]


def _described(form: Form, campaign: Campaign | None) -> Iterator[str]:
    """One form: what it is, what it has, who asks for it, and what is to be looked at."""
    levels = Counter(column.level for column in form.columns)
    counts = [f"{LEVELS_IN_WORDS[level]} {levels[level]}" for level in get_args(Level) if levels[level]]
    yield f'แบบ "{form.key}": {form.title}'
    yield f"  {GRAINS[form.grain]}"
    yield f"  คอลัมน์และช่อง {len(form.columns)}: {' · '.join(counts)}"
    yield f"  กฎ {len(form.rules)} · สัดส่วน {len(form.ratios)} · ยอดที่นับจากแถว {len(form.tallies)}"
    if campaign:
        rounds = [f"{each.key} ({each.title})" for each in campaign.rounds if each.form == form.key]
        yield f"  ใช้ในครั้ง: {', '.join(rounds) or 'ไม่มี'}"
        if not rounds:
            yield f'  ควรตรวจ: ไม่มีครั้งใดใช้แบบนี้ ให้เพิ่ม [[round]] ที่ form = "{form.key}" ใน campaign.toml'
    yield from (f"  ควรตรวจ: {warning}" for warning in _warnings(form))


def _warnings(form: Form) -> Iterator[str]:
    """What the tables may say, and nobody means."""
    yield from _about_columns(form)
    if not form.rules:
        yield "rules.csv ยังไม่มีกฎ ระบบจะไม่ตรวจตัวเลขระหว่างคอลัมน์"
    for rule in form.rules:
        if not rule.name:
            yield f"rules.csv มีกฎที่ไม่มีชื่อ ({rule.check} {' '.join((*rule.left, *rule.right))}) ให้ใส่ชื่อในช่อง rule"
    if not form.name_key:
        yield "ไม่มีคอลัมน์ชนิด name ระบบจะรู้จัก อปท. ได้จากชื่อแผ่นงานเท่านั้น"
    if len(form.answers) < FEWEST_ANSWERS:
        yield (
            f"มีคอลัมน์ที่ต้องกรอกเพียง {len(form.answers)} คอลัมน์ ระบบรู้จักตารางได้จากอย่างน้อย {FEWEST_ANSWERS} คอลัมน์ "
            "ให้ใส่ yes ในช่อง required ของคอลัมน์ข้อความที่ทุก อปท. ต้องกรอก"
        )


def _about_columns(form: Form) -> Iterator[str]:
    """Columns that are hard to find by their labels, and columns that cannot be told apart."""
    for column in form.row_columns:
        if column.required and not column.labels[2 if column.group else 1 :]:
            yield f'คอลัมน์ {column.key} "{column.full_title}" ต้องมี แต่ไม่มี synonyms หากอำเภอพิมพ์ป้ายต่างไปจะหาไม่พบ'
    for label, keys in _shared(form).items():
        yield f'คอลัมน์ {" และ ".join(keys)} ใช้ป้าย "{label}" เหมือนกัน ระบบแยกไม่ออก ให้ใส่ group หรือใช้ป้ายอื่น'


def _shared(form: Form) -> Mapping[str, list[str]]:
    """Labels that mean several columns: each as it is first written, and the keys. A header that stands under a group
    means its column there alone."""
    owners: dict[str, dict[str, str]] = {}
    for column in form.row_columns:
        for label in column.labels:
            if not (column.group and label == column.header):
                group, _, leaf = label.rpartition(LEVELS)
                owners.setdefault(fold_label(group) + fold_label(leaf), {}).setdefault(column.key, label)
    return {next(iter(keys.values())): list(keys) for keys in owners.values() if len(keys) > 1}


def _halves(folder: Path, forms: Mapping[str, Form]) -> Iterator[str]:
    """Folders that are no form, because their form.toml is not there."""
    for path in sorted(folder.iterdir()):
        if path.is_dir() and path.name not in forms and not path.name.startswith((".", "__")):
            yield f"โฟลเดอร์ {path} ไม่มี form.toml จึงไม่ถือเป็นแบบ"
