"""Names of local bodies (อปท.): what is written in a row -> the code it stands for, or why for none.

The key is district + type + name. Inside the district an exact name, an alias, or a bare name that only one
body has is that body; a wrong type or a near match is suggested and never applied (design rule 4).
"""

import difflib
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from pipeline.model import LocalBody, Registry
from pipeline.names.districts import DistrictNames, district_of
from pipeline.thai import clean, fold

Problem = Literal[
    "",
    "UNKNOWN_LOCAL_BODY",
    "AMBIGUOUS_LOCAL_BODY",
    "WRONG_BODY_TYPE",
    "FOREIGN_LOCAL_BODY",
    "PAST_LOCAL_BODY",
    "RETIRED_NAME",
]
Codes = tuple[str, ...]
Key = tuple[str, str, str]
"""District code, type and folded name: an empty district is the whole province, an empty type any."""

_SPACING: Final = re.compile(r"[ .\u00a0\r\n\t]+")
_NUMBERING: Final = re.compile(r"^[\W\d_]+")
_DISTRICT: Final = re.compile(r"(?<=[^\s(,])[\s(,]*(?:อ\s?[ำา]เภอ|อ\.)[\s.]*([^)]*)\)?$")
_NEAR: Final = 0.6  # difflib's ratio from which a name is worth suggesting


@dataclass(frozen=True, slots=True)
class Match:
    """Which local body a text names. Without a `code`, `problem` says why; `suggestions` are labels to offer,
    `candidates` the codes of the bodies that the text may mean. `note` is NAME_READ when it was written
    otherwise than the label or the official name of its type."""

    code: str | None = None
    problem: Problem = ""
    note: Literal["", "NAME_READ"] = ""
    suggestions: tuple[str, ...] = ()
    candidates: Codes = ()


@dataclass(frozen=True, slots=True)
class BodyNames:
    """A frozen lookup. `plain`: (district, label without spaces and dots) -> match; `exact` and `aliases`:
    codes by key; `prefixes`: folded ways of writing a type and the types they stand for, none for ตำบล."""

    plain: Mapping[tuple[str, str], Match]
    exact: Mapping[Key, Codes]
    aliases: Mapping[Key, Codes]
    prefixes: tuple[tuple[str, Codes], ...]
    bodies: Mapping[str, LocalBody]
    districts: DistrictNames
    district_labels: Mapping[str, str]
    retired: frozenset[str]


def body_names(registry: Registry, districts: DistrictNames) -> BodyNames:
    """The lookup of a registry's local bodies."""
    prefixes = tuple((fold(prefix.prefix), prefix.types) for prefix in registry.prefixes)
    bodies = {body.code: body for body in registry.local_bodies}
    exact: dict[Key, list[str]] = defaultdict(list)
    aliases: dict[Key, list[str]] = defaultdict(list)
    for body in bodies.values():
        for key in _keys(body.district_code, (body.type,), fold(body.name)):
            exact[key].append(body.code)
    for alias in registry.aliases:
        if alias.kind == "local_body":
            types, name = _longest_type(fold(alias.alias), prefixes)
            for key in _keys(bodies[alias.code].district_code, types, name):
                aliases[key].append(alias.code)
    return BodyNames(
        plain=_plain(registry),
        exact={key: tuple(codes) for key, codes in exact.items()},
        aliases={key: tuple(dict.fromkeys(codes)) for key, codes in aliases.items()},
        prefixes=prefixes,
        bodies=bodies,
        districts=districts,
        district_labels={district.code: district.name for district in registry.districts},
        retired=frozenset(fold(name.name) for name in registry.retired),
    )


def resolve(text: str, district_code: str | None, names: BodyNames) -> Match:
    """The local body that a text names inside a district; without a district, inside the province.

    Numbering before the name, and its district and province behind it, are passed over.
    """
    place = district_code or ""
    plain = names.plain.get((place, _SPACING.sub("", text)))
    if plain is not None:
        return plain
    cleaned = names.districts.home.sub("", _NUMBERING.sub("", clean(text))).rstrip(" .,(")
    tail = _DISTRICT.search(cleaned)
    if tail is None:
        return _resolved(text, cleaned, place, names)
    if not tail[1].strip():
        return _resolved(text, cleaned[: tail.start()], place, names)
    return _in_stated_district(text, cleaned[: tail.start()], tail[1], place, names)


def _in_stated_district(text: str, name: str, district: str, place: str, names: BodyNames) -> Match:
    """A name with its district behind it: อบต.สำโรง อ.โพธิ์ไทร. That of another district is never ours."""
    stated = district_of(district, names.districts)
    if stated is None:
        problem: Problem = "RETIRED_NAME" if fold(district) in names.retired else "UNKNOWN_LOCAL_BODY"
        codes = _codes(fold(name), place, names)
        return Match(problem=problem, suggestions=_labels(codes, names))
    match = _resolved(text, name, stated, names)
    if place in ("", stated):
        return match
    return _elsewhere((match.code,) if match.code else match.candidates, names)


