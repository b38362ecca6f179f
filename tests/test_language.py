"""Words, dates and numbers of each language."""

from __future__ import annotations

import pickle
from datetime import date

import pytest

from planner.domain.changes import Label
from planner.domain.errors import BugError, UserError
from planner.language import Language, system_language
from planner.messages import ERRORS, explain, word
from planner.places import state_folder
from planner.step_labels import STEPS, describe

ENGLISH, FRENCH = Language("en"), Language("fr")
DAY = date(2026, 3, 3)


def test_dates_and_numbers_are_written_as_the_locale_does() -> None:
    assert ENGLISH.date(DAY) == "3 Mar 2026"
    assert FRENCH.date(DAY) == "3 mars 2026"
    assert FRENCH.skeleton(DAY, "MMMd") == "3 mars"
    assert ENGLISH.number(1234.56) == "1,234.6"
    assert FRENCH.number(1234.56) == "1\u202f234,6"
    assert ENGLISH.percent(0.357, decimals=1) == "35.7%"
    assert FRENCH.percent(1.5) == "150\xa0%"
    assert ENGLISH.currency(1500, "EUR") == "€1,500"
    assert FRENCH.first_weekday == 0


def test_a_step_is_worded_in_each_language() -> None:
    label = Label("move-initiative", {"name": "Trunk-based development", "start": DAY})
    assert describe(label, ENGLISH) == "Move 'Trunk-based development' to 3 March 2026"
    assert "3 mars 2026" in describe(label, FRENCH)
    assert describe(label, FRENCH) != describe(label, ENGLISH)


def test_braces_in_what_a_person_typed_are_text() -> None:
    label = Label("move-initiative", {"name": "{0} {name} {start.year}", "start": DAY})
    assert "{0} {name} {start.year}" in describe(label, ENGLISH)


@pytest.mark.parametrize("language", [ENGLISH, FRENCH], ids=["en", "fr"])
def test_every_sentence_can_be_filled_in(language: Language) -> None:
    class Anything(dict[str, object]):
        def __missing__(self, key: str) -> str:
            return f"<{key}>"

    for pattern in [*ERRORS.values(), *STEPS.values()]:
        for text in pattern[:2] if isinstance(pattern, tuple) else (pattern,):
            assert language.gettext(text).format_map(Anything())
        if isinstance(pattern, tuple):
            assert pattern[2]


def test_plurals_follow_the_language() -> None:
    pattern = ("{count} plan", "{count} plans", "count")
    assert word(pattern, {"count": 0}, ENGLISH) == "0 plans"
    assert word(pattern, {"count": 1}, ENGLISH) == "1 plan"


def test_a_code_without_a_sentence_is_our_bug() -> None:
    with pytest.raises(BugError):
        explain(UserError("no-such-code"), ENGLISH)
    with pytest.raises(BugError):
        describe(Label("no-such-step"), ENGLISH)


def test_the_language_of_the_machine_is_spoken_where_we_know_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "fr_CA.UTF-8")
    assert system_language() == FRENCH
    monkeypatch.setenv("LC_ALL", "ja_JP.UTF-8")
    assert system_language() == ENGLISH


def test_a_language_travels_to_worker_processes() -> None:
    assert pickle.loads(pickle.dumps(FRENCH)) == FRENCH  # noqa: S301  our own bytes


def test_a_damaged_compiled_catalogue_is_compiled_anew() -> None:
    from planner.language import _translations

    _translations.cache_clear()
    (state_folder() / "catalogues").mkdir(parents=True)
    Language("fr")
    (compiled,) = (state_folder() / "catalogues").glob("*.mo")
    compiled.write_bytes(b"damaged")
    _translations.cache_clear()
    assert Language("fr").gettext("Move '{name}' to {start}") != "Move '{name}' to {start}"
    assert compiled.read_bytes() != b"damaged"
