"""What one cell of the heatmap says in words: for the tip, for those who hear the screen, for the status bar."""

from __future__ import annotations

from planner.analysis.standings import counted_score, is_stale
from planner.domain.assessment import Answer, AnswerState
from planner.domain.engagement import Engagement
from planner.domain.settings import RollUp
from planner.editing.assessments import option_at, options_of
from planner.language import N_, Language
from planner.words import ANSWER_STATE_WORDS
from ui.pages.assessment.axes import Line
from ui.pages.assessment.faces import Reading, value_text
from ui.pages.assessment.summary import method_name, spread_text, used_text


def describe_cell(engagement: Engagement, reading: Reading, who: Line, what: Line) -> tuple[str, tuple[str, ...]]:
    """Return a heading (who and what) and the lines about their cell."""
    language = reading.language
    heading = f"{_plain(who.name)} \N{MIDDLE DOT} {_plain(what.name)}"
    if who.group or what.group:
        return heading, _of_group(reading, who, what)
    return heading, _of_answer(engagement, reading, who, what, language)


def _of_group(reading: Reading, who: Line, what: Line) -> tuple[str, ...]:
    language = reading.language
    rolled = reading.now.tally(who.key, what.key).rolled_up(reading.method)
    parts = [value_text(rolled.value, reading.method, language), method_name(reading.method, language)]
    spread = spread_text(rolled, language)
    lines = [" \N{MIDDLE DOT} ".join([*parts, spread] if spread else parts), used_text(rolled, language)]
    if reading.before is not None:
        earlier = reading.before.tally(who.key, what.key).value(reading.method)
        lines.append(
            language.gettext(N_("Before: {value}")).format(value=value_text(earlier, reading.method, language))
        )
    return tuple(lines)


def _of_answer(engagement: Engagement, reading: Reading, who: Line, what: Line, language: Language) -> tuple[str, ...]:
    words = language.gettext
    answer = reading.now.answer(who.id, what.id)
    lines = [answer_text(engagement, answer, what.id, language)]
    if answer is not None:
        if answer.reason:
            lines.append(words(N_("Reason: {text}")).format(text=_plain(answer.reason)))
        if answer.confidence is not None:
            lines.append(words(N_("Confidence: {share}")).format(share=language.percent(answer.confidence)))
        if answer.evidence:
            lines.append(words(N_("Evidence: {text}")).format(text=_plain(answer.evidence)))
        if answer.expiry is not None:
            stale = is_stale(answer, on=reading.today)
            pattern = N_("Expired on {day}") if stale else N_("Holds until {day}")
            lines.append(words(pattern).format(day=language.date(answer.expiry)))
    target = reading.targets.get((who.id, what.id))
    if target is not None:
        score = counted_score(answer)
        met = score is not None and score >= target.score
        pattern = N_("Target {share}, met") if met else N_("Target {share}, not met")
        if score is None:
            pattern = N_("Target {share}, no score to hold against it")
        lines.append(words(pattern).format(share=language.percent(target.score)))
    if reading.before is not None:
        earlier = reading.before.answer(who.id, what.id)
        text = answer_text(engagement, earlier, what.id, language)
        lines.append(words(N_("Before: {value}")).format(value=text))
    return tuple(lines)


def answer_text(engagement: Engagement, answer: Answer | None, practice_id: str, language: Language) -> str:
    """Return an answer in words: its state where it is no score, else the percentage and the option's text."""
    if answer is None:
        return language.gettext(ANSWER_STATE_WORDS[AnswerState.UNANSWERED])
    state = language.gettext(ANSWER_STATE_WORDS[answer.state])
    score = counted_score(answer)
    if score is None:
        return state
    text = language.percent(score)
    options = options_of(engagement, engagement.practices[practice_id])
    at = option_at(options, answer.score)
    if at is not None and options[at].text:
        text = f"{text}, {_plain(options[at].text)}"
    return text if answer.state is AnswerState.ANSWERED else f"{state}, {text}"


def method_lines(method: RollUp, language: Language) -> tuple[str, ...]:
    """Return what the numbers of the heatmap are: scores in percent, groups by the method named."""
    name = method_name(method, language)
    pattern = N_("Groups: {method}, of 5 levels") if method is RollUp.GATE else N_("Groups: {method}")
    return (language.gettext(N_("Scores in %")), language.gettext(pattern).format(method=name))


def _plain(text: str) -> str:
    shown = " ".join(text.split())
    return shown if len(shown) <= _LONGEST else shown[: _LONGEST - 1] + "…"


_LONGEST = 240
