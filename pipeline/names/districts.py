"""District names: one name in a cell, or the districts that a title, file name or folder mentions.

A folded name (`thai.fold`) may stand inside longer text, where words have no spaces between them; so the
longest name wins, a name behind ตำบล, บ้าน or a local body's type is a place and not the district, and short
forms (เดช, ม่วง, เมือง) count only behind อำเภอ or alone.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from pipeline.model import Registry
from pipeline.thai import clean, fold

_OFFICES: Final = tuple(
    fold(word)
    for word in (
        "สำนักงานพัฒนาชุมชน",
        "พัฒนาชุมชน",
        "พัฒนาการ",
        "ที่ทำการปกครอง",
        "ที่ว่าการ",
        "สพอ.",
        "พช.",
        "ชื่อ",
        "อำเภอ",
        "อ.",
    )
)
_DISTRICT: Final = tuple(fold(word) for word in ("อำเภอ", "สพอ."))
_PROVINCE: Final = fold("จังหวัด")
_INTRODUCTION: Final = re.compile(r"^(?:อำเภอ|อ\.)\s?")
_CAPITAL: Final = "เมือง"
_COPY: Final = re.compile(r"(?i)\b(?:copy of|copy)\b|สำเนาของ|สำเนา")
_FILE: Final = re.compile(r"(?i)/|\.(?:xls[xmb]?|ods|csv|html?|pdf|docx?|jpe?g|png|zip|rar)$")
_SEPARATORS: Final = re.compile(r"[^\w\u0e31\u0e34-\u0e4eฯ]+|_+")
_SHORT_FORM: Final = 9  # folded letters: a beginning of a name is unmistakable from here (เมืองอุบล)
_SHORT_NAME: Final = 6


@dataclass(frozen=True, slots=True)
class Written:
    """One folded way of writing a district's name. `ident` is its code, or the name of a retired district;
    a `weak` one is too short to be looked for inside words."""

    key: str
    ident: str
    weak: bool
    retired: bool


@dataclass(frozen=True, slots=True)
class DistrictNames:
    """A frozen lookup. `whole`: folded name or alias -> code; `written`: all, the longest first; `home` finds
    mentions of the province itself; `places` are words that make a name a place smaller than a district."""

    whole: Mapping[str, str]
    written: tuple[Written, ...]
    home: re.Pattern[str]
    places: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Text:
    """Folded text; `edges` are the offsets at which a word of the original begins or ends."""

    key: str
    edges: frozenset[int]
    file: bool


def district_names(registry: Registry) -> DistrictNames:
    """The lookup of a registry's districts; an alias that two districts share names neither."""
    ways: dict[str, set[str]] = defaultdict(set)
    for code, name in _ways(registry):
        ways[fold(name)].add(code)
    canonical = {fold(district.name): district.code for district in registry.districts}
    whole = {key: next(iter(codes)) for key, codes in ways.items() if len(codes) == 1} | canonical
    names = {code: key for key, code in canonical.items()}
    written = [Written(key, code, _is_weak(key, names[code]), False) for key, code in whole.items()]
    written += [
        Written(fold(name.name), name.name, len(fold(name.name)) < _SHORT_NAME, True)
        for name in registry.retired
        if name.level == "district"
    ]
    places = (*(fold(prefix.prefix) for prefix in registry.prefixes), fold("บ้าน"), fold("หมู่บ้าน"))
    longest_first = tuple(sorted(written, key=lambda way: -len(way.key)))
    return DistrictNames(whole, longest_first, _home(registry), places)


def district_of(text: str, names: DistrictNames) -> str | None:
    """The code of the district that a text names and nothing else, but for offices and the province."""
    key = fold(names.home.sub(" ", clean(text))).lstrip("0123456789")
    while key not in names.whole:
        office = next((office for office in _OFFICES if key.startswith(office)), "")
        if not office:
            return None
        key = key[len(office) :]
    return names.whole[key]


def mentioned(text: str, names: DistrictNames, *, file_name: bool, retired: bool) -> frozenset[str]:
    """Codes of the districts that a text mentions, or with `retired` the names of the retired ones."""
    prepared = _prepared(text, names, file_name)
    return frozenset(
        way.ident
        for start, way in _occurrences(prepared.key, names.written)
        if way.retired is retired and _counts(prepared, start, way, names.places)
    )


def _ways(registry: Registry) -> Iterator[tuple[str, str]]:
    for district in registry.districts:
        yield district.code, district.name
        yield district.code, district.name_en
    for alias in registry.aliases:
        if alias.kind == "district":
            yield alias.code, _INTRODUCTION.sub("", clean(alias.alias))


def _is_weak(key: str, canonical: str) -> bool:
    """Canonical names are strong; short forms, very short names and Latin letters are weak."""
    if key == canonical:
        return False
    shortened = canonical.startswith(key) and len(key) < _SHORT_FORM
    return shortened or len(key) < _SHORT_NAME or key.isascii()


def _home(registry: Registry) -> re.Pattern[str]:
    """จังหวัดอุบลราชธานี, จ.อุบลฯ: the province is what the capital district (เมือง…) is called after."""
    capitals = {
        district.code: district.name for district in registry.districts if district.name.startswith(_CAPITAL)
    }
    called = [*capitals.values(), *(alias.alias for alias in registry.aliases if alias.code in capitals)]
    names = {clean(name).removeprefix(_CAPITAL).strip(" ฯ") for name in called if name.startswith(_CAPITAL)}
    provinces = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True) if name)
    return re.compile(rf"(?:จังหวัด|จ\.)\s?(?:{provinces})ฯ?") if provinces else re.compile(r"(?!)")


def _prepared(text: str, names: DistrictNames, file_name: bool) -> _Text:
    text = names.home.sub(" ", _COPY.sub(" ", clean(text)))
    words = [key for key in map(fold, _SEPARATORS.split(text)) if key]
    edges, offset = [0], 0
    for word in words:
        offset += len(word)
        edges.append(offset)
    return _Text("".join(words), frozenset(edges), file_name or _FILE.search(text.strip()) is not None)


def _occurrences(key: str, ways: Iterable[Written]) -> Iterator[tuple[int, Written]]:
    """Each name found, the longest first; what a longer name covers is not looked at again."""
    taken: list[tuple[int, int]] = []
    for way in ways:
        start = key.find(way.key)
        while start >= 0:
            end = start + len(way.key)
            if all(end <= begun or start >= ended for begun, ended in taken):
                taken.append((start, end))
                yield start, way
            start = key.find(way.key, end)


def _counts(text: _Text, start: int, way: Written, places: tuple[str, ...]) -> bool:
    end = start + len(way.key)
    before, after = text.key[:start], text.key[end:]
    if before.endswith(_PROVINCE) or _other_province(text, end):
        return False
    if before.endswith(_DISTRICT) or (before.endswith("อ") and start - 1 in text.edges):
        return not way.weak or end in text.edges
    if any(
        before.endswith(place) and (len(place) >= 4 or start - len(place) in text.edges) for place in places
    ):
        return False
    alone = not (before + after).strip("0123456789")
    return not way.weak or alone or (text.file and {start, end} <= text.edges)


def _other_province(text: _Text, end: int) -> bool:
    """Whether another province follows: อำเภอเมือง จังหวัดอำนาจเจริญ (one's own was taken out before)."""
    after = text.key[end:]
    return (after.startswith(_PROVINCE) and after != _PROVINCE) or (
        after.startswith("จ") and end in text.edges and end + 1 in text.edges
    )
