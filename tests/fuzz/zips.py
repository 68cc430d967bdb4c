"""Mutations of what stands inside an archive, zipped again: the container is whole, its parts lie."""

import io
import re
import warnings
import zipfile
from collections.abc import Callable, Sequence
from random import Random

from tests.fuzz import raw
from tests.sample.writers import ZIP_TIME

Parts = list[tuple[str, bytes]]
Change = Callable[[Random, bytes], bytes]

ATTRIBUTE = re.compile(rb'\s[\w:]+="([^"]*)"')
TEXT = re.compile(rb">([^<]+)<")
TAG = re.compile(rb"<[^<>]+>")
NUMBER = re.compile(
    rb'(?:<v>|office:value="|table:number-(?:rows|columns)-(?:repeated|spanned)="|\br=")([^<"]+)'
)
FIGURE = re.compile(rb'(?:<c r="[A-Z]+[0-9]+"(?: s="[0-9]+")?(?: t="n")?><v>|office:value=")([^<"]+)')
NUMBERS = tuple(
    number.encode()
    for number in (
        *("0", "-0", "-1", "1", "0.5", "255", "256", "65535", "65536", "1048576", "2147483647", "2147483648"),
        *(
            "4294967295",
            "4294967296",
            "9223372036854775807",
            "9223372036854775808",
            "9" * 400,
            "1e15",
            "1e308",
        ),
        *(
            "999999999999999",
            "1000000000000000",
            "0.1e1",
            "1E3",
            "5e-324",
            "2.9999999999999996",
            "-12",
            "12.25",
        ),
    )
)
BOUNDARIES = NUMBERS + tuple(
    value.encode()
    for value in (
        *(
            "",
            " ",
            "1e309",
            "-1e309",
            "NaN",
            "INF",
            "0x10",
            "1,234",
            "1.2.3",
            "๑๒",
            "A1",
            "A0",
            "XFD1048576",
            "XFE1",
        ),
        *(
            "$B$2",
            "A1:XFD1048576",
            "B2:A1",
            "rId1",
            "rId99",
            "s",
            "b",
            "e",
            "n",
            "d",
            "str",
            "inlineStr",
            "float",
        ),
        *(
            "date",
            "string",
            "boolean",
            "true",
            "#REF!",
            "2021-02-05",
            "0000-00-00",
            "PT99999999H",
            "_x000D_",
            "../../x",
        ),
        *("ก" * 300, "&#9;", "&#0;", "&amp;", "&none;", "]]>", "<", "\x00", "x" * 40_000),
    )
)


def parts_of(data: bytes) -> Parts:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return [(entry.filename, archive.read(entry)) for entry in archive.infolist()]


def zipped(parts: Sequence[tuple[str, bytes]]) -> bytes:
    """The parts in their order; the type of an OpenDocument comes first and uncompressed."""
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
        warnings.catch_warnings(),
    ):
        warnings.simplefilter("ignore")  # of two parts with one name: that is meant
        for name, content in parts:
            info = zipfile.ZipInfo(name, ZIP_TIME)
            info.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(info, content)
    return buffer.getvalue()


# --- within one part --------------------------------------------------------------------------------------------


def _replaced(pattern: re.Pattern[bytes], values: Sequence[bytes]) -> Change:
    """One of the pattern's places gets another value."""

    def change(random: Random, part: bytes) -> bytes:
        places = list(pattern.finditer(part))
        if not places:
            return raw.flip_bits(random, part)
        start, end = random.choice(places).span(1)
        return part[:start] + random.choice(values) + part[end:]

    return change


def _between_tags(random: Random, part: bytes) -> bytes:
    """What stands from one tag to another is left out, doubled, or moved."""
    tags = [tag.start() for tag in TAG.finditer(part)]
    if len(tags) < 4:
        return raw.cut_block(random, part)
    first = random.randrange(len(tags) - 1)
    last = min(len(tags) - 1, first + int(2 ** random.uniform(0, 7)))
    start, end = tags[first], tags[last]
    kept = random.choice((b"", part[start:end] * 2, part[start:end] * 40))
    return part[:start] + kept + part[end:]


CHANGES: tuple[Change, ...] = (
    _replaced(ATTRIBUTE, BOUNDARIES),
    _replaced(ATTRIBUTE, BOUNDARIES),
    _replaced(TEXT, BOUNDARIES),
    _replaced(NUMBER, BOUNDARIES),
    _replaced(NUMBER, NUMBERS),
    *(_replaced(FIGURE, NUMBERS),) * 4,
    _between_tags,
    _between_tags,
    lambda random, part: random.choice(raw.MUTATORS)(random, part),
)


def change_part(random: Random, parts: Parts) -> Parts:
    """One or two changes in one part; sheets, which hold the figures, as often as all others together."""
    sheets = [
        place for place, (name, _) in enumerate(parts) if "sheet" in name.lower() or name == "content.xml"
    ]
    place = random.choice(sheets if sheets and random.random() < 0.5 else range(len(parts)))
    name, content = parts[place]
    for _ in range(random.choice((1, 1, 2))):
        content = random.choice(CHANGES)(random, content or b"<x/>")
    return [*parts[:place], (name, content), *parts[place + 1 :]]


# --- between parts ----------------------------------------------------------------------------------------------


def swap_parts(random: Random, parts: Parts) -> Parts:
    one, other = random.sample(range(len(parts)), 2)
    swapped = list(parts)
    swapped[one], swapped[other] = (parts[one][0], parts[other][1]), (parts[other][0], parts[one][1])
    return swapped


def drop_part(random: Random, parts: Parts) -> Parts:
    place = random.randrange(len(parts))
    return [*parts[:place], *parts[place + 1 :]]


def double_part(random: Random, parts: Parts) -> Parts:
    """The same part twice, under its own name, another spelling of it, or one that climbs."""
    name, content = random.choice(parts)
    return [*parts, (random.choice((name, name.upper(), f"/{name}", f"xl/../{name}")), content)]


def rename_part(random: Random, parts: Parts) -> Parts:
    place = random.randrange(len(parts))
    name, content = parts[place]
    renamed = raw.set_bytes(random, name.encode()).decode("latin-1").replace("\x00", "0") or "x"
    return [*parts[:place], (renamed, content), *parts[place + 1 :]]


MUTATORS = (*(change_part,) * 8, swap_parts, drop_part, double_part, rename_part)


def mutate(random: Random, data: bytes) -> bytes:
    """The archive with one thing changed inside."""
    return zipped(random.choice(MUTATORS)(random, parts_of(data)))
