"""The console command: run, say what went wrong in plain words, and end with the contracted exit code.

Nothing but the standard library is imported before a missing library can be told of.
"""

import errno
import gc
import io
import os
import sys
import traceback
from pathlib import Path
from typing import TextIO

from pipeline.exceptions import CannotWrite, MissingDependency, OperatorError
from pipeline.stopping import listen, listen_no_more

BUG = 70
INTERRUPTED = 130


def main() -> None:
    """Run the command of `sys.argv`."""
    _open_streams()
    listen()
    # No matrix is multiplied here; without threads of its library the process can be copied safely.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    # Nearly all that is made lives until the end: looking through it again and again takes a fifth of the time.
    gc.set_threshold(200_000, 50, 100)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal in another code page loses a sign, not the run
    code = exit_code(sys.argv[1:])
    closed = [_is_closed(stream) for stream in (sys.stderr, sys.stdout)]
    listen_no_more()
    os._exit(code) if any(closed) else sys.exit(code)


def exit_code(arguments: list[str]) -> int:  # noqa: PLR0911 — one return for each way to end
    """Run one command and give its exit code; no exception leaves it."""
    try:
        from pipeline.cli import carry_out

        return carry_out(arguments)
    except OperatorError as error:
        return _ended(error.sentence, error.exit_code)
    except ImportError as error:
        sentence = f"เครื่องนี้ยังไม่มีส่วนประกอบ {error.name or ''} กรุณาสั่ง make setup แล้วสั่งใหม่อีกครั้ง"
        return _ended(sentence, MissingDependency.exit_code)
    except (KeyboardInterrupt, SystemExit) as stopped:
        code = getattr(stopped, "code", None)
        return _ended("หยุดตามที่สั่งแล้ว ผลลัพธ์เดิมยังอยู่ครบ", code if isinstance(code, int) else INTERRUPTED)
    except OSError as error:
        if error.errno == errno.EPIPE:
            return 0  # whoever read the answer has had enough
        return _ended(
            "เขียนคำตอบออกมาไม่ได้ กรุณาตรวจพื้นที่ดิสก์หรือปลายทางที่ส่งผลไป แล้วสั่งใหม่อีกครั้ง", CannotWrite.exit_code
        )
    except Exception:  # noqa: BLE001 — the last word on a mistake of ours
        traceback.print_exc()
        return _ended("เกิดข้อผิดพลาดในโปรแกรมของเรา ผลลัพธ์เดิมยังอยู่ครบ กรุณาส่งข้อความข้างบนให้ผู้ดูแลระบบ", BUG)


def _open_streams() -> None:
    """Where the caller closed a standard stream, nothing stands in its place: else the next file that is opened
    would be taken for it, here and in the readers."""
    for descriptor in (0, 1, 2):
        try:
            os.fstat(descriptor)
        except OSError:
            # the lowest free number, which is this one
            os.set_inheritable(os.open(os.devnull, os.O_RDWR), True)
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115 — open to the end


def _ended(sentence: str, code: int) -> int:
    try:
        print(sentence, file=sys.stderr, flush=True)
    except OSError:
        return code  # nobody is left to hear it
    return code


def _is_closed(stream: TextIO) -> bool:
    """Whether what is left in a stream cannot be written: the interpreter would end with a code of its own."""
    try:
        stream.flush()
    except (OSError, ValueError):  # a stream that was closed here is a ValueError
        return True
    return False


if __name__ == "__main__":
    main()
