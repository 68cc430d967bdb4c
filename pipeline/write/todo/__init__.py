"""What the analyst has to do today about a round, worst first."""

from pipeline.model import Results, RoundResult
from pipeline.write.todo.districts import of_districts
from pipeline.write.todo.files import of_files
from pipeline.write.todo.paste import Line
from pipeline.write.todo.task import Level, Task, rank

__all__ = ["Level", "Line", "Task", "all_tasks", "tasks"]


def tasks(results: Results, result: RoundResult) -> tuple[Task, ...]:
    """Everything to be done about a round, and about files that belong to none; the worst first (`rank`)."""
    return tuple(sorted((*of_files(results, result), *of_districts(results, result)), key=rank))


def all_tasks(results: Results) -> tuple[Task, ...]:
    """The tasks of all rounds, the worst first; what several rounds ask about one file once, where it is worst."""
    found = sorted((task for result in results.every_round for task in tasks(results, result)), key=rank)
    once = {_about(task): task for task in reversed(found)}
    return tuple(task for task in found if once[_about(task)] is task)


def _about(task: Task) -> tuple[str, ...]:
    """A question about a file is one question, whichever rounds it may be of; a district has one per round."""
    return (
        (task.file, task.what)
        if task.kind in ("question", "ours", "tables")
        else (task.file, task.what, task.round, task.district_code)
    )
