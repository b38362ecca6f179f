"""Any sequence of edits, undos, redos, publications, closings and kills: the file is what memory says."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path
from random import Random

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from planner.document import Document, SaveKind
from planner.domain.engagement import Engagement
from tests.document.killing import drop, fast_folder
from tests.storage.generate import fill, random_step, start


class DocumentMachine(RuleBasedStateMachine):
    """A model of plain lists beside the real document: every state since the beginning, and where undo stands."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="roadbook-machine-", dir=fast_folder()))
        self.state_folder = os.environ["ROADBOOK_STATE_DIR"]
        os.environ["ROADBOOK_STATE_DIR"] = str(self.folder / "state")
        self.path = self.folder / "File.roadbook"
        self.states: list[Engagement] = []
        self.position = 0

    @initialize(random=st.randoms(use_true_random=False), filled=st.booleans())
    def create(self, random: Random, filled: bool) -> None:
        beginning = fill(random) if filled else start()
        self.document = Document.create(self.path, beginning)
        self.states = [beginning]

    @rule(random=st.randoms(use_true_random=False))
    def edit(self, random: Random) -> None:
        changes = random_step(random, self.document.engagement)
        after = self.document.engagement.apply(changes)
        self.document.edit(changes)
        if changes:
            self.states[self.position + 1 :] = [after]
            self.position += 1

    @rule()
    def undo(self) -> None:
        moved = self.document.undo()
        assert (moved is None) == (self.position == 0)
        self.position = max(self.position - 1, 0)

    @rule()
    def redo(self) -> None:
        moved = self.document.redo()
        assert (moved is None) == (self.position == len(self.states) - 1)
        self.position = min(self.position + 1, len(self.states) - 1)

    @rule()
    def publish(self) -> None:
        assert self.document.publish().kind is SaveKind.SAVED
        reader = Document.open(self.path)
        assert reader.read_only is not None
        assert reader.engagement == self.states[self.position]
        reader.close()

    @rule()
    def close_and_open(self) -> None:
        self.document.close()
        self.document = Document.open(self.path, allow_read_only=False)
        assert self.document.notices == ()

    @rule()
    def kill_and_open(self) -> None:
        unpublished = self.document.save_state.kind is SaveKind.UNPUBLISHED
        drop(self.document)
        self.document = Document.open(self.path, allow_read_only=False)
        assert [notice.code for notice in self.document.notices] == ["edits-recovered"] * unpublished

    @invariant()
    def memory_is_what_was_done(self) -> None:
        assert self.document.engagement == self.states[self.position]
        assert [step.undone for step in self.document.history()] == [
            number >= self.position for number in range(len(self.states) - 1)
        ]

    def teardown(self) -> None:
        try:
            if self.states:
                drop(self.document)
                self.document = Document.open(self.path)
                assert self.document.engagement == self.states[self.position]
                while self.document.undo():
                    pass
                assert self.document.engagement == self.states[0]
                self.document.close()
                assert [found.name for found in self.folder.iterdir() if found.suffix == ".roadbook"] == [
                    "File.roadbook"
                ]
        finally:
            os.environ["ROADBOOK_STATE_DIR"] = self.state_folder
            shutil.rmtree(self.folder)


DocumentMachine.TestCase.settings = settings(max_examples=25, stateful_step_count=20, deadline=None)
TestDocumentMachine = DocumentMachine.TestCase
