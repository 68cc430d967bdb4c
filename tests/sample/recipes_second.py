"""Round 2: what each district sent, as data. Due on Saturday 20 February 2564, 23:59:59."""

from datetime import datetime

from tests.sample.layout import listed
from tests.sample.model import Book, Cell, Named, Sent, Stated, Table, Twice

ROUND = "ครั้งที่ 2"

MUEANG = Book(
    sent=(Sent(f"{ROUND}/เมืองอุบล ครั้งที่ 2.xlsx", "2021-02-19T15:10:00"),),
    tables=(
        Table(
            "3401",
            "2",
            heading="cells",
            area="เมืองอุบลราชธานี",
            date=datetime(1964, 2, 19),
            date_format="d/m/yy",
            sums="formula",
            percent="formula",
            cases=(("52", "read"), ("41", "read")),
            number_format="[$-D000000]#,##0",
        ),
    ),
)

SI_MUEANG_MAI = Book(
    sent=(Sent(f"{ROUND}/รายงานศรีเมืองใหม่ ครั้งที่ 1.xlsx", "2021-02-19T11:20:00", cases=(("2", "counted"),)),),
    tables=(
        Table("3402", "2", numbered=True, sums="formula", percent="formula"),
        Table("3402", "1", sheet="ครั้งที่ 1 (เก่า)", hidden=True, counts=False, cases=(("10", "HIDDEN"),)),
    ),
)

KHONG_CHIAM = Book(
    sent=(Sent(f"{ROUND}/โขงเจียม รอบที่ 2.xls", "2021-02-19T09:12:00"),),
    writer="xlwt",
    tables=(
        Table(
            "3403",
            "2",
            names="long",
            changes=(
                Cell("อบต.โขงเจียม", "hh_compost", 12, 12, case="57", expect="FELL"),
                Cell("อบต.ห้วยไผ่", "visits", 1, 1, case="57", expect="FELL"),
            ),
        ),
    ),
)

KHUEANG_NAI = (
    Book(
        sent=(Sent("3404 เขื่องใน/เขื่องใน ครั้งที่ 2.xlsx", "2021-02-19T14:31:00"),),
        writer="openpyxl",
        tables=(Table("3404", "2", area="อ.เขื่องใน", sections=True, once="footer", total="รวมทั้งสิ้น"),),
    ),
    Book(
        sent=(Sent("3404 เขื่องใน/เขื่องใน ครั้งที่ 2 แก้ไขบางแห่ง.xlsx", "2021-02-22T10:17:00", verdict="undecided"),),
        writer="openpyxl",
        tables=(
            Table(
                "3404",
                "2",
                area="อ.เขื่องใน",
                once="footer",
                total="รวมทั้งสิ้น",
                absent=("ทต.บ้านกอก", "อบต.แดงหม้อ", "อบต.สหธาตุ", "อบต.หัวดอน"),
                changes=(Cell("อบต.ชีทวน", "visits", 9, 9),),
            ),
        ),
        cases=(("25", "FEWER_BODIES"),),
    ),
)

KHEMARAT = (
    Book(
        sent=(Sent("รายงานเขมราฐ (ครั้งที่ ๒).xlsx", "2021-02-18T16:05:00", gone=True),),
        tables=(Table("3405", "2", heading="four", changes=(Cell("อบต.เจียด", "lev_members", 31, 31),)),),
    ),
    Book(
        sent=(Sent("รายงานเขมราฐ (ครั้งที่ ๒).xlsx", "2021-02-20T09:55:00", cases=(("1", "counted"),)),),
        tables=(Table("3405", "2", heading="four", total="รวมทั้งหมด"),),
    ),
)

