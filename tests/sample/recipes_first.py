"""Round 1: what each district sent, as data. Due on Friday 5 February 2564, 23:59:59."""

from datetime import datetime

from tests.sample.columns import ADDED, BY_VILLAGE, MOVED, WITHOUT_STORES
from tests.sample.layout import blank_sheet
from tests.sample.model import Book, Cell, Extra, Named, Sent, Table, Twice

ROUND = "ครั้งที่ 1"

MUEANG_NAMES = (
    Named("ทม.แจระแม", "อบต.แจระแม", "33", "NAME_READ"),
    Named("ทต.อุบล", "เทศบาล ต.อุบล", "28"),
)

MUEANG = (
    Book(
        sent=(Sent(f"{ROUND}/รายงาน อ.เมืองอุบลฯ ครั้งที่ 1.xlsx", "2021-02-04T15:42:10"),),
        tables=(
            Table(
                "3401",
                "1",
                heading="five",
                area="อำเภอเมืองอุบลฯ",
                sums="formula",
                percent="formula",
                changes=(
                    *MUEANG_NAMES,
                    Named("อบต.กุดลาด", "อบต.กุดลาต", "32", "UNKNOWN_LOCAL_BODY", held=True),
                ),
                cases=(("27", "read"), ("12", "read"), ("13", "read")),
            ),
        ),
    ),
    Book(
        sent=(
            Sent(
                f"{ROUND}/รายงาน อ.เมืองอุบลฯ ครั้งที่ 1 (แก้ไข).xlsx",
                "2021-02-09T10:05:00",
                note="แก้ไขชื่อ อบต.กุดลาด",
            ),
        ),
        tables=(
            Table(
                "3401",
                "1",
                heading="five",
                area="อำเภอเมืองอุบลฯ",
                sums="formula",
                percent="formula",
                changes=MUEANG_NAMES,
            ),
        ),
    ),
)

SI_MUEANG_MAI = Book(
    sent=(
        Sent(f"{ROUND}/รายงานศรีเมืองใหม่.xlsx", "2021-02-03T11:20:00"),
        Sent(f"{ROUND}/รายงานศรีเมืองใหม่ (1).xlsx", "2021-02-03T11:24:31", cases=(("1", "duplicate"),)),
    ),
    tables=(Table("3402", "1", numbered=True, sums="formula", percent="formula", cases=(("14", "read"),)),),
)

KHONG_CHIAM = Book(
    sent=(Sent(f"{ROUND}/โขงเจียม รอบที่ 1.xls", "2021-02-05T09:12:00"),),
    writer="xlwt",
    tables=(
        Table(
            "3403",
            "1",
            names="long",
            changes=(
                Named("ทต.บ้านด่านโขงเจียม", "ทต.บ้านด่าน", "33", "NAME_READ"),
                Cell("อบต.ห้วยไผ่", "seed_bank", "-", 0, case="43", expect="ZERO_WORD"),
                Cell("อบต.ห้วยยาง", "seed_bank", "–", 0, case="43", expect="ZERO_WORD"),
                Cell("อบต.โขงเจียม", "incentives", "ไม่มี", 0, case="43", expect="ZERO_WORD"),
                Cell("อบต.หนองแสงใหญ่", "pr_items", "ไม่ได้ดำเนินการ", 0, case="43", expect="ZERO_WORD"),
            ),
            cases=(("4", "read"), ("28", "read")),
        ),
    ),
)

KHUEANG_NAI = Book(
    sent=(Sent("3404 เขื่องใน/เขื่องใน ครั้งที่ 1.xlsx", "2021-02-05T14:31:00"),),
    writer="openpyxl",
    tables=(
        Table(
            "3404",
            "1",
            "1",
            "แบบฟอร์ม",
            area="อ.เขื่องใน",
            sections=True,
            once="footer",
            total="รวมทั้งสิ้น",
            changes=(Named("ทต.ห้วยเรือ", "อบต.เขื่องใน", "33", "NAME_READ"),),
            cases=(("26", "read"), ("10", "read")),
        ),
        Table(
            "3404",
            "1",
            "1",
            "ตัวอย่าง",
            area="อำเภอ ..............",
            turn="ครั้งที่ ......",
            date="..............",
            once="none",
            total_at="none",
            only=("-",),
            counts=False,
            changes=(Extra("", "อบต.โก่งธนู", "อบต.กลางใหญ่", "22", "read", seq="ตัวอย่าง"),),
            cases=(("22", "EXAMPLE_SHEET"),),
        ),
    ),
    sheets=(blank_sheet("Sheet2"), blank_sheet("Sheet3")),
)

