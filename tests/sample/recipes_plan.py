"""The action plans: what each district sent. They are due on the day of the letter itself, 26 January 2564."""

from tests.sample.model import Book, Sent
from tests.sample.plan_sheet import Plan, Written

FOLDER = "แผนปฏิบัติการ"


def plain(path: str, at: str, district: str, *, writer: str = "xlsxwriter", **options) -> Book:
    return Book(sent=(Sent(path, at),), writer=writer, tables=(Plan(district, **options),))


PLANS = (
    plain(f"{FOLDER}/แผน เมืองอุบลฯ.xlsx", "2021-02-01T10:02:00", "3401", area="อำเภอเมืองอุบลฯ"),
    plain(f"{FOLDER}/แผนศรีเมืองใหม่.xlsx", "2021-01-29T15:20:00", "3402", merged=True, cases=(("17", "read"),)),
    plain(
        f"{FOLDER}/โขงเจียม แผน.xls",
        "2021-02-01T11:45:00",
        "3403",
        writer="xlwt",
        dates="months",
        cases=(("50", "DAY_FROM_MONTH"),),
    ),
    plain("3404 เขื่องใน/แผนปฏิบัติการ เขื่องใน.xlsx", "2021-02-02T09:31:00", "3404", writer="openpyxl"),
    plain(
        f"{FOLDER}/เขมราฐ.xlsx",
        "2021-02-02T13:09:00",
        "3405",
        written=(
            Written("อบต.เจียด", 0, "target_qty", "120-150", None, "44", "BAD_VALUE"),
            Written("อบต.เจียด", 1, "guideline_item", "ข้อ ๒"),
        ),
    ),
    plain(
        "3407 เดชอุดม/แผนปฏิบัติการเดชอุดม.xlsx",
        "2021-01-28T16:40:00",
        "3407",
        dates="text",
        written=(
            Written("อบต.ทุ่งเทิง", 0, "budget", "12,500.-", 12500, "39", "NUMBER_AS_TEXT"),
            Written("อบต.ตบหู", 0, "budget", "ไม่ใช้งบประมาณ", 0, "43", "ZERO_WORD"),
            Written("อบต.ตบหู", 1, "end_date", "๓๑ พ.ค. ๒๕๖๔", None, "50", "AFTER_LAST_DAY"),
        ),
    ),
    plain(f"{FOLDER}/นาจะหลวย แผน.xlsx", "2021-02-03T08:55:00", "3408", without=("partners", "remark")),
    plain(f"{FOLDER}/แผนน้ำยืน.xlsx", "2021-02-03T10:12:00", "3409", writer="openpyxl", dates="one_period"),
    plain(f"{FOLDER}/บุณฑริก.xlsx", "2021-02-01T14:18:00", "3410", merged=True),
    plain("3411 ตระการพืชผล/แผน.xlsx", "2021-02-02T16:30:00", "3411"),
    plain(f"{FOLDER}/กุดข้าวปุ้น (แผน).ods", "2021-02-03T11:05:00", "3412", writer="opendocument"),
    plain(
        f"{FOLDER}/ม่วงสามสิบ แผน.xlsx",
        "2021-02-02T10:50:00",
        "3414",
        written=(Written("อบต.ยางโยภาพ", 0, "guideline_item", 7, None, "", "BAD_CHOICE"),),
    ),
    plain("3415 วารินชำราบ/แผนวารินฯ.xlsx", "2021-02-02T15:44:00", "3415", area="อ.วารินชำราบ"),
    plain(
        f"{FOLDER}/พิบูลมังสาหาร.xlsx",
        "2021-02-03T09:27:00",
        "3419",
        written=(
            Written("อบต.โพธิ์ศรี", 0, "owner", "", None, "", "BLANK_TEXT"),
            Written("อบต.โนนกลาง", 0, "lao_name", "อบต.โนนกลวง", None, "33", "UNKNOWN_LOCAL_BODY"),
        ),
    ),
    Book(
        sent=(Sent(f"{FOLDER}/แผนปฏิบัติการ ตาลสุม.docx", "2021-02-03T13:58:00"),),
        made="docx",
        tables=(Plan("3420", counts=False),),
        state="unusable",
        places=(("3420", "plan"),),
        cases=(("7", "WRONG_TYPE"),),
    ),
    plain("3421 โพธิ์ไทร/แผนโพธิ์ไทร.xlsx", "2021-02-03T10:33:00", "3421"),
    plain(f"{FOLDER}/สำโรง แผน.xlsm", "2021-02-03T14:01:00", "3422", writer="macro"),
    plain(f"{FOLDER}/ดอนมดแดง.xlsx", "2021-02-01T09:15:00", "3424", dates="months"),
    plain(f"{FOLDER}/สิรินธร.xlsx", "2021-02-03T16:20:00", "3425"),
    plain(f"{FOLDER}/แผนทุ่งศรีอุดม.xlsx", "2021-02-02T08:47:00", "3426", writer="openpyxl", merged=True),
    plain(f"{FOLDER}/แผน นาเยีย.xlsx", "2021-02-03T11:41:00", "3429", absent=("อบต.นาดี",)),
    plain(f"{FOLDER}/เหล่าเสือโก้ก.xlsx", "2021-02-02T14:22:00", "3431"),
    plain(f"{FOLDER}/สว่างวีระวงศ์ แผน.xlsx", "2021-02-03T15:36:00", "3432"),
)
"""Two districts, 3430 and 3433, sent none."""
