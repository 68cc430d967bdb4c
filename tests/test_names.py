"""Names of districts and local bodies: what was written finds the one it stands for, and never another."""

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.model import LocalBody
from pipeline.names import (
    Match,
    districts_in,
    find_district,
    gazetteer,
    is_local_body,
    resolve_local_body,
    retired_in,
)
from pipeline.names.districts import district_names
from pipeline.registry import load_registry

REGISTRY = load_registry(Path(__file__).parents[1] / "schemas" / "registry")
NAMES = gazetteer(REGISTRY)
BODIES = REGISTRY.local_bodies


def district_code(name: str) -> str:
    return next(district.code for district in REGISTRY.districts if district.name == name)


def body(label: str, district: str) -> LocalBody:
    code = district_code(district)
    return next(body for body in REGISTRY.bodies_of(code) if body.label == label)


def resolve(text: str, district: str) -> Match:
    return resolve_local_body(text, district_code(district), NAMES)


def labels(match: Match) -> list[str]:
    return [body.label for body in BODIES if body.code in match.candidates]


def nikhahit(text: str) -> str:
    return text.replace("\u0e49\u0e33", "\u0e4d\u0e49\u0e32").replace("\u0e33", "\u0e4d\u0e32")


def broken_by_a_pdf(text: str) -> str:
    return text.replace("\u0e33", " \u0e32").replace("\u0e49", "\u0e4e")


def without_am(text: str) -> str:
    return text.replace("\u0e33", "\u0e32")


def with_zero_width(text: str) -> str:
    return "\ufeff" + "\u200b".join(text) + "\u2060"


VARIANTS = (str, nikhahit, broken_by_a_pdf, without_am, with_zero_width)


def spellings(local_body: LocalBody) -> list[str]:
    return [
        f"{prefix.prefix}{space}{local_body.name}"
        for prefix in REGISTRY.prefixes
        if local_body.type in prefix.types
        for space in ("", " ")
    ]


# --- districts --------------------------------------------------------------------------------


@pytest.mark.parametrize("variant", VARIANTS)
@pytest.mark.parametrize(
    "form", ["{}", "อ.{}", "อำเภอ {}", "อำเภอ{} จังหวัดอุบลราชธานี", "ที่ว่าการอำเภอ{}", "สพอ.{}"]
)
def test_case_26_every_district_behind_every_prefix(form: str, variant: type[str]) -> None:
    wrong = [
        district.name
        for district in REGISTRY.districts
        if find_district(variant(form.format(district.name)), NAMES) != district.code
    ]
    assert wrong == []


@pytest.mark.parametrize("alias", [alias for alias in REGISTRY.aliases if alias.kind == "district"])
def test_case_27_every_alias_is_its_district(alias: object) -> None:
    assert find_district(alias.alias, NAMES) == alias.code  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "text, district",
    [
        ("เมืองอุบลฯ", "เมืองอุบลราชธานี"),
        ("วารินฯ", "วารินชำราบ"),
        ("อ.เมืองฯ", "เมืองอุบลราชธานี"),
        ("อำเภอเมือง จ.อุบลฯ", "เมืองอุบลราชธานี"),
        ("จังหวัดอุบลราชธานี อำเภอเดชอุดม", "เดชอุดม"),
        ("สำนักงานพัฒนาชุมชนอำเภอเดชอุดม", "เดชอุดม"),
        ("อำเภอ: ......ตาลสุม......", "ตาลสุม"),
        ("3407 เดชอุดม", "เดชอุดม"),
        ("Det Udom", "เดชอุดม"),
        ("\u00a0อ.นํ้าขุ่น\u200b", "น้ำขุ่น"),
    ],
)
def test_case_26_and_27_a_district_as_offices_write_it(text: str, district: str) -> None:
    assert find_district(text, NAMES) == district_code(district)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "จังหวัดอุบลราชธานี",
        "อำเภอ",
        "ชานุมาน",
        "อำเภอเมือง จังหวัดอำนาจเจริญ",
        "อำเภอเมืองอำนาจเจริญ",
        "เดชอุดดม",
        "ข้าวปุ้น",
        "รายงานอำเภอเดชอุดม",
    ],
)
def test_what_names_no_district_or_more_than_it_is_not_guessed(text: str) -> None:
    assert find_district(text, NAMES) is None


