"""HTML put together from elements. Text is escaped where it is put in: only what was built here is markup."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from typing import Final

LONGEST: Final = 400
"""Characters shown of one text that somebody else wrote: a cell may hold a whole book."""
_KEPT: Final = frozenset(" \n\u00a0\u200b\u200c\u200d")
_CUT: Final = " …"


@dataclass(frozen=True, slots=True)
class Html:
    """Markup that was built here. A plain `str` beside it is text."""

    text: str


Child = Html | str | None
Attribute = str | int | bool | None


def el(tag: str, /, *children: Child, **attributes: Attribute) -> Html:
    """An element. A trailing underscore of an attribute's name falls, others are hyphens (`class_`, `data_round`); one
    that is `True` stands without a value, one that is `None`, `False` or empty not at all."""
    return Html(f"<{tag}{_attributes(tuple(attributes.items()))}>{''.join(_texts(children))}</{tag}>")


def void(tag: str, /, **attributes: Attribute) -> Html:
    """An element that holds nothing."""
    return Html(f"<{tag}{_attributes(tuple(attributes.items()))}>")


def join(children: Iterable[Child], between: str = "") -> Html:
    """One after another, with a text between them; `None` is nothing."""
    return Html(safe(between).join(_texts(children)))


def quoted(text: str) -> Html:
    """A text that somebody else wrote: set apart, so that it cannot turn what stands around it, and
    cut where it is long."""
    return el("bdi", text if len(text) <= LONGEST else text[:LONGEST] + _CUT)


@lru_cache(1 << 12)
def safe(text: str) -> str:
    """The text as it may stand between tags and in quotes; what nobody can see is a replacement character."""
    if not text.isprintable():
        text = "".join(each if each.isprintable() or each in _KEPT else "\ufffd" for each in text)
    return escape(text)


def _texts(children: Iterable[Child]) -> list[str]:
    """The children as markup."""
    return [each.text if isinstance(each, Html) else safe(each) for each in children if each is not None]


@lru_cache(1 << 12)
def _attributes(attributes: tuple[tuple[str, Attribute], ...]) -> str:
    parts = []
    for name, value in attributes:
        if value is None or value is False or value == "":
            continue
        written = name.rstrip("_").replace("_", "-")
        parts.append(f" {written}" if value is True else f' {written}="{safe(str(value))}"')
    return "".join(parts)
