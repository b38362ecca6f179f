"""The OWASP SAMM core model, from a folder or an archive, and what is wrong with one told in a sentence."""

from __future__ import annotations

import tarfile
import zipfile
from datetime import date
from pathlib import Path

import pytest

from planner.domain.changes import Label
from planner.domain.errors import UserError
from planner.domain.practice import Descriptor
from planner.editing.rules import check_all
from planner.exchange.import_report import Fate, changes_of
from planner.exchange.models.samm import read_samm
from planner.exchange.sources import read_sources
from planner.language import Language
from tests import builders as a

LABEL = Label("import-files", {"names": "samm"})

FILES = {
    "functions/G.yml": "id: f\ntype: Function\nname: Governance\norder: 1\n",
    "practices/S.yml": "id: p\ntype: Practice\nfunction: f\nname: Strategy\norder: 2\n",
    "levels/2.yml": "id: two\ntype: MaturityLevel\nnumber: 2\n",
    "practice_levels/S-2.yml": "id: pl\ntype: PracticeLevel\npractice: p\nmaturityLevel: two\n",
    "streams/A.yml": "id: st\ntype: Stream\npractice: p\nname: Create\norder: 1\n",
    "answers/F.yml": "id: an\ntype: AnswerSet\nvalues:\n- text: No\n  value: 0\n- text: Yes, all\n  value: 1\n",
    "activities/S-2-A.yml": (
        "id: ac\ntype: Activity\nstream: st\nlevel: pl\ntitle: Know the risks\nbenefit: Fewer surprises\n"
        "longDescription: What may happen\n"
    ),
    "activities/S-2-B.yml": "id: lost\ntype: Activity\nlevel: nowhere\ntitle: Adrift\n",
    "questions/S-2-A.yml": "id: q\ntype: Question\nactivity: ac\nanswerSet: an\ntext: Known?\nquality:\n- Written down\n",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in FILES.items():
        path = tmp_path / "model" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path / "model"


def test_an_activity_becomes_a_practice_answered_as_its_question_is(folder: Path) -> None:
    engagement = a.engagement()
    reading = read_samm([folder], engagement)
    after = engagement.apply(changes_of(engagement, reading, LABEL))
    check_all(after)
    (practice,) = after.practices.values()
    assert (practice.name, practice.level, practice.tags) == ("Know the risks", 2, ("Create",))
    assert practice.verification == "Known?\n- Written down"
    assert practice.descriptors == (Descriptor(score=0.0, text="No"), Descriptor(score=1.0, text="Yes, all"))
    rejected = [item for item in reading.report.items if item.fate is Fate.REJECTED]
    assert [(item.name, item.place) for item in rejected] == [("Adrift", "activities/S-2-B.yml")]


def test_read_again_it_meets_itself_and_keeps_what_the_coach_rated(folder: Path) -> None:
    engagement = a.engagement()
    after = engagement.apply(changes_of(engagement, read_samm([folder], engagement), LABEL))
    assert not changes_of(after, read_samm([folder], after), LABEL)


def test_an_archive_reads_as_its_folder_does(folder: Path, tmp_path: Path) -> None:
    archive = tmp_path / "core.tar.gz"
    with tarfile.open(archive, "w:gz") as packed:
        packed.add(folder, "model")
    reading = read_sources([archive], a.engagement(), kind=None, language=Language("en"), today=date(2026, 3, 2))
    assert {one.id for one in reading.put} == {one.id for one in read_samm([folder], a.engagement()).put}


def test_a_translation_beside_the_model_changes_nothing_of_it(folder: Path, tmp_path: Path) -> None:
    translated = FILES["activities/S-2-A.yml"].replace("Know the risks", "Die Risiken kennen")
    for name in ("de", "zz"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "S-2-A.yml").write_text(translated, encoding="utf-8")
    reading = read_samm([tmp_path], a.engagement())
    assert [item.name for item in reading.report.items if item.kind == "practices"] == ["Know the risks", "Adrift"]


def test_a_zip_reads_as_its_folder_does(folder: Path, tmp_path: Path) -> None:
    archive = tmp_path / "core.zip"
    with zipfile.ZipFile(archive, "w") as packed:
        for file in folder.rglob("*.yml"):
            packed.write(file, f"core-main/{file.relative_to(folder)}")
    reading = read_sources([archive], a.engagement(), kind=None, language=Language("en"), today=date(2026, 3, 2))
    assert {one.id for one in reading.put} == {one.id for one in read_samm([folder], a.engagement()).put}
    archive.write_bytes(archive.read_bytes()[:200])
    with pytest.raises(UserError) as caught:
        read_samm([archive], a.engagement())
    assert caught.value.code == "samm-unreadable"


def test_the_real_core_model_comes_in_whole(shared_data: Path) -> None:
    engagement = a.engagement()
    reading = read_samm([shared_data / "maturity" / "samm-core-model.tar.gz"], engagement)
    after = engagement.apply(changes_of(engagement, reading, LABEL))
    assert (len(after.dimensions), len(after.themes), len(after.practices), len(after.scales)) == (5, 15, 90, 24)
    assert all(scale.options[0].text == "No" for scale in after.scales.values())


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("not.tar.gz", b"plain", "samm-unreadable"),
        ("broken", {"a.yml": "id: [", "b.yml": "id: x"}, "samm-unreadable"),
        ("empty", {"a.yml": "id: x\ntype: Other\n"}, "samm-nothing"),
    ],
)  # fmt: skip
def test_what_is_not_samm_is_refused(tmp_path: Path, name: str, content: bytes | dict[str, str], code: str) -> None:
    path = tmp_path / name
    if isinstance(content, bytes):
        path.write_bytes(content)
    else:
        path.mkdir()
        for file, text in content.items():
            (path / file).write_text(text, encoding="utf-8")
    with pytest.raises(UserError, match=code):
        read_samm([path], a.engagement())
