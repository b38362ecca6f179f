"""The remarks of an import on all that a Microsoft Project file says and an engagement has no place for."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Set as AbstractSet

from planner.exchange.import_report import Remark, remark
from planner.exchange.msproject.project_file import ProjectFile, SourceTask, named
from planner.exchange.msproject.tasks_in import whole_project


def left_out(source: ProjectFile, *, taken: AbstractSet[str], name: str) -> Iterator[Remark]:
    """Yield a remark for every field with something in it that is not carried over, and one for what is computed.

    `taken` names the fields of the project itself that have a place after all, `name` is the project's.
    """
    account = source.account
    header = account.note_project(source.header, taken=taken)
    tasks = {task.uid: task.name for task in source.tasks}
    beyond = {key: list(names) for key, names in account.beyond.items()}
    whole = whole_project(source.tasks)
    for field in () if whole is None else _said_of_whole(whole):
        beyond.setdefault(("Task", field), []).append(name)
    for (kind, field), names in sorted(beyond.items()):
        shown = dict.fromkeys(tasks.get(one, one) if kind == "Assignment" else one for one in names)
        yield remark("mspdi-field-left-out", field=f"{kind}/{field}", count=len(names), names=named(list(shown)))
    if header:
        yield remark("mspdi-header-left-out", fields=", ".join(header))
    if account.computed:
        fields = ", ".join(f"{kind}/{field}" for kind, field in sorted(account.computed))
        yield remark("mspdi-computed", fields=fields)


def _said_of_whole(whole: SourceTask) -> list[str]:
    """Return the fields in which the row of the whole project says something that has no place here."""
    said = {
        "Notes": whole.notes,
        "Contact": whole.contact,
        "FixedCost": whole.fixed_cost,
        "Deadline": whole.deadline,
        "ConstraintDate": whole.constraint_date,
        "PredecessorLink": whole.links,
        "Baseline": whole.baselines,
    }
    return [name for name, value in said.items() if value]