@pytest.mark.parametrize(
    "text, expected",
    [
        ("แบบรายงานผล อำเภอกุดข้าวปุ้น จังหวัดอุบลราชธานี ครั้งที่ ๑", ["กุดข้าวปุ้น"]),
        ("แบบรายงานผล จังหวัดอุบลราชธานี", []),
        ("ผลการดำเนินงานอำเภอเมืองจังหวัดอุบลราชธานี", ["เมืองอุบลราชธานี"]),
        ("สรุปอำเภอเดชอุดมครั้งที่๑", ["เดชอุดม"]),
        ("เดชอุดม และ ตาลสุม", ["เดชอุดม", "ตาลสุม"]),
        ("อบต.สำโรง อำเภอตาลสุม", ["ตาลสุม"]),
        ("เทศบาลเมืองเดชอุดม", []),
        ("ตำบลสำโรง", []),
        ("หมู่บ้านสำโรง", []),
        ("อำเภอสำโรง จังหวัดสมุทรปราการ", []),
        ("อำเภอเมือง จ.ศรีสะเกษ", []),
        ("อำเภอเมืองอำนาจเจริญ", []),
        ("ชุมชน เมือง และ เดช ในพื้นที่", []),
        ("สวนตระการตา", []),
        ("อ.เดช", ["เดชอุดม"]),
        ("อำเภอม่วง ครั้งที่ 2", ["ม่วงสามสิบ"]),
        ("เดช", ["เดชอุดม"]),
        ("3414 ม่วง", ["ม่วงสามสิบ"]),
        ("อ าเภอน้ ายืน", ["น้ำยืน"]),
        ("ม่วง สามสิบ", ["ม่วงสามสิบ"]),
    ],
)
def test_districts_that_a_title_mentions(text: str, expected: list[str]) -> None:
    assert districts_in(text, NAMES) == {district_code(name) for name in expected}


@pytest.mark.parametrize(
    "text, expected",
    [
        ("รายงานเดชอุดม (1).xlsx", ["เดชอุดม"]),
        ("Copy of เดช.xlsx", ["เดชอุดม"]),
        ("สำเนาของเดช.xls", ["เดชอุดม"]),
        ("รายงาน_วารินฯ_ครั้งที่1.xlsx", ["วารินชำราบ"]),
        ("2564/ม่วง/รายงาน.xlsx", ["ม่วงสามสิบ"]),
        ("Det Udom-1.xlsx", ["เดชอุดม"]),
        ("แบบรายงาน.xlsx", []),
        ("1612345678901.xlsx", []),
        ("ม่วงไข่.xlsx", []),
    ],
)
def test_case_1_and_2_districts_in_file_names(text: str, expected: list[str]) -> None:
    assert districts_in(text, NAMES) == {district_code(name) for name in expected}


def test_a_short_form_is_a_word_of_a_folder_only_when_it_is_said_to_be_one() -> None:
    assert districts_in("ม่วง ครั้งที่ 1", NAMES) == frozenset()
    assert districts_in("ม่วง ครั้งที่ 1", NAMES, file_name=True) == {district_code("ม่วงสามสิบ")}


@pytest.mark.parametrize("district", [district.name for district in REGISTRY.districts])
def test_case_3_file_names_in_any_form_mention_the_district(district: str) -> None:
    plain = f"รายงาน{district}ครั้งที่ 1 (2).xlsx"
    for text in (plain, unicodedata.normalize("NFD", nikhahit(plain)), with_zero_width(plain)):
        assert districts_in(text, NAMES) == {district_code(district)}


