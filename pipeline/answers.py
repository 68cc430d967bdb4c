"""input/answers.csv -> what the analyst decided about questions (design rule 4).

Columns: `file, sha256, sheet, cell, code, answer, who, why`. `sha256` may be cut short or empty, `sheet` and `cell`
empty: then the answer holds for every content, sheet or cell of the file. `answer` is a place ("3407/2": district
code and round), a local body's code, or "ignore".
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.model import Arrival, Campaign, Finding, Place, Placement
from pipeline.tables import TableRow, read_table

COLUMNS = ("file", "sha256", "sheet", "cell", "code", "answer", "who", "why")
IGNORE = "ignore"
IGNORED = "IGNORED"
"""The question of a table that the analyst decided not to use: it counts nowhere and asks nothing."""
PLACE_QUESTIONS = (
    "NO_DISTRICT", "NO_ROUND", "MIXED_CONTENT", "OTHER_TITLE", "WRONG_FOLDER", "SAME_FIGURES", "OLD_HEADING",
    "FEWER_BODIES", "TWIN",
)  # fmt: skip


NAME_QUESTIONS = (
    *("UNKNOWN_LOCAL_BODY", "AMBIGUOUS_LOCAL_BODY", "WRONG_BODY_TYPE", "FOREIGN_LOCAL_BODY"),
    "PAST_LOCAL_BODY",
)


@dataclass(frozen=True, slots=True)
class Answer:
    """One row of answers.csv; `place` is set for an answer that names one."""

    file: str
    sha256: str
    sheet: str
    cell: str
    code: str
    answer: str
    who: str
    why: str

    @property
    def place(self) -> Place | None:
        district, slash, round_ = self.answer.partition("/")
        return (district, round_) if slash else None


def load_answers(path: Path, campaign: Campaign) -> tuple[Answer, ...]:
    """The answers, none if there is no file; `ConfigurationError` names the line of one that cannot be obeyed."""
    if not path.exists():
        return ()
    rows = read_table(path, COLUMNS)
    answers = tuple(_answer(row, campaign) for row in rows)
    _refuse_contradictions(rows, answers)
    return answers


def answer_for(
    answers: Sequence[Answer], arrival: Arrival, sheet: str, codes: Sequence[str], cell: str = ""
) -> Answer | None:
    """The last answer about this content, sheet and cell to a question of one of `codes`."""
    found = [
        answer
        for answer in answers
        if answer.file == arrival.file
        and arrival.sha256.startswith(answer.sha256)
        and answer.sheet in ("", sheet)
        and answer.cell in ("", cell)
        and answer.code in codes
    ]
    return found[-1] if found else None


def with_answer(placement: Placement, arrival: Arrival, sheet: str, answers: Sequence[Answer]) -> Placement:
    """The placement, or what the analyst decided about it: a place, or that the table is not used."""
    answer = answer_for(answers, arrival, sheet, PLACE_QUESTIONS)
    if answer is None:
        return placement
    note = answered(answer, sheet)
    if answer.place is None:
        return Placement("", "", IGNORED, findings=(note,), answered=True)
    return Placement(*answer.place, findings=(note,), answered=True)


def answered(answer: Answer, sheet: str, cell: str = "") -> Finding:
    """The note that an answer was obeyed."""
    return Finding("ANSWERED", sheet, cell, facts=(("answer", answer.answer), ("who", answer.who)))


def unused_answers(answers: Sequence[Answer], arrivals: Sequence[Arrival]) -> tuple[Answer, ...]:
    """The answers about a file or content that never arrived: mistyped, perhaps."""
    return tuple(
        answer
        for answer in answers
        if not any(
            answer.file == arrival.file and arrival.sha256.startswith(answer.sha256) for arrival in arrivals
        )
    )


def _answer(row: TableRow, campaign: Campaign) -> Answer:
    for column in ("file", "code", "answer", "who", "why"):
        if not row[column]:
            row.refuse(f"คอลัมน์ {column} ว่างอยู่ ต้องบอกให้ครบว่าไฟล์ใด คำถามใด ตอบว่าอะไร ใครตัดสิน เพราะเหตุใด")
    answer = Answer(*(row[column] for column in COLUMNS))
    if answer.code not in (*PLACE_QUESTIONS, *NAME_QUESTIONS):
        row.refuse(f'ไม่มีคำถามรหัส "{answer.code}" ให้คัดลอกรหัสจากแผ่น ต้องแก้ไข')
    if answer.answer == IGNORE:
        return answer
    if answer.code in PLACE_QUESTIONS and not _is_place(answer, campaign):
        row.refuse(f'คำตอบ "{answer.answer}" ต้องเป็น รหัสอำเภอ/ครั้งที่ เช่น 3407/2 หรือ {IGNORE}')
    if answer.code in NAME_QUESTIONS and answer.answer not in campaign.registry.labels:
        row.refuse(f'คำตอบ "{answer.answer}" ต้องเป็นรหัส อปท. ในทะเบียน หรือ {IGNORE}')
    return answer


def _refuse_contradictions(rows: Sequence[TableRow], answers: Sequence[Answer]) -> None:
    """Two answers to one question: which of them was meant, only a person can tell."""
    earlier: dict[tuple[str, str, str, bool], list[tuple[TableRow, Answer]]] = {}
    for row, answer in zip(rows, answers, strict=True):
        asked = (answer.file, answer.sheet, answer.cell, answer.code in PLACE_QUESTIONS)
        for other_row, other in earlier.setdefault(asked, []):
            if _same_content(other, answer) and other.answer != answer.answer:
                row.refuse(
                    f'ตอบ "{answer.answer}" ขัดกับบรรทัดที่ {other_row.line} ที่ตอบคำถามเดียวกันว่า "{other.answer}" '
                    "ให้เหลือเพียงคำตอบเดียว"
                )
        earlier[asked].append((row, answer))


def _same_content(one: Answer, other: Answer) -> bool:
    """Whether there can be a content that both are about: one's `sha256` begins as the other's does."""
    return one.sha256.startswith(other.sha256) or other.sha256.startswith(one.sha256)


def _is_place(answer: Answer, campaign: Campaign) -> bool:
    districts = {district.code for district in campaign.registry.districts}
    rounds = {round_.key for round_ in campaign.rounds}
    return answer.place is not None and answer.place[0] in districts and answer.place[1] in rounds