def _resolved(text: str, name: str, place: str, names: BodyNames) -> Match:
    key = fold(name)
    found = _codes(key, place, names)
    if len(found) == 1:
        return _found(found[0], text, name, names)
    if found:
        labels = _labels(found, names, district=not place)
        return Match(problem="AMBIGUOUS_LOCAL_BODY", suggestions=labels, candidates=found)
    return _not_found(key, place, names)


def _codes(key: str, place: str, names: BodyNames) -> Codes:
    """The bodies of a place that are called so: with their type, by an alias, or by the bare name."""
    options = _options(key, names.prefixes)
    typed = [(place, type_, rest) for types, rest in options for type_ in types]
    bare = [(place, "", rest) for types, rest in options if not types]
    for keys, table in (
        (typed, names.exact),
        (typed, names.aliases),
        (bare, names.exact),
        (bare, names.aliases),
    ):
        codes = tuple(dict.fromkeys(code for key in keys for code in table.get(key, ())))
        if codes:
            return codes
    return ()


def _found(code: str, text: str, name: str, names: BodyNames) -> Match:
    """A note unless the name, without numbering and district, is the label in plain characters."""
    body = names.bodies[code]
    written = _SPACING.sub("", name)
    known = (body.district_code, written) in names.plain and written in _SPACING.sub("", text)
    plain = known and clean(text) == " ".join(text.split())
    return Match(code) if plain else Match(code, note="NAME_READ")


def _not_found(key: str, place: str, names: BodyNames) -> Match:
    options = _options(key, names.prefixes)
    keys = [(place, "", rest) for _, rest in options]
    here = tuple(dict.fromkeys(code for name in keys for code in names.exact.get(name, ())))
    if here:
        labels = _labels(here, names, district=not place)
        return Match(problem="WRONG_BODY_TYPE", suggestions=labels, candidates=here)
    elsewhere = _codes(key, "", names) if place else ()
    if elsewhere:
        return _elsewhere(elsewhere, names)
    if any(rest in names.retired for _, rest in options):
        return Match(problem="RETIRED_NAME")
    return Match(problem="UNKNOWN_LOCAL_BODY", suggestions=_near(options, place, names))


def _elsewhere(codes: Codes, names: BodyNames) -> Match:
    return Match(
        problem="FOREIGN_LOCAL_BODY", suggestions=_labels(codes, names, district=True), candidates=codes
    )


def _near(options: Iterable[tuple[Codes, str]], place: str, names: BodyNames) -> tuple[str, ...]:
    """Labels of the district's bodies whose name looks like what was written; none without a district."""
    if not place:
        return ()
    keys = {key[2]: codes for key, codes in names.exact.items() if key[0] == place and not key[1]}
    shortest = min((rest for _, rest in options if rest), key=len, default="")
    near = difflib.get_close_matches(shortest, keys, n=3, cutoff=_NEAR)
    return _labels((code for key in near for code in keys[key]), names)


def _labels(codes: Iterable[str], names: BodyNames, *, district: bool = False) -> tuple[str, ...]:
    bodies = [names.bodies[code] for code in codes]
    if not district:
        return tuple(body.label for body in bodies)
    return tuple(f"{body.label} อ.{names.district_labels[body.district_code]}" for body in bodies)


def _options(key: str, prefixes: Iterable[tuple[str, Codes]]) -> list[tuple[Codes, str]]:
    """Every way to take a key apart into types and a name; only some name exists (ตาลสุม is not ต. + าลสุม)."""
    options: list[tuple[Codes, str]] = [((), key)]
    for prefix, types in prefixes:
        if key.startswith(prefix):
            options.append((types, key[len(prefix) :]))
    return options


def _longest_type(key: str, prefixes: Iterable[tuple[str, Codes]]) -> tuple[Codes, str]:
    return min(_options(key, prefixes), key=lambda option: len(option[1]))


def _keys(district: str, types: Codes, name: str) -> list[Key]:
    """In its district and in the province, with its type and without."""
    return [(place, type_, name) for place in (district, "") for type_ in (*types, "")]


def _plain(registry: Registry) -> dict[tuple[str, str], Match]:
    """Every body under its label and under the official name of its type, the first of its prefixes."""
    official: dict[str, str] = {}
    for prefix in registry.prefixes:
        if len(prefix.types) == 1:
            official.setdefault(prefix.types[0], prefix.prefix)
    return {
        (body.district_code, _SPACING.sub("", f"{type_}{body.name}")): Match(body.code)
        for body in registry.local_bodies
        for type_ in (body.type, official.get(body.type, body.type))
    }
