"""The figures above the heatmap and the legend below it: what the whole comes to, and what colours and signs mean."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from planner.analysis.maturity import RolledUp
from planner.domain.assessment import AnswerState
from planner.domain.settings import RollUp
from planner.language import N_, NN_, Language
from planner.words import ANSWER_STATE_WORDS
from ui import theme
from ui.actions import plain_tip
from ui.pages.assessment.faces import Face, short_percent
from ui.pages.assessment.painting import CELL_HEIGHT, CELL_WIDTH, CellPainter
from ui.surroundings import Surroundings
from ui.widgets.text import ElidedLabel

_LEFT_OUT: Final = {
    AnswerState.NOT_APPLICABLE: NN_("{count} not applicable", "{count} not applicable"),
    AnswerState.OUTSIDE_OUR_CONTROL: NN_("{count} outside our control", "{count} outside our control"),
    AnswerState.UNANSWERED: NN_("{count} unanswered", "{count} unanswered"),
}
"""State -> how many cells a roll-up left out because of it."""


def used_text(rolled: RolledUp, language: Language) -> str:
    """Return how many cells a roll-up counted and what it left out: "used 12 of 15 cells (2 not applicable, ...)"."""
    left = sum(rolled.left_out.values())
    total = rolled.used + left
    words = NN_("used {used} of {total} cell", "used {used} of {total} cells")
    text = language.ngettext(*words, total).format(
        used=language.number(rolled.used, decimals=0), total=language.number(total, decimals=0)
    )
    parts = [
        language.ngettext(*_LEFT_OUT[state], count).format(count=language.number(count, decimals=0))
        for state in _LEFT_OUT
        if (count := rolled.left_out.get(state, 0))
    ]
    return f"{text} ({', '.join(parts)})" if parts else text


def spread_text(rolled: RolledUp, language: Language) -> str:
    """Return the spread of a roll-up's scores in points of a percentage; nothing where nothing was counted."""
    if rolled.spread is None:
        return ""
    pattern = language.gettext(N_("spread {points} points"))
    return pattern.format(points=language.number(rolled.spread * 100, decimals=0))


_LOW: Final = 400
_VERY_LOW: Final = 340
"""Pixels of height under which the legend, then the figures, leave theirs to the grid."""