DET_UDOM = (
    Book(
        sent=(Sent("3407 เดชอุดม/รายงานเดชอุดม ครั้งที่ 2.xlsx", "2021-02-19T15:48:00"),),
        tables=(
            Table(
                "3407",
                "2",
                sections=True,
                changes=(
                    Stated("hh_veg", 100),
                    Cell("อบต.นากระแซง", "hh_veg", 3320, 3320, case="49"),
                    Cell("อบต.ตบหู", "hh_veg_pct", 97.5, 97.5, case="45"),
                    Cell("อบต.ทุ่งเทิง", "net_total", 400, 400),
                    Cell("อบต.ป่าโมง", "hh_nospace", 700, 700),
                    Cell("อบต.คำครั่ง", "hh_total", 2880, 2880),
                ),
            ),
        ),
    ),
    Book(
        sent=(Sent("รายงานเดชอุดม ครั้งที่ 2.xlsx.crdownload", "", verdict="ignored"),),
        made="truncated",
        tables=(Table("3407", "2"),),
        state="unusable",
        cases=(("8", "PARTIAL"),),
    ),
    Book(
        sent=(Sent("3407 เดชอุดม/~$รายงานเดชอุดม ครั้งที่ 2.xlsx", "", verdict="ignored"),),
        made="lock",
        state="unusable",
        cases=(("1", "ignored"),),
    ),
)

NA_CHALUAI = Book(
    sent=(Sent(f"{ROUND}/นาจะหลวย ครั้งที่ 2.xlsx", "2021-02-19T13:33:00"),),
    made="encrypted",
    state="unusable",
    places=(("3408", "2"),),
    cases=(("6", "PASSWORD"),),
)

BUNTHARIK = Book(
    sent=(
        Sent(
            f"{ROUND}/บุณฑริก ครั้งที่ 2.xlsx",
            "2021-02-18T10:11:00",
            event="vanished",
            event_at="2021-02-22T09:00:00",
            gone=True,
            cases=(("9", "VANISHED"),),
        ),
    ),
    tables=(Table("3410", "2", header="units", percent="fraction"),),
)

TRAKAN = Book(
    sent=(Sent("3411 ตระการพืชผล/ครั้งที่ 2.xlsx", "2021-02-20T13:27:00"),),
    writer="openpyxl",
    tables=(
        Table(
            "3411",
            "2",
            sums="uncached",
            changes=(
                Cell("อบต.เกษม", "hh_sort", "#REF!", None, case="47", expect="ERROR_CELL"),
                Cell("อบต.เป้า", "visits", "#VALUE!", None, case="59", expect="ERROR_CELL"),
            ),
            cases=(("46", "NO_CACHED_VALUE"),),
        ),
    ),
)

KUT_KHAOPUN = Book(
    sent=(Sent(f"{ROUND}/กุดข้าวปุ้น ครั้งที่ 2.xlsx", "2021-02-19T16:02:00"),),
    tables=(Table("3412", "2", blank=True, total_at="none", cases=(("43", "NO_DATA"),)),),
    state="unusable",
)

MUANG_SAM_SIP = Book(
    sent=(Sent(f"{ROUND}/ม่วงสามสิบ/แบบรายงาน ครั้งที่ 2.xlsm", "2021-02-19T15:59:00"),),
    writer="macro",
    tables=(
        Table("3414", "2", area="อำเภอม่วงสามสิบฯ", total="รวมอำเภอ", cases=(("27", "read"), ("18", "read"))),
    ),
)

WARIN = (
    Book(
        sent=(Sent("3415 วารินชำราบ/รายงานวารินฯ ครั้งที่ 2 (ส่ง).xlsx", "2021-02-20T17:02:00"),),
        made="empty",
        state="unusable",
        places=(("3415", "2"),),
        cases=(("8", "EMPTY_FILE"),),
    ),
    Book(
        sent=(Sent("3415 วารินชำราบ/รายงานวารินฯ ครั้งที่ 2 (ส่ง2).xlsx", "2021-02-20T17:05:00"),),
        made="truncated",
        tables=(Table("3415", "2"),),
        state="unusable",
        cases=(("8", "CORRUPT"),),
    ),
    Book(
        sent=(Sent("3415 วารินชำราบ/รายงานวารินฯ ครั้งที่ 2.xlsx", "2021-02-20T17:20:00"),),
        tables=(
            Table(
                "3415",
                "2",
                area="อำเภอวารินฯ",
                changes=(Twice("อบต.บุ่งหวาย", alike=True), Twice("อบต.สระสมิง", alike=False)),
            ),
        ),
        cases=(("25", "GONE_LOCAL_BODY 6341513"),),
    ),
)