@pytest.mark.parametrize(
    "text, expected",
    [
        ("อำเภอชานุมาน", {"ชานุมาน"}),
        ("รายงานปทุมราชวงศา.xlsx", {"ปทุมราชวงศา"}),
        ("พนา", {"พนา"}),
        ("พนาสวรรค์", set()),
        ("จังหวัดอำนาจเจริญ", set()),
        ("อำเภอเดชอุดม", set()),
    ],
)
def test_case_34_retired_districts_are_recognised(text: str, expected: set[str]) -> None:
    assert retired_in(text, NAMES) == expected


def test_an_alias_of_two_districts_names_neither() -> None:
    first, second = REGISTRY.districts[:2]
    alias = type(REGISTRY.aliases[0])
    registry = type(REGISTRY)(
        REGISTRY.districts,
        (),
        (alias("district", first.code, "ริมน้ำ"), alias("district", second.code, "ริมน้ำ")),
        (),
        (),
    )
    assert "ริมนา" not in district_names(registry).whole


# --- local bodies -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("variant", VARIANTS)
def test_case_28_35_36_38_every_body_resolves_from_every_prefix_however_it_is_typed(
    variant: type[str],
) -> None:
    wrong = [
        text
        for local_body in BODIES
        for text in map(variant, spellings(local_body))
        if resolve_local_body(text, local_body.district_code, NAMES).code != local_body.code
    ]
    assert wrong == []


@given(st.sampled_from(BODIES), st.randoms(use_true_random=False), st.sampled_from(VARIANTS))
def test_invisible_characters_anywhere_change_nothing(
    local_body: LocalBody, random: object, variant: type[str]
) -> None:
    text = list(variant(random.choice(spellings(local_body))))  # type: ignore[attr-defined]
    for noise in "\u200b\u200d\ufeff\u2060\u00ad":
        text.insert(random.randint(0, len(text)), noise)  # type: ignore[attr-defined]
    assert resolve_local_body("".join(text), local_body.district_code, NAMES).code == local_body.code


@given(st.text(), st.sampled_from([None, "3401", "3420"]))
def test_any_text_has_a_code_or_a_problem(text: str, district: str | None) -> None:
    match = resolve_local_body(text, district, NAMES)
    assert (match.code is None) is (match.problem != "")


@pytest.mark.parametrize(
    "text",
    [
        "อบต.หนองขอน",
        "อบต. หนองขอน",
        "อบต หนองขอน",
        " องค์การบริหารส่วนตำบล\nหนองขอน ",
        "1. อบต.หนองขอน",
        "๑) อบต.หนองขอน",
        "- อบต.หนองขอน",
        "(1) อบต.หนองขอน",
        "อบต.หนองขอน อ.เมือง",
        "อบต.หนองขอน อำเภอเมืองอุบลราชธานี จังหวัดอุบลราชธานี",
        "อบต.หนองขอน (อ.เมืองฯ)",
        "อบต.หนองขอน จ.อุบลราชธานี",
    ],
)
def test_spacing_official_types_numbering_and_the_own_district_need_no_note(text: str) -> None:
    assert resolve(text, "เมืองอุบลราชธานี") == Match(body("อบต.หนองขอน", "เมืองอุบลราชธานี").code)


@pytest.mark.parametrize(
    "text, label, district",
    [
        ("องค์กรบริหารส่วนตำบลหนองขอน", "อบต.หนองขอน", "เมืองอุบลราชธานี"),
        ("หนองขอน", "อบต.หนองขอน", "เมืองอุบลราชธานี"),
        ("ตำบลหนองขอน", "อบต.หนองขอน", "เมืองอุบลราชธานี"),
        ("ต.หนองขอน", "อบต.หนองขอน", "เมืองอุบลราชธานี"),
        ("อบต.หนอง\u200bขอน", "อบต.หนองขอน", "เมืองอุบลราชธานี"),
        ("ทต.ค าน้ าแซบ", "ทต.คำน้ำแซบ", "วารินชำราบ"),
        ("เทศบาลเดชอุดม", "ทม.เดชอุดม", "เดชอุดม"),
    ],
)
def test_case_29_and_36_what_is_written_otherwise_is_read_with_a_note(
    text: str, label: str, district: str
) -> None:
    assert resolve(text, district) == Match(body(label, district).code, note="NAME_READ")