class Figures(QWidget):
    """Blocks of a large figure with lines under it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._blocks = [(ElidedLabel(role="heading"), ElidedLabel(role="caption")) for _number in range(4)]
        layout = QHBoxLayout(self)
        layout.setContentsMargins(theme.SPACE_L, theme.SPACE_XS, theme.SPACE_L, theme.SPACE_XS)
        layout.setSpacing(theme.SPACE_XL)
        for number, (figure, line) in enumerate(self._blocks):
            column = QVBoxLayout()
            column.setSpacing(0)
            column.addWidget(figure)
            column.addWidget(line)
            layout.addLayout(column, 5 if number == 0 else 2)

    def show_figures(self, figures: tuple[tuple[str, str], ...]) -> None:
        """Show (figure, line) for each block; blocks beyond them are empty."""
        for number, (figure, line) in enumerate(self._blocks):
            texts = figures[number] if number < len(figures) else ("", "")
            figure.setText(texts[0])
            figure.setMinimumWidth(
                figure.fontMetrics().horizontalAdvance(texts[0]) + 2
            )  # a figure in dots tells nothing
            line.setText(texts[1])
            line.setToolTip(plain_tip(texts[1]))

    def texts(self) -> tuple[tuple[str, str], ...]:
        """Return what the blocks say."""
        return tuple((figure.text(), line.text()) for figure, line in self._blocks)


class Legend(QWidget):
    """Samples of cells with what each means, in as many lines as the width asks for."""

    def __init__(self, surroundings: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._surroundings = surroundings
        self._samples: tuple[tuple[Face, str], ...] = ()
        self._states = 0
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        surroundings.theme_changed.connect(self._wear)
        self._wear()
        self.show_for(compared=False)

    def show_for(self, *, compared: bool) -> None:
        """Show what is to be seen now: scores, or the differences between two assessments."""
        language = self._surroundings.language
        words = language.gettext
        answered = AnswerState.ANSWERED
        samples: list[tuple[Face, str]] = []
        if compared:
            for difference, text in ((-0.5, N_("Went down")), (0.0, N_("Same")), (0.5, N_("Went up"))):
                sign = "=" if not difference else ("▲" if difference > 0 else "▼") + "\N{THIN SPACE}50"
                samples.append((Face(state=answered, text=sign, difference=difference), words(text)))
        else:
            for share in (0.0, 0.5, 1.0):
                face = Face(state=answered, text=short_percent(share, language), share=share)
                samples.append((face, language.percent(share)))
        samples += [
            (Face(state=AnswerState.UNANSWERED), words(ANSWER_STATE_WORDS[AnswerState.UNANSWERED])),
            (Face(state=AnswerState.NOT_APPLICABLE), words(ANSWER_STATE_WORDS[AnswerState.NOT_APPLICABLE])),
            (Face(state=AnswerState.DECLINED, share=0.0, text=short_percent(0.0, language)),
             words(ANSWER_STATE_WORDS[AnswerState.DECLINED])),
            (Face(state=AnswerState.OUTSIDE_OUR_CONTROL), words(ANSWER_STATE_WORDS[AnswerState.OUTSIDE_OUR_CONTROL])),
        ]  # fmt: skip
        self._states = len(samples)
        if not compared:
            half = Face(state=answered, text=short_percent(0.5, language), share=0.5)
            samples += [
                (_marked(half, doubtful=True), words(N_("Low confidence"))),
                (_marked(half, stale=True), words(N_("Expired"))),
                (_marked(half, target=0.75), words(N_("Target not met"))),
                (_marked(half, target=0.5, met=True), words(N_("Target met"))),
            ]
        self._samples = tuple(samples)
        self.setAccessibleName(words(N_("Legend")))
        self.setAccessibleDescription("\n".join(text for _face, text in samples))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return a size with everything in the width there is."""
        width = max(600, self.width())
        return QSize(400, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """Return no height: in a low window the legend leaves its room to the grid."""
        return QSize(200, 0)

    def heightForWidth(self, width: int) -> int:
        """Return the height that all samples need."""
        places = self._places(width)
        return int(places[-1].y() + CELL_HEIGHT + theme.SPACE_S) if places else 0

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the samples."""
        painter = QPainter(self)
        painter.setFont(self._font)
        metrics = painter.fontMetrics()
        for (face, text), place in zip(self._samples, self._places(self.width()), strict=True):
            painter.drawPixmap(place, self._cells.picture(face))
            painter.setPen(QColor(self._surroundings.tokens.text_muted))
            left = place.x() + CELL_WIDTH + theme.SPACE_XS
            words = QRectF(left, place.y(), metrics.horizontalAdvance(text) + 4, CELL_HEIGHT)
            painter.drawText(words, int(Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine), text)

    def _places(self, width: int) -> list[QPointF]:
        """Return where each sample stands; where one line is not enough, the marks on a cell begin the next."""
        metrics = self.fontMetrics()
        rooms = [
            CELL_WIDTH + theme.SPACE_XS + metrics.horizontalAdvance(text) + theme.SPACE_M
            for _face, text in self._samples
        ]
        parted = theme.SPACE_L + sum(rooms) > width
        found: list[QPointF] = []
        x, y = float(theme.SPACE_L), float(theme.SPACE_XS)
        for at, room in enumerate(rooms):
            if found and (x + room > width or (parted and at == self._states)):
                x, y = float(theme.SPACE_L), y + CELL_HEIGHT + 2
            found.append(QPointF(x, y))
            x += room
        return found

    def _wear(self) -> None:
        surroundings = self._surroundings
        self._cells = CellPainter(surroundings.tokens, surroundings.font, self.devicePixelRatioF())
        self._font = theme.font_of("caption", surroundings.font)
        self.setFont(self._font)
        self.update()


def _marked(
    face: Face, *, doubtful: bool = False, stale: bool = False, target: float | None = None, met: bool = False
) -> Face:
    return Face(
        state=face.state, text=face.text, share=face.share, doubtful=doubtful, stale=stale, target=target, met=met
    )


def method_name(method: RollUp, language: Language) -> str:
    """Return the name of a roll-up in short, to stand beside its number."""
    return language.gettext({RollUp.MEAN: N_("Mean"), RollUp.FLOOR: N_("Floor"), RollUp.GATE: N_("Level held")}[method])


def named_value(method: RollUp, value: str, language: Language) -> str:
    """Return a rolled-up number, already worded, with the name of its method before it."""
    return language.gettext(N_("{method}: {value}")).format(method=method_name(method, language), value=value)


class Surround(QWidget):
    """The grid, with rows and figures above it and the legend below; in a low window figures and legend give way."""

    def __init__(self, surroundings: Surroundings, parent: QWidget) -> None:
        super().__init__(parent)
        self.figures, self.legend = Figures(self), Legend(surroundings, self)
        self._wants_legend = True

    def lay_out(self, rows: tuple[QWidget, ...], grid: QWidget) -> None:
        """Put `rows` and `grid` one below the other, the figures after the first row and the legend last."""
        line = QFrame()
        line.setObjectName("line")
        line.setFixedHeight(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        first, *others = rows
        for widget in (first, self.figures, *others):
            column.addWidget(widget)
        column.addWidget(grid, 1)
        column.addWidget(line)
        column.addWidget(self.legend)

    @property
    def wants_legend(self) -> bool:
        """Whether the legend is there where it has room."""
        return self._wants_legend

    def want_legend(self, *, wanted: bool) -> None:
        """Show the legend, or do not."""
        self._wants_legend = wanted
        self._give_room()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the grid enough."""
        super().resizeEvent(event)
        self._give_room()

    def _give_room(self) -> None:
        self.legend.setVisible(self._wants_legend and self.height() >= _LOW)
        self.figures.setVisible(self.height() >= _VERY_LOW)