KHEMARAT = Book(
    sent=(Sent("รายงานเขมราฐ (ครั้งที่ ๑).xlsx", "2021-02-05T16:05:00"),),
    tables=(
        Table(
            "3405",
            "1",
            area="อําเภอเขมราช",
            heading="four",
            changes=(
                Named("ทต.หนองผือ", "เทศบาลหนองผือ", "28"),
                Named("อบต.เจียด", "ต.เจียด", "28", "NAME_READ"),
                Named("ทต.เทพวงศา", "อบต.เขมราฐ", "33", "NAME_READ"),
                Named("อบต.นาแวง", "อบต.\u00a0นาแวง\u200b", "38"),
                Named("อบต.หนองสิม", "อบต.หนองสิม\ufeff", "38"),
                Extra("", "อบต.ชานุมาน", "อบต.หนองสิม", "34", "RETIRED_NAME"),
            ),
            total="รวมทั้งหมด",
            cases=(("35", "read"), ("33", "read"), ("12", "read")),
        ),
    ),
)

DET_UDOM = Book(
    sent=(Sent("3407 เดชอุดม/รายงานเดชอุดม รอบ 1.xlsx", "2021-02-05T15:48:00"),),
    tables=(
        Table(
            "3407",
            "1",
            columns=ADDED,
            changes=(
                Named("ทม.เดชอุดม", "เทศบาลเมืองเมืองเดช", "33", "NAME_READ"),
                Cell("อบต.กลาง", "hh_total", how="thai"),
                Cell("อบต.กลาง", "hh_target", how="thai"),
                Cell("อบต.กลาง", "hh_veg", how="thai"),
                Cell("อบต.แก้ง", "hh_sort", how="text"),
            ),
            total="ผลรวม",
            cases=(("16", "EXTRA_COLUMN"), ("17", "read")),
        ),
    ),
)

NA_CHALUAI = Book(
    sent=(Sent("แบบรายงาน.xlsx", "2021-02-06T00:00:30", cases=(("2", "counted"),)),),
    tables=(
        Table(
            "3408",
            "1",
            heading="cells",
            date=datetime(2021, 2, 4),
            date_format="[$-D07041E]d mmmm yyyy",
            changes=(Named("ทต.ภูจองนายอย", "อบต.นาจะหลวย", "33", "NAME_READ"),),
            sign_at=1,
            notes=("หมายเหตุ ข้อมูลจากการสำรวจของคณะกรรมการหมู่บ้าน",),
            cases=(("53", "read"), ("21", "read")),
        ),
    ),
)

NAM_YUEN = Book(
    sent=(Sent("รายงานอำเภอนํ้ายืน ครั้งที่ 1.xlsx", "2021-02-07T09:40:00", cases=(("3", "counted"),)),),
    writer="openpyxl",
    tables=(
        Table(
            "3409",
            "1",
            heading="cells",
            area="อําเภอนํ้ายืน".removeprefix("อําเภอ"),
            date=datetime(2564, 2, 5),
            date_format="d/m/yyyy",
            once="footer",
            cases=(("35", "read"), ("51", "read")),
        ),
    ),
)

BUNTHARIK = Book(
    sent=(Sent(f"{ROUND}/บุญฑริก.xlsx", "2021-02-04T10:11:00"),),
    tables=(
        Table(
            "3410",
            "1",
            area="อำเภอบุญฑริก",
            header="units",
            percent="fraction",
            number_format="[$-D000000]#,##0",
            headers=(("lao_name", "อปท."), ("hh_total", "จำนวนครัวเรือนทั้งหมด")),
            font="TH SarabunIT๙",
            cases=(("33", "read"), ("15", "read"), ("45", "read"), ("40", "read"), ("41", "read")),
        ),
    ),
)

TRAKAN = Book(
    sent=(Sent("3411 ตระการพืชผล/ครั้งที่ 1.xlsx", "2021-02-05T13:27:00"),),
    tables=(
        Table(
            "3411",
            "1",
            area="อำเภอตระการฯ",
            heading="oneline",
            date="5/2/64",
            gap=True,
            absent=("อบต.นาสะไม", "อบต.บ้านแดง"),
            total="ยอดรวม",
            once="none",
            cases=(("27", "read"), ("50", "read"), ("23", "read")),
        ),
    ),
    cases=(("25", "ABSENT_LOCAL_BODY 6341122"), ("25", "ABSENT_LOCAL_BODY 6341123")),
)

KUT_KHAOPUN = Book(
    sent=(Sent(f"{ROUND}/กุดข้าวปุ้น ครั้งที่ 1.ods", "2021-02-05T11:02:00"),),
    writer="opendocument",
    tables=(
        Table(
            "3412",
            "1",
            names="spaced",
            changes=(
                Named("อบต.ข้าวปุ้น", "อบต.กุดข้าวปุ้น", "33", "NAME_READ"),
                Extra("", "อบต.ตากแดด", "อบต.ตากแดด", "25", "FOREIGN_LOCAL_BODY"),
            ),
        ),
    ),
)

