"""`pipeline form draft`: an office's own blank form into a new folder of tables, with a report of what is unsure."""

import os
from collections.abc import Iterator
from pathlib import Path

from pipeline.drafting import Draft, draft_form, tables_of
from pipeline.durable import place_folder
from pipeline.exceptions import Bug, ConfigurationError
from pipeline.forms import load_form, load_forms
from pipeline.issues import Where, describe
from pipeline.model import Workbook
from pipeline.names import gazetteer
from pipeline.registry import load_registry


def new_form(schemas: Path, name: str) -> Path:
    """The folder of a form that is not there yet; `ConfigurationError` if it is, or if that is no name for one."""
    if not (name.isascii() and name.isidentifier()):
        raise ConfigurationError(
            f'ชื่อแบบ "{name}" ต้องเป็นอักษรอังกฤษ ตัวเลข หรือขีดล่าง และไม่ขึ้นต้นด้วยตัวเลข เช่น waste กรุณาตั้งชื่อใหม่'
        )
    folder = schemas / "forms" / name
    if os.path.lexists(folder):
        raise ConfigurationError(
            f"มี {folder} อยู่แล้ว ระบบไม่เขียนทับแบบที่มีอยู่ กรุณาตั้งชื่ออื่น หรือย้ายโฟลเดอร์เดิมออกก่อน แล้วสั่งใหม่อีกครั้ง"
        )
    return folder


def draft_into(
    folder: Path, file: str, workbook: Workbook, schemas: Path
) -> tuple[tuple[Path, ...], tuple[str, ...]]:
    """Write the form of a blank workbook, proved, into `folder`, whole or not at all: the paths, and the report.

    Raises `ConfigurationError` when the workbook cannot be read or nothing of it can be drafted, `CannotWrite`.
    """
    if not workbook.readable:
        issue = describe(workbook.findings[0], Where(file))
        raise ConfigurationError(f"{issue.message} {issue.remedy}")
    forms = load_forms(schemas / "forms")
    draft = draft_form(workbook, folder.name, forms, gazetteer(load_registry(schemas / "registry")))
    files = {name: _encoded(name, text) for name, text in tables_of(draft.form, draft.sources).items()}
    place_folder(folder, files, _prove)
    return tuple(folder / name for name in files), tuple(report(draft, file))


def _encoded(name: str, text: str) -> bytes:
    """With a mark at the beginning where Excel may open it, which else takes Thai for another code page."""
    return text.encode("utf-8-sig" if name.endswith(".csv") else "utf-8")


def _prove(folder: Path) -> None:
    """What was written is a form; where it is not, that is a mistake of ours and nobody's who drew the blank."""
    try:
        load_form(folder)
    except ConfigurationError as error:
        raise Bug(f"ร่างตารางของแบบนี้ไม่สำเร็จ กรุณาส่งแบบเปล่านี้ให้ผู้ดูแลระบบ ({error.sentence})") from error


def report(draft: Draft, file: str) -> Iterator[str]:
    """What was drafted, what must be looked at, what is missing, and what to do next."""
    form = draft.form
    taken = sum(not source.startswith("guessed") for source in draft.sources.values())
    yield f'ร่างแบบ "{form.key}" จากไฟล์ "{file}" แผ่น "{draft.sheet}" แล้ว: {form.title}'
    yield f"  {len(form.columns)} คอลัมน์และช่อง: ตามแบบที่มีอยู่ {taken} · เดา {len(form.columns) - taken}"
    yield "ยังไม่แน่ใจ กรุณาตรวจ"
    yield from (f"  - {sentence}" for sentence in draft.unsure)
    if draft.left_out:
        yield "ไม่อยู่ในร่าง หรือระบบอ่านไม่ได้"
        yield from (f"  - {sentence}" for sentence in draft.left_out)
    yield "ขั้นต่อไป"
    yield "  - แก้ columns.csv และ form.toml ให้ตรงกับแบบ รหัสที่เป็น column_ ตามด้วยเลข เปลี่ยนได้จนกว่าจะเริ่มใช้"
    yield "  - เติมกฎระหว่างคอลัมน์ใน rules.csv และสัดส่วนใน form.toml ซึ่งระบบไม่เดาให้"
    yield f'  - เพิ่ม [[round]] ที่ form = "{form.key}" ใน campaign.toml แล้วสั่ง pipeline form check'