@pytest.mark.parametrize(
    "text, label, district",
    [
        ("เทศบาลตาลสุม", "ทต.ตาลสุม", "ตาลสุม"),
        ("เทศบาล ต.ตาลสุม", "ทต.ตาลสุม", "ตาลสุม"),
        ("เทศบาลเมืองศรีไค", "ทต.เมืองศรีไค", "วารินชำราบ"),
        ("เทศบาลตำบลเมืองศรีไค", "ทต.เมืองศรีไค", "วารินชำราบ"),
        ("อ.บ.ต. บุ่งหวาย", "อบต.บุ่งหวาย", "วารินชำราบ"),
        ("1. อบต.โนนก่อ.", "อบต.โนนก่อ", "สิรินธร"),
    ],
)
def test_case_28_every_way_to_take_type_and_name_apart_is_tried(text: str, label: str, district: str) -> None:
    assert resolve(text, district).code == body(label, district).code


@pytest.mark.parametrize(
    "name, district",
    [
        ("ตาลสุม", "ตาลสุม"),
        ("ม่วงสามสิบ", "ม่วงสามสิบ"),
        ("โพธิ์ไทร", "โพธิ์ไทร"),
        ("ช่องเม็ก", "สิรินธร"),
        ("อ่างศิลา", "พิบูลมังสาหาร"),
        ("ห้วยขะยุง", "วารินชำราบ"),
        ("นาส่วง", "เดชอุดม"),
        ("บัวงาม", "เดชอุดม"),
    ],
)
def test_case_30_a_bare_name_of_two_bodies_is_a_question(name: str, district: str) -> None:
    twins = (body(f"ทต.{name}", district), body(f"อบต.{name}", district))
    for text in (name, f"ตำบล{name}"):
        match = resolve(text, district)
        assert match.code is None
        assert match.problem == "AMBIGUOUS_LOCAL_BODY"
        assert match.suggestions == (f"ทต.{name}", f"อบต.{name}")
        assert match.candidates == tuple(twin.code for twin in twins)


def test_case_31_a_name_is_resolved_inside_the_district_only() -> None:
    assert resolve("อบต.สำโรง", "ตาลสุม").code == body("อบต.สำโรง", "ตาลสุม").code
    assert resolve("อบต.สำโรง", "โพธิ์ไทร").code == body("อบต.สำโรง", "โพธิ์ไทร").code
    foreign = resolve("อบต.สำโรง", "เดชอุดม")
    assert (foreign.code, foreign.problem) == (None, "FOREIGN_LOCAL_BODY")
    assert foreign.suggestions == ("อบต.สำโรง อ.ตาลสุม", "อบต.สำโรง อ.โพธิ์ไทร")
    assert labels(foreign) == ["อบต.สำโรง", "อบต.สำโรง"]


def test_case_31_a_district_behind_the_name_that_is_not_this_one_is_foreign() -> None:
    match = resolve("อบต.สำโรง อ.โพธิ์ไทร", "ตาลสุม")
    assert match == Match(
        problem="FOREIGN_LOCAL_BODY",
        suggestions=("อบต.สำโรง อ.โพธิ์ไทร",),
        candidates=(body("อบต.สำโรง", "โพธิ์ไทร").code,),
    )


def test_case_31_an_unknown_district_or_province_behind_the_name_is_not_passed_over() -> None:
    match = resolve("อบต.นาคำ อ.ศรีสงคราม จ.นครพนม", "ศรีเมืองใหม่")
    assert match == Match(problem="UNKNOWN_LOCAL_BODY", suggestions=("อบต.นาคำ",))


