"""Small changes to a regular expression, made in the source text of its literal.

An option is demanded, a repeat happens once or one time more; a branch, a member of a class, an anchor or a condition
is gone.
"""

import re
from collections.abc import Iterator
from itertools import pairwise

_IS_PATTERN = re.compile(r"\[.+\]|\(\?|\(.*\||\\s")
_TOKEN = re.compile(
    r"""
    (?P<anchor> \\A | \$ )
  | (?P<escape> \\. )
  | (?P<members> \[ (?:\\.|[^\]\\])+ \] )
  | (?P<bounds> \{\{? [0-9]+ (?:,[0-9]*)? \}\}? )
  | (?P<value> \{ [^{}]* \} )
  | (?P<open> \( (?: \?(?::|<?[=!]) )? )
  | (?P<close> \) )
  | (?P<repeat> [?*+]\?? )
  | (?P<bar> \| )
  | (?P<quote> " )
  | (?P<other> . )
    """,
    re.VERBOSE | re.DOTALL,
)


def is_pattern(literal: str) -> bool:
    """Whether the source of a string reads as a regular expression: a class, a group, branches."""
    return _IS_PATTERN.search(literal) is not None


def changed_patterns(literal: str) -> Iterator[str]:
    """The literal's source with one thing changed; what is no expression any more is for its reader to refuse."""
    for start, end, new in _edits(literal):
        yield literal[:start] + new + literal[end:]


def _edits(literal: str) -> Iterator[tuple[int, int, str]]:
    groups: list[list[re.Match[str]]] = []
    for token in _TOKEN.finditer(literal):
        match token.lastgroup:
            case "repeat" | "anchor":
                yield (*token.span(), "")
            case "bounds":
                yield (*token.span(), "")
                yield from _one_more(token)
            case "members":
                yield from _fewer_members(token)
            case "bar":
                groups[-1].append(token)
            case "open" | "quote" if token.lastgroup == "open" or not groups:
                groups.append([token])
            case "close" | "quote":
                yield from _without_parts([*groups.pop(), token])


def _one_more(bounds: re.Match[str]) -> Iterator[tuple[int, int, str]]:
    for number in re.finditer(r"[0-9]+", bounds[0]):
        start = bounds.start() + number.start()
        yield start, start + len(number[0]), str(int(number[0]) + 1)


def _fewer_members(members: re.Match[str]) -> Iterator[tuple[int, int, str]]:
    """Without each single member, and without `^`; ranges stay."""
    found = list(re.finditer(r"(?:\\.|[^\\])-[^\]]|\\.|.", members[0][1:-1]))
    if len(found) > 1:
        for member in found:
            if len(member[0].replace("\\", "")) == 1:
                start = members.start() + 1 + member.start()
                yield start, start + len(member[0]), ""


def _without_parts(marks: list[re.Match[str]]) -> Iterator[tuple[int, int, str]]:
    """A group without each of its branches; without the whole of it where it is a condition (?=, ?!, ?<=, ?<!)."""
    first, *_, last = marks
    if first[0].endswith(("=", "!")):
        yield first.start(), last.end(), ""
    if len(marks) > 2:
        for left, right in pairwise(marks):
            yield (left.end(), right.end(), "") if left is first else (left.start(), right.start(), "")
