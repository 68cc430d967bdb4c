"""The console command: run, say what went wrong in plain words, and end with the contracted exit code."""

import io
import logging
import os
import sys

import click

from pipeline.cli import BUG, pipeline
from pipeline.exceptions import ConfigurationError, MissingDependency, OperatorError
from pipeline.helping import usage_sentence

INTERRUPTED = 130


def main() -> None:
    """Run the command of `sys.argv`."""
    # No matrix is multiplied here; without threads of its library the process can be copied safely.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal in another code page loses a sign, not the run
    sys.exit(exit_code(sys.argv[1:]))


def exit_code(arguments: list[str]) -> int:
    """Run one command and give its exit code; no exception leaves it."""
    try:
        return int(pipeline.main(arguments, "pipeline", standalone_mode=False) or 0)
    except click.UsageError as error:
        return _ended(usage_sentence(error), ConfigurationError.exit_code)
    except OperatorError as error:
        return _ended(error.sentence, error.exit_code)
    except ModuleNotFoundError as error:
        sentence = f"เครื่องนี้ยังไม่มีส่วนประกอบ {error.name} กรุณาสั่ง make setup แล้วสั่งใหม่อีกครั้ง"
        return _ended(sentence, MissingDependency.exit_code)
    except (click.Abort, KeyboardInterrupt):
        return _ended("หยุดตามที่สั่งแล้ว ผลลัพธ์เดิมยังอยู่ครบ", INTERRUPTED)
    except Exception:
        logging.getLogger(__name__).exception("unexpected error")
        return _ended(
            "เกิดข้อผิดพลาดในโปรแกรมของเรา ผลลัพธ์เดิมยังอยู่ครบ กรุณาส่งไฟล์ output/pipeline.log ให้ผู้ดูแลระบบ", BUG
        )


def _ended(sentence: str, code: int) -> int:
    click.echo(sentence, err=True)
    return code


if __name__ == "__main__":
    main()
