"""Microsoft's review exports: their questions become a model, everything else in them is named as left out."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from planner.domain.changes import Label
from planner.domain.engagement import Engagement
from planner.editing.rules import check_all
from planner.exchange.import_report import Fate, ImportReading, changes_of
from planner.exchange.sources import read_sources
from planner.language import Language
from tests import builders as a

LABEL = Label("import-files", {"names": "review"})
REVIEW = (
    '"Delivery Review - Feb 16, 2023 - 2:57:39 PM",,,,,\n,,,,,\n'
    "Recommendations for your workload,,,,,\nYour overall results,Moderate,'45/100',,,\nFlow,Moderate,'33/100',,,\n"
    "Next Steps,,,,,\nReview limits,https://example.org/limits,,,,\n,,,,,\n"
    "Category,Link-Text,Link,Priority,ReportingCategory,ReportingSubcategory,Weight,Context,CompleteY/N,Note\n"
    "Flow,Work in small steps,https://example.org/steps,High,Design,Size,95,Work in small steps,N,\n"
    "-----------,,,,,\n,,,,,\n"
    "Category,Question,Answers,Selected Answer,Note\n"
    'Flow,"How do you work, in steps?",Small ones,Small ones,\n'
    'Flow,"How do you work, in steps?",Reviewed ones,,\n'
    'Flow,"How do you work, in steps?",None of the above,,\n'
    "Culture,How do you learn?,By trying,By trying,\n"
    "Culture,,stray,,\n"
)


def read(path: Path, engagement: Engagement) -> ImportReading:
    return read_sources([path], engagement, kind=None, language=Language("en"), today=date(2026, 11, 23))


def test_questions_become_practices_recognised_by_the_answers_they_offer(tmp_path: Path) -> None:
    path = tmp_path / "review.csv"
    path.write_text(REVIEW, encoding="utf-8-sig")
    engagement = a.engagement()
    reading = read(path, engagement)
    after = engagement.apply(changes_of(engagement, reading, LABEL))
    check_all(after)
    (model,) = after.models.values()
    assert model.name == "Delivery Review"
    assert [one.name for one in after.dimensions.values()] == ["Flow", "Culture"]
    found = {one.name: one.verification for one in after.practices.values()}
    assert found == {"How do you work, in steps?": "- Small ones\n- Reviewed ones", "How do you learn?": "- By trying"}
    assert [option.score for option in next(iter(after.scales.values())).options] == [0, 0.25, 0.5, 0.75, 1]
    assert not changes_of(after, read(path, after), LABEL)


def test_every_other_row_is_named_with_why_it_is_left_out(tmp_path: Path) -> None:
    path = tmp_path / "review.csv"
    path.write_text(REVIEW, encoding="utf-8")
    report = read(path, a.engagement()).report
    left_out = [(item.place, item.remarks[0].code) for item in report.items if item.fate is Fate.REJECTED]
    assert left_out == [
        ("review.csv:18", "review-row-unknown"),
        *[(f"review.csv:{line}", "review-result") for line in (3, 4, 5, 6, 7)],
        ("review.csv:10", "review-recommendation"),
    ]
    (problem,) = report.problems
    assert problem.worded(Language("en")).startswith("2 of the 4 answers are chosen in this review.")


def test_the_real_review_comes_in_whole(shared_data: Path) -> None:
    engagement = a.engagement()
    reading = read(shared_data / "maturity" / "azure-DevOps_Capability_Review_Sample.csv", engagement)
    after = engagement.apply(changes_of(engagement, reading, LABEL))
    check_all(after)
    assert (len(after.dimensions), len(after.practices)) == (8, 65)
    assert reading.report.problems[0].parameters == {"chosen": 176, "total": 379}