def test_without_a_district_only_a_name_that_is_unique_in_the_province_resolves() -> None:
    assert resolve_local_body("อบต.หนองขอน", None, NAMES) == Match(body("อบต.หนองขอน", "เมืองอุบลราชธานี").code)
    match = resolve_local_body("อบต.สำโรง", None, NAMES)
    assert match.problem == "AMBIGUOUS_LOCAL_BODY"
    assert match.suggestions == ("อบต.สำโรง อ.ตาลสุม", "อบต.สำโรง อ.โพธิ์ไทร")
    assert match.candidates == tuple(body("อบต.สำโรง", district).code for district in ("ตาลสุม", "โพธิ์ไทร"))
    assert resolve_local_body("อบต.สำโรง อ.โพธิ์ไทร", None, NAMES).code == body("อบต.สำโรง", "โพธิ์ไทร").code


@pytest.mark.parametrize(
    "text, district, suggestions",
    [
        ("ทต.วารินชำราบ", "วารินชำราบ", ("ทม.วารินชำราบ",)),
        ("เทศบาลตำบลหนองขอน", "เมืองอุบลราชธานี", ("อบต.หนองขอน",)),
        ("ทม.ตาลสุม", "ตาลสุม", ("ทต.ตาลสุม", "อบต.ตาลสุม")),
    ],
)
def test_case_32_a_wrong_type_is_suggested_and_never_applied(
    text: str, district: str, suggestions: tuple[str, ...]
) -> None:
    match = resolve(text, district)
    assert (match.code, match.problem, match.suggestions) == (None, "WRONG_BODY_TYPE", suggestions)


@pytest.mark.parametrize("alias", [alias for alias in REGISTRY.aliases if alias.kind == "local_body"])
def test_case_33_every_alias_is_its_body(alias: object) -> None:
    code = alias.code  # type: ignore[attr-defined]
    district = next(body.district_code for body in BODIES if body.code == code)
    match = resolve_local_body(alias.alias, district, NAMES)  # type: ignore[attr-defined]
    assert match == Match(code, note="NAME_READ")


def test_case_33_an_alias_holds_for_every_spelling_of_its_type_and_settles_a_wrong_type() -> None:
    assert resolve("ทต.ห้วยขะยูง", "วารินชำราบ").code == body("ทต.ห้วยขะยุง", "วารินชำราบ").code
    assert resolve("เทศบาลตำบลเมืองวารินชำราบ", "วารินชำราบ").code == body("ทม.วารินชำราบ", "วารินชำราบ").code
    assert resolve("ห้วยขะยูง", "วารินชำราบ").problem == "AMBIGUOUS_LOCAL_BODY"


@pytest.mark.parametrize("text", ["ชานุมาน", "อบต.พนา", "ทต.ปทุมราชวงศา", "อบต.หนองขอน อ.ชานุมาน"])
def test_case_34_retired_names_are_refused_by_name(text: str) -> None:
    match = resolve(text, "เมืองอุบลราชธานี")
    assert (match.code, match.problem) == (None, "RETIRED_NAME")


@pytest.mark.parametrize(
    "text, district, suggestion",
    [
        ("อบต.หนองขอม", "เมืองอุบลราชธานี", "อบต.หนองขอน"),
        ("ทต.เขื่องไน", "เขื่องใน", "ทต.เขื่องใน"),
        ("บุ่งวาย", "วารินชำราบ", "อบต.บุ่งหวาย"),
    ],
)
def test_near_matches_are_only_suggested(text: str, district: str, suggestion: str) -> None:
    match = resolve(text, district)
    assert (match.code, match.problem) == (None, "UNKNOWN_LOCAL_BODY")
    assert match.suggestions[0] == suggestion


@pytest.mark.parametrize("text", ["", "-", "รวม", "ตัวอย่าง อบต.โก่งธนู"])
def test_case_22_what_is_no_local_body_is_unknown(text: str) -> None:
    match = resolve(text, "เมืองอุบลราชธานี")
    assert (match.code, match.problem) == (None, "UNKNOWN_LOCAL_BODY")


@pytest.mark.parametrize(
    "text, expected",
    [("อบต.สำโรง", True), ("เทศบาลตำบลหนองขอน", True), ("ตาลสุม", True), ("รวม", False), ("ลงชื่อ", False)],
)
def test_a_text_names_some_local_body_even_if_it_is_not_clear_which(text: str, expected: bool) -> None:
    assert is_local_body(text, NAMES) is expected
