"""A page read back with the parser of the standard library: its elements as a tree, none left open."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = frozenset({"meta", "link", "img", "br", "hr", "input", "base", "source"})


@dataclass
class Element:
    """An element with its attributes, and what is in it: elements and texts."""

    tag: str
    attributes: dict[str, str]
    inside: "list[Element | str]" = field(default_factory=list)

    @property
    def text(self) -> str:
        """What is read of it, spaces as one."""
        return " ".join("".join(_texts(self)).split())

    def all(self, *tags: str, **attributes: str) -> "list[Element]":
        """Every element below with one of these tags (any, if none is given) and these attributes; of `class_`, one
        of its words."""
        wanted = {name.rstrip("_").replace("_", "-"): value for name, value in attributes.items()}
        return [
            each
            for each in _below(self)
            if (not tags or each.tag in tags)
            and all(value in each.attributes.get(name, "").split(" ") for name, value in wanted.items())
        ]

    def one(self, *tags: str, **attributes: str) -> "Element":
        """The only such element."""
        (found,) = self.all(*tags, **attributes)
        return found


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open = [Element("", {})]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        assert len(names) == len(set(names)), f"{tag}: {names}"
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.open[-1].inside.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_endtag(self, tag: str) -> None:
        assert self.open[-1].tag == tag, f"</{tag}> ends <{self.open[-1].tag}>"
        self.open.pop()

    def handle_data(self, data: str) -> None:
        self.open[-1].inside.append(data)

    def handle_comment(self, data: str) -> None:
        raise AssertionError(f"a comment: {data}")


def tree(page: str) -> Element:
    """The page as a tree; `AssertionError` where it is not well formed."""
    reader = _Reader()
    reader.feed(page)
    reader.close()
    (root,) = reader.open
    return root


def _below(element: Element) -> Iterator[Element]:
    for each in element.inside:
        if isinstance(each, Element):
            yield each
            yield from _below(each)


def _texts(element: Element) -> Iterator[str]:
    for each in element.inside:
        if isinstance(each, str):
            yield each
        else:
            yield from _texts(each)
            yield " " if each.tag in ("li", "p", "h3", "h4", "td", "th", "small", "dd", "dt") else ""
