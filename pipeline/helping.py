"""Help and usage mistakes in the language of the terminal; click's own are English."""

from collections.abc import Sequence
from typing import Any

import click

from pipeline.words import word


def help_option(command: Any) -> Any:
    """A `--help` that prints `help_text`."""
    return click.option(
        "--help", is_flag=True, is_eager=True, expose_value=False, callback=_show_help, help=word("help")
    )(command)


def help_text(context: click.Context) -> str:
    """What a command is for, how it is called, and its options or commands, a line each."""
    command = context.command
    arguments = [param.make_metavar(context) for param in command.params if isinstance(param, click.Argument)]
    commands = command.commands if isinstance(command, click.Group) else {}
    call = " ".join([context.command_path, *arguments, "…"])
    options = [_option_line(param) for param in command.params if isinstance(param, click.Option)]
    path = context.command_path
    lines = [_purpose(path), "", f"{word('usage')}: {call}"]
    if commands:
        lines += ["", word("commands"), *_aligned([(name, _purpose(f"{path} {name}")) for name in commands])]
    return "\n".join([*lines, "", word("options"), *_aligned(options)])


def _purpose(path: str) -> str:
    """What a command is for; one of a group is known with it, as in `form check`."""
    return word(path.removeprefix("pipeline "))


def usage_sentence(error: click.UsageError) -> str:
    """What was typed wrongly, and where to read how it is meant; never click's English."""
    where = error.ctx.command_path if error.ctx else "pipeline"
    match error:
        case click.NoSuchOption():
            problem = f"ไม่มีตัวเลือก {error.option_name}"
        case click.MissingParameter():
            problem = f"ยังไม่ได้ระบุ {_parameter(error)}"
        case click.BadParameter():
            problem = f"ค่าของ {_parameter(error)} ไม่ถูกต้อง"
        case _:
            problem = "คำสั่งที่พิมพ์ไม่ถูกต้อง"
    return f"{problem} กรุณาดูวิธีใช้ด้วยคำสั่ง {where} --help แล้วสั่งใหม่อีกครั้ง"


def _show_help(context: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted and not context.resilient_parsing:
        click.echo(help_text(context))
        context.exit()


def _parameter(error: click.BadParameter) -> str:
    param = error.param
    if param is None:
        return "ตัวเลือก"
    return param.opts[0] if isinstance(param, click.Option) else word("file")


def _option_line(option: click.Option) -> tuple[str, str]:
    metavar = "" if option.is_flag else f" {option.metavar or 'DIR'}"
    return ", ".join(option.opts) + metavar, option.help or ""


def _aligned(pairs: Sequence[tuple[str, str]]) -> list[str]:
    width = max(len(name) for name, _ in pairs)
    return [f"  {name:<{width}}  {text}" for name, text in pairs]
