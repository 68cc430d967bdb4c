"""The mutants of a module: its source with one small thing changed, as a slip of the hand would.

Conditions are turned, bounds moved, numbers and words altered, calls, options, branches and statements left out, and
patterns loosened or tightened (`patterns`), at the head of a module as well as in its functions.
"""

import ast
import builtins
import copy
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate

from tests.mutation.patterns import changed_patterns, is_pattern

Edit = tuple[ast.AST, str]
"""A node, and the source that stands in its place."""

_OTHER = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.And: ast.Or, ast.Or: ast.And,
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult, ast.Mod: ast.Div,
    ast.FloorDiv: ast.Div, ast.Pow: ast.Mult, ast.BitOr: ast.BitAnd, ast.BitAnd: ast.BitOr,
}  # fmt: skip
_NOT_CODE = ("annotation", "returns", "decorator_list", "pattern")


@dataclass(frozen=True, slots=True)
class Change:
    """A line (or a few) of a module as it stood and as it stands now; `function` is empty outside of any."""

    path: str
    function: str
    was: str
    now: str


@dataclass(frozen=True, slots=True)
class Mutant:
    """A module with one change: at which line, and its whole source."""

    change: Change
    line: int
    source: str


def mutants_of(path: str, source: str) -> list[Mutant]:
    """Every mutant of a module, each once, in the order of its lines."""
    text, tree = source.encode(), ast.parse(source)
    starts = [0, *accumulate(len(line) for line in text.splitlines(keepends=True))]
    made: dict[str, Mutant] = {}
    for node, new in _edits(tree, source):
        start = starts[node.lineno - 1] + node.col_offset
        end = starts[node.end_lineno - 1] + node.end_col_offset
        changed = (text[:start] + new.encode() + text[end:]).decode()
        if _compiles(changed):
            left, right = text.rfind(b"\n", 0, start) + 1, text.find(b"\n", end)
            was, now = text[left:right], text[left:start] + new.encode() + text[end:right]
            change = Change(path, _function(tree, node.lineno), _one_line(was), _one_line(now))
            made.setdefault(changed, Mutant(change, node.lineno, changed))
    return sorted(made.values(), key=lambda mutant: mutant.line)


def _function(tree: ast.Module, line: int) -> str:
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    return ".".join(node.name for node in functions if node.lineno <= line <= (node.end_lineno or 0))


def _one_line(text: bytes) -> str:
    return " ".join(text.decode().split())


def _compiles(source: str) -> bool:
    try:
        compile(source, "mutant", "exec")
    except SyntaxError:
        return False
    return True


def _edits(tree: ast.Module, source: str) -> Iterator[Edit]:
    imports = [node for node in tree.body if isinstance(node, ast.Import)]
    modules = {alias.asname or alias.name for node in imports for alias in node.names}
    for node in _code(tree):
        for edits in (_turned(node, source), _altered(node, source), _left_out(node, source, modules)):
            for target, new in edits:
                yield target, new if isinstance(target, ast.stmt | ast.pattern) else f"({new})"


def _code(node: ast.AST) -> Iterator[ast.AST]:
    """A node and what is below it; not annotations, decorators, docstrings, nor the insides of an f-string."""
    yield node
    if isinstance(node, ast.JoinedStr):
        return
    for name, value in ast.iter_fields(node):
        for child in value if isinstance(value, list) else [value]:
            if name not in _NOT_CODE and isinstance(child, ast.AST) and not _stays(child):
                yield from _code(child)


def _stays(node: ast.AST) -> bool:
    """A docstring, the list of a module's names, and `strict=`: an assertion, which nothing breaks while it holds."""
    match node:
        case ast.Expr(value=ast.Constant()) | ast.keyword(arg="strict"):
            return True
        case ast.Assign(targets=[ast.Name(id="__all__")]):
            return True
    return False


def _turned(node: ast.AST, source: str) -> Iterator[Edit]:
    """Operators and conditions the other way."""
    match node:
        case ast.Compare():
            for place, operator in enumerate(node.ops):
                other = copy.deepcopy(node)
                other.ops[place] = _OTHER[type(operator)]()
                yield node, ast.unparse(other)
        case ast.BoolOp() | ast.BinOp() if type(node.op) in _OTHER:
            other = copy.deepcopy(node)
            other.op = _OTHER[type(node.op)]()
            yield node, ast.unparse(other)
        case ast.UnaryOp():
            yield node, ast.get_source_segment(source, node.operand) or ""
        case ast.If() | ast.IfExp() | ast.While():
            yield from ((node.test, "True"), (node.test, "False"))
        case ast.comprehension():
            yield from ((condition, "True") for condition in node.ifs)


def _altered(node: ast.AST, source: str) -> Iterator[Edit]:
    """Numbers, words and patterns that say something else."""
    match node:
        case ast.Constant(value=bool(value)):
            yield node, str(not value)
        case ast.Constant(value=int(value) | float(value)):
            yield node, str(value + 1)
        case ast.Constant(value=str()) | ast.JoinedStr():
            written = ast.get_source_segment(source, node) or ""
            if is_pattern(written):
                yield from ((node, changed) for changed in changed_patterns(written))
            else:
                yield node, f'{written} + "x"'


def _left_out(node: ast.AST, source: str, modules: set[str]) -> Iterator[Edit]:
    """Calls, their options and defaults, branches of a match and statements that are not there."""
    match node:
        case ast.Call():
            yield from ((node, changed) for changed in _lesser_calls(node, source, modules))
        case ast.match_case(guard=None):
            yield node.pattern, f"{ast.get_source_segment(source, node.pattern)} if False"
        case ast.Expr() | ast.Raise() | ast.AugAssign() | ast.Assign(targets=[ast.Subscript()]):
            yield node, "pass"
        case ast.Assign(targets=[ast.Name(id=name)]) if name in {
            each.id for each in ast.walk(node.value) if isinstance(each, ast.Name)
        }:
            yield node, "pass"


def _lesser_calls(call: ast.Call, source: str, modules: set[str]) -> Iterator[str]:
    """What the call is made on or of instead of its result; the call without an option or its last argument."""
    function, known = call.func, modules | set(dir(builtins))
    makes = ast.unparse(function).rpartition(".")[2][:1].isupper()
    if isinstance(function, ast.Attribute) and ast.unparse(function.value) not in known:
        yield ast.get_source_segment(source, function.value) or ""
    elif call.args and not makes and not isinstance(call.args[0], ast.Starred | ast.Constant | ast.JoinedStr):
        yield ast.get_source_segment(source, call.args[0]) or ""
    for place in range(len(call.keywords)):
        yield from _other_options(call, place, makes=makes)
    if len(call.args) > 1:
        other = copy.deepcopy(call)
        del other.args[-1]
        yield ast.unparse(other)


def _other_options(call: ast.Call, place: int, *, makes: bool) -> Iterator[str]:
    """The call without an option; what makes an object needs all, and gets None. A switch is turned elsewhere."""
    other = copy.deepcopy(call)
    match other.keywords[place]:
        case ast.keyword(value=ast.Constant(value=bool())):
            return
        case ast.keyword(arg=str()) as option if makes:
            option.value = ast.Constant(None)
        case _:
            del other.keywords[place]
    yield ast.unparse(other)