PHIBUN = (
    Book(
        sent=(Sent(f"{ROUND}/พิบูลมังสาหาร ครั้งที่ 2.xls", "2021-02-20T16:44:00"),),
        made="csv_cp874",
        tables=(Table("3419", "2"),),
        state="unusable",
        cases=(("5", "WRONG_TYPE"),),
    ),
    Book(
        sent=(Sent(f"{ROUND}/พิบูลมังสาหาร ครั้งที่ 2 ส่งใหม่.xlsx", "2021-02-22T10:31:00"),),
        tables=(Table("3419", "2", area="อำเภอพิบูลฯ", header="units", numbered=True),),
    ),
)

TAN_SUM = (
    Book(
        sent=(Sent(f"{ROUND}/ตาลสุม ครั้งที่ 2.xlsx", "2021-02-20T23:40:00", cases=(("54", "on_time"),)),),
        tables=(Table("3420", "2", heading="five", notes=("หมายเหตุ ข้อมูลสะสมตั้งแต่เริ่มโครงการ",)),),
    ),
    Book(
        sent=(Sent(f"{ROUND}/ตาลสุม ครั้งที่ 2 ภาพแบบรายงาน.jpg", "2021-02-20T23:42:00"),),
        made="jpeg",
        state="unusable",
        places=(("3420", "2"),),
        cases=(("7", "WRONG_TYPE"),),
    ),
    Book(
        sent=(Sent(f"{ROUND}/ตาลสุม ครั้งที่ 2 บันทึกข้อความ.docx", "2021-02-20T23:43:00"),),
        made="docx",
        tables=(Table("3420", "2"),),
        state="unusable",
        cases=(("7", "WRONG_TYPE"),),
    ),
)

PHO_SAI = Book(
    sent=(Sent("3421 โพธิ์ไทร/โพธิ์ไทร ครั้งที่ 2.xlsx", "2021-02-19T15:15:00"),),
    tables=(Table("3421", "2", area="อำเภอโพธ์ไทร", cases=(("33", "read"),)),),
)

SAMRONG = Book(
    sent=(Sent("3421 โพธิ์ไทร/แบบรายงาน รอบ 2.xlsx", "2021-02-19T15:16:00"),),
    tables=(Table("3422", "2"),),
    state="undecided",
    places=(("3422", "2"), ("3421", "2")),
    cases=(("2", "WRONG_FOLDER"),),
)

DON_MOT_DAENG = Book(
    sent=(Sent(f"{ROUND}/ดอนมดแดง ครั้งที่ 2.xlsx", "2021-02-18T14:55:00"),),
    writer="libreoffice.xlsx",
    tables=(Table("3424", "2", figures="1", sums="formula", percent="formula"),),
    state="undecided",
    cases=(("56", "SAME_FIGURES"),),
)

SIRINDHORN = Book(
    sent=(Sent("สิรินธร ครั้งที่ 1-2.xlsx", "2021-02-19T10:20:00"),),
    tables=(
        Table(
            "3425",
            "1",
            sheet="ครั้งที่ 1",
            changes=(Named("ทต.นิคมสร้างตนเองลำโดมน้อย", "ทต.นิคมสร้างตนเองฯ", "33", "NAME_READ"),),
        ),
        Table(
            "3425",
            "2",
            sheet="ครั้งที่ 2",
            changes=(Named("ทต.นิคมสร้างตนเองลำโดมน้อย", "ทต.นิคมลำโดมน้อย", "33", "NAME_READ"),),
        ),
    ),
    cases=(("10", "counted"),),
)

THUNG_SI_UDOM = Book(
    sent=(Sent("รายงาน ทุ่งศรีอุดม.xlsx", "2021-02-22T08:50:00"),),
    tables=(Table("3426", "1", figures="2", total="ทุ่งศรีอุดม", total_at="above"),),
    state="undecided",
    places=(("3426", "1"), ("3426", "2")),
    cases=(("55", "OLD_HEADING"),),
)

NA_YIA = Book(
    sent=(Sent("นาเยีย 2.xlsx", "2021-02-24T10:00:00", verdict="not_yet"),),
    tables=(Table("3429", "2", heading="four"),),
    cases=(("9", "not_yet"),),
)

