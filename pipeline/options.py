"""What commands have in common: their arguments, and the four folders and the moment of a campaign."""

import traceback
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

import click

from pipeline.diary import FILE_NAME as LOG
from pipeline.diary import record
from pipeline.exceptions import Bug, ConfigurationError, OperatorError
from pipeline.model import Folders
from pipeline.words import word

path_type = click.Path(path_type=Path)
json_option = click.option("--json", "as_json", is_flag=True, help=word("json"))
files_argument: Callable[[Any], Any] = click.argument(
    "files", nargs=-1, required=True, type=path_type, metavar=word("file")
)


def existing(path: Path) -> Path:
    """A file that is there; `ConfigurationError` otherwise."""
    if not path.is_file():
        raise ConfigurationError(f'ไม่พบไฟล์ "{path}" ให้ตรวจชื่อและโฟลเดอร์ แล้วสั่งใหม่อีกครั้ง')
    return path


def folder_option(name: str) -> Callable[[Any], Any]:
    """`--name DIR`, by default the folder of that name where the command is given."""
    return click.option(f"--{name}", name, type=path_type, default=name, metavar="DIR", help=word(name))


def campaign_options(command: Callable[..., int]) -> Callable[..., int]:
    """The four options of every command that reads or writes a campaign, handed on as one `folders`."""

    @wraps(command)
    def with_folders(schemas: Path, input: Path, output: Path, as_of: str, **rest: Any) -> int:  # noqa: A002
        try:
            return command(folders=Folders(schemas, input, output, as_of), **rest)
        except (OperatorError, ImportError, OSError):
            raise
        except Exception as error:
            if not record(output, traceback.format_exc()):
                raise
            raise Bug(
                f"เกิดข้อผิดพลาดในโปรแกรมของเรา ผลลัพธ์เดิมยังอยู่ครบ กรุณาส่งไฟล์ {output}/{LOG} ให้ผู้ดูแลระบบ"
            ) from error

    for name in ("output", "input", "schemas"):
        with_folders = folder_option(name)(with_folders)
    return click.option("--as-of", metavar="T", default="", help=word("as_of"))(with_folders)