MUANG_SAM_SIP = Book(
    sent=(Sent(f"{ROUND}/ม่วงสามสิบ/แบบรายงาน ครั้งที่ 1.xlsx", "2021-02-05T15:59:00"),),
    tables=(
        Table(
            "3414",
            "1",
            total="อำเภอม่วงสามสิบ",
            total_at="above",
            dragged=15,
            percent="formula",
            changes=(
                Extra("ทต.ม่วงสามสิบ", "อบต.โก่งธนู", "อบต.เตย", "22", "EXAMPLE_ROW", seq="ตัวอย่าง"),
                Named("อบต.เตย", "องค์กรบริหารส่วนตำบลเตย", "29", "NAME_READ"),
                Named("อบต.นาเลิง", "องค์กรบริหารส่วนตำบลนาเลิง", "29", "NAME_READ"),
            ),
            cases=(("19", "read"), ("23", "read")),
        ),
    ),
)

WARIN = Book(
    sent=(Sent("3415 วารินชำราบ/รายงานวารินฯ ครั้งที่ 1.xlsx", "2021-02-05T16:20:00"),),
    tables=(
        Table(
            "3415",
            "1",
            area="อำเภอวารินฯ",
            changes=(
                Named("ทม.วารินชำราบ", "เทศบาลตำบลเมืองวารินชำราบ", "33", "NAME_READ"),
                Named("ทต.ห้วยขะยุง", "เทศบาลตำบลห้วยขะยูง", "33", "NAME_READ"),
                Named("อบต.ห้วยขะยุง", "อบต.ห้วยขะยูง", "33", "NAME_READ"),
                Named("ทต.แสนสุข", "ทต.เเสนสุข", "37"),
                Cell("อบต.คูเมือง", "hh_sort", 2950, 2950),
                Cell("อบต.ท่าลาด", "hh_total", 170, 170),
                Cell("อบต.โนนผึ้ง", "hh_veg_5", 3305, 3305),
                Cell("ทต.ธาตุ", "villages_active", 48, 48),
            ),
            cases=(("27", "read"),),
        ),
    ),
)

PHIBUN = (
    Book(
        sent=(Sent(f"{ROUND}/พิบูลมังสาหาร ครั้งที่ 1.xls", "2021-02-04T16:44:00"),),
        made="html",
        tables=(Table("3419", "1"),),
        state="unusable",
        cases=(("5", "WRONG_TYPE"),),
    ),
    Book(
        sent=(Sent(f"{ROUND}/พิบูลมังสาหาร ครั้งที่ 1 ส่งใหม่.xlsx", "2021-02-05T17:31:00"),),
        tables=(
            Table(
                "3419",
                "1",
                area="อำเภอพิบูลฯ",
                percent="text",
                changes=(
                    Cell("ทต.อ่างศิลา", "hh_wetbin", how="bins"),
                    Cell("ทต.โพธิ์ศรี", "hh_total", how="households"),
                    Cell("ทต.กุดชมภู", "lev_members", how="people"),
                    Cell("อบต.นาโพธิ์", "green_area", how="rai"),
                    Cell("อบต.หนองบัวฮี", "green_area", 0.25, 0.25, expect="FAR_FROM_PEERS"),
                    Cell("อบต.ไร่ใต้", "visits", "12-15", None, case="44", expect="BAD_VALUE"),
                    Cell("อบต.หนองบัวฮี", "hh_compost", "ประมาณ 100", None, case="44", expect="BAD_VALUE"),
                    Cell("อบต.ดอนจิก", "hh_sort", "ครบ", None, case="44", expect="BAD_VALUE"),
                    Cell("อบต.ทรายมูล", "food_store", -4, None, expect="NEGATIVE"),
                ),
                cases=(("27", "read"), ("45", "read")),
            ),
        ),
    ),
)

TAN_SUM = Book(
    sent=(Sent(f"{ROUND}/ตาลสุม.xlsx", "2021-02-05T10:36:00"),),
    tables=(
        Table(
            "3420",
            "1",
            changes=(
                Named("อบต.ตาลสุม", "ตาลสุม", "30", "AMBIGUOUS_LOCAL_BODY", held=True),
                Named("อบต.จิกเทิง", "ทต.จิกเทิง", "32", "WRONG_BODY_TYPE", held=True),
                Named("อบต.สำโรง", "สำโรง", "31", "NAME_READ"),
            ),
        ),
    ),
)