NA_TAN = (
    Book(
        sent=(Sent(f"{ROUND}/นาตาล ครั้งที่ 2.xlsx", "2021-02-19T09:26:00"),),
        tables=(Table("3430", "2", changes=(Named("อบต.กองโพน", "กองโพน", "31", "NAME_READ"),)),),
    ),
    Book(
        sent=(
            Sent(
                f"{ROUND}/นาตาล ครั้งที่ 2 (ร่าง).xlsx",
                "2021-02-19T11:02:00",
                event="withdrawn",
                event_at="2021-02-22T09:15:00",
                note="อำเภอแจ้งว่าเป็นร่าง ส่งผิดไฟล์ (โดย นักวิเคราะห์จังหวัด)",
                verdict="withdrawn",
            ),
        ),
        tables=(Table("3430", "2", changes=(Cell("อบต.พังเคน", "hh_sort", 1, 1),)),),
        cases=(("9", "withdrawn"),),
    ),
)

LAO_SUEA_KOK = Book(
    sent=(
        Sent("3431 เหล่าเสือโก้ก/ครั้งที่ 2.xlsx", "2021-02-19T09:47:00"),
        Sent(
            "3433 น้ำขุ่น/ครั้งที่ 2.xlsx",
            "2021-02-19T10:01:00",
            verdict="undecided",
            places=(("3431", "2"), ("3433", "2")),
            cases=(("2", "TWIN"),),
        ),
    ),
    tables=(Table("3431", "2", area="อำเภอเหล่าเสือโก๊ก", cases=(("33", "read"),)),),
)

SAWANG_WIRAWONG = Book(
    sent=(Sent("สำเนาของ รายงานสว่างวีระวงศ์ ครั้งที่ 2.xlsx", "2021-02-21T16:00:00", cases=(("1", "counted"),)),),
    tables=(
        Table(
            "3432",
            "2",
            area="อําเภอสว่างวีรวงศ์",
            heading="five",
            headers=(("villages_active", "ที่ด าเนินการ"), ("hh_total", "จานวนครัวเรือนทั้งหมด")),
            cases=(("33", "read"), ("36", "read")),
        ),
    ),
)

PRICES = (
    ("รายการราคากลางวัสดุการเกษตร",),
    ("ลำดับ", "รายการ", "หน่วย", "ราคา (บาท)"),
    (1, "เมล็ดพันธุ์ผักบุ้งจีน", "กก.", 120),
    (2, "เมล็ดพันธุ์คะน้า", "กก.", 340),
    (3, "ปุ๋ยอินทรีย์อัดเม็ด", "กระสอบ", 285),
    (4, "ถังพลาสติกฝาปิด ขนาด 20 ลิตร", "ใบ", 95.5),
)

ASTRAY = (
    Book(
        sent=(Sent("ราคาวัสดุเกษตร.xlsx", "2021-02-17T10:40:00"),),
        sheets=(listed("ราคา", PRICES),),
        state="unusable",
        cases=(("10", "HEADER"),),
    ),
    Book(
        sent=(Sent("1613712345678.xlsx", "2021-02-19T12:25:45"),),
        # Three districts have a local body of this name, so its one row does not tell who sent it.
        tables=(
            Table(
                "3420",
                "2",
                area="อำเภอ ............................",
                only=("อบต.สำโรง",),
                once="none",
                total_at="none",
            ),
        ),
        state="undecided",
        places=(("", "2"),),
        cases=(("2", "NO_DISTRICT"),),
    ),
    Book(
        sent=(Sent("รายงานโขงเจียม แก้ไข.xlsx", "2021-02-22T12:26:00"),),
        tables=(
            Table(
                "3403",
                "2",
                turn="ครั้งที่ ......",
                date="..........................",
                changes=(Cell("อบต.ห้วยยาง", "visits", 12, 12),),
            ),
        ),
        state="undecided",
        places=(("3403", ""),),
        cases=(("2", "NO_ROUND"),),
    ),
)

SECOND = (
    *(MUEANG, SI_MUEANG_MAI, KHONG_CHIAM, *KHUEANG_NAI, *KHEMARAT, *DET_UDOM, NA_CHALUAI, BUNTHARIK, TRAKAN),
    *(KUT_KHAOPUN, MUANG_SAM_SIP, *WARIN, *PHIBUN, *TAN_SUM, PHO_SAI, SAMRONG, DON_MOT_DAENG, SIRINDHORN),
    *(THUNG_SI_UDOM, NA_YIA, *NA_TAN, LAO_SUEA_KOK, SAWANG_WIRAWONG, *ASTRAY),
)