PHO_SAI_BODIES = (
    *("ทต.โพธิ์ไทร", "อบต.ม่วงใหญ่", "อบต.สองคอน", "อบต.สำโรง"),
    *("อบต.โพธิ์ไทร", "อบต.สารภี", "อบต.เหล่างาม"),
)

PHO_SAI = Book(
    sent=(Sent("3421 โพธิ์ไทร/โพธิ์ไทร ครั้งที่ 1 แยกรายแห่ง.xlsx", "2021-02-05T15:15:00"),),
    writer="openpyxl",
    tables=tuple(
        Table(
            "3421",
            "1",
            sheet=body,
            only=(body,),
            nameless=body in PHO_SAI_BODIES[5:],
            total_at="none",
            once="heading" if body == PHO_SAI_BODIES[0] else "none",
            cases=(("11", "read"),),
        )
        for body in PHO_SAI_BODIES
    ),
)

SAMRONG = Book(
    sent=(Sent("รายงานสำโรง รอบ 1.xlsx", "2021-02-05T14:02:00"),),
    tables=(
        Table(
            "3422",
            "1",
            columns=BY_VILLAGE,
            by_moo=(("อบต.บอน", 3), ("อบต.ขามป้อม", 2)),
            once="inline",
            changes=(Named("อบต.หนองไฮ", "อบต.  หนองไฮ ", "38"),),
        ),
    ),
)

DON_MOT_DAENG = Book(
    sent=(Sent(f"{ROUND}/ดอนมดแดง ครั้งที่ 1.xlsx", "2021-02-03T14:55:00"),),
    writer="libreoffice.xlsx",
    tables=(Table("3424", "1", sums="formula", percent="formula"),),
)

THUNG_SI_UDOM = Book(
    sent=(
        Sent(
            "รายงาน ทุ่งศรีอุดม ครั้งที่ 1.xls",
            "2021-02-06T08:10:00",
            "file_time",
            event="corrected",
            event_at="2021-02-08T09:00:00",
            corrected_to="2021-02-05T16:40:00",
            note="ไฟล์ส่งทางกลุ่มไลน์เมื่อ 16.40 น.",
            cases=(("9", "counted"), ("5", "EXT_MISMATCH")),
        ),
    ),
    tables=(
        Table(
            "3426", "1", total="ทุ่งศรีอุดม", total_at="above", columns=WITHOUT_STORES, cases=(("19", "read"),)
        ),
    ),
)

NA_YIA = Book(
    sent=(Sent("นาเยีย 1.ods", "2021-02-09T08:12:00", "file_time", cases=(("9", "counted"),)),),
    writer="libreoffice.ods",
    tables=(
        Table("3429", "1", heading="four", changes=(Named("ทต.นาจาน", "อบต.นาเยีย", "33", "NAME_READ"),)),
    ),
)

LAO_SUEA_KOK = Book(
    sent=(Sent(f"{ROUND}/เหล่าเสือโก้ก.xls", "2021-02-05T09:47:00"),),
    writer="libreoffice.xls",
    tables=(
        Table(
            "3431",
            "1",
            area="อำเภอเหล่าเสือโก้้ก",
            changes=(Named("อบต.แพงใหญ่", "อบต.เเพงใหญ่", "37"),),
            cases=(("37", "read"), ("4", "read")),
        ),
    ),
)

SAWANG_WIRAWONG = Book(
    sent=(Sent(f"{ROUND}/รายงานอำเภอสว่างวีระวงศ์ ครั้งที่ 1.pdf", "2021-02-05T15:30:00"),),
    made="pdf",
    state="unusable",
    places=(("3432", "1"),),
    cases=(("7", "WRONG_TYPE"),),
)

NAM_KHUN = Book(
    sent=(Sent(f"{ROUND}/น้ำขุ่น ครั้งที่ 1.xlsx", "2021-02-05T11:44:00"),),
    tables=(
        Table(
            "3433",
            "1",
            columns=MOVED,
            once="inline",
            changes=(Twice("ทต.ตาเกา", alike=True),),
            cases=(("16", "MISSING_COLUMN"),),
        ),
    ),
)

FIRST = (
    *MUEANG,
    *(SI_MUEANG_MAI, KHONG_CHIAM, KHUEANG_NAI, KHEMARAT, DET_UDOM, NA_CHALUAI, NAM_YUEN, BUNTHARIK, TRAKAN),
    *(KUT_KHAOPUN, MUANG_SAM_SIP, WARIN, *PHIBUN, TAN_SUM, PHO_SAI, SAMRONG, DON_MOT_DAENG, THUNG_SI_UDOM),
    *(NA_YIA, LAO_SUEA_KOK, SAWANG_WIRAWONG, NAM_KHUN),
)
