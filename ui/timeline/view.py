"""The painted timeline: rows of the outline against time, drawn for what is on the screen and nothing else.

Rows stand at `row * row_height`, so the first and last to paint are found by division; links by their rows
(`link_index`). What a row looks like is decided in `planner.charts.layout`, which exports use too.
"""

from __future__ import annotations

from datetime import date
from typing import Final

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QCursor,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QFrame, QWidget

from planner.charts import palette
from planner.charts.layout import (
    Area,
    Lettering,
    LinkEnd,
    Span,
    background_shapes,
    link_shape,
    row_shapes,
    span_of,
    today_shapes,
)
from planner.charts.rows import GanttRow, row_of
from planner.charts.scene import Polyline, Shape
from planner.charts.time_axis import TimeAxis
from planner.charts.waves import WaveSpan, gate_lines, wave_spans
from planner.domain.engagement import Engagement
from planner.language import N_
from ui import theme
from ui.live_plan import LivePlan
from ui.models.outline import Outline
from ui.present.tips import tip_of
from ui.timeline.dragging import BarDragging, ghost_of
from ui.timeline.header import HEADER_HEIGHT, TimelineHeader, header_size
from ui.timeline.interaction import Interaction
from ui.timeline.link_index import LinkKeeper, RowLink, crossings_of
from ui.timeline.painter import ShapePainter
from ui.timeline.window import TimeWindow, window_over
from ui.widgets.tip import Tip
from ui.workbench import Workbench

_MOST_PASSING: Final = 120
"""Links that only pass through the screen are drawn up to this many; beyond, nobody could follow one."""

_FIRST_PIXELS_PER_DAY: Final = 4.0


class Timeline(QAbstractScrollArea):
    """Bars, links and today over the visible rows; it selects, scrolls and tells of bars taken by the hand."""

    row_clicked = Signal(int, Qt.KeyboardModifier)
    row_stepped = Signal(int)
    window_changed = Signal()

    def __init__(self, workbench: Workbench, *, row_height: int, parent: QWidget) -> None:
        super().__init__(parent)
        self._surroundings = surroundings = workbench.surroundings
        self._row_height = row_height
        self._today = today = workbench.today
        self._engagement: Engagement | None = None
        self._plan: LivePlan | None = None
        self._outline = Outline()
        self._links = LinkKeeper(workbench.background, self)
        self._rows: dict[str, GanttRow] = {}
        self._selected: frozenset[int] = frozenset()
        self._window = TimeWindow(float(today.toordinal() - 30), _FIRST_PIXELS_PER_DAY)
        self._fitted = False
        self._header = TimelineHeader(surroundings, self)
        self._tip = Tip(self)
        self._pointer = QPoint()
        self.dragging = BarDragging(self)
        self._preview: tuple[Engagement, LivePlan] | None = None
        self._interaction = Interaction(self)
        self._shapes = self._make_painter()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setViewportMargins(0, HEADER_HEIGHT, 0, 0)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._take_focus)
        self.viewport().setMouseTracking(True)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.verticalScrollBar().setSingleStep(row_height)
        self.horizontalScrollBar().valueChanged.connect(self._follow_bar)
        surroundings.theme_changed.connect(self._repalette)
        surroundings.language_changed.connect(self._reword)
        self._links.indexed.connect(self.viewport().update)
        self._reword()

    # What is shown

    def show_rows(self, engagement: Engagement | None, outline: Outline) -> None:
        """Show other rows, or the same rows of an edited engagement."""
        self._engagement, self._outline = engagement, outline
        self._links.show_rows(engagement, outline)
        self._rows.clear()
        self._measure_bars()
        self.viewport().update()

    def take_edit(self, engagement: Engagement, touched: frozenset[str], *, links: bool) -> None:
        """Take the engagement after an edit that left the rows as they are: only `touched` ones look different."""
        self._engagement = engagement
        if links:
            self._links.show_rows(engagement, self._outline)
        for initiative_id in touched:
            self._rows.pop(initiative_id, None)
        self._header.show_axis(self.axis, self._today, self._waves())
        self.viewport().update()

    def take_plan(self, plan: LivePlan | None) -> None:
        """Show newly computed dates; the first of a file are fitted into the view."""
        self._plan, self._preview = plan, None
        self._rows.clear()
        if plan is None:
            self._fitted = False
        elif not self._fitted and self._outline.rows:
            self._fitted = True
            self.fit()
        self._measure_bars()
        self.viewport().update()

    def show_preview(self, preview: tuple[Engagement, LivePlan] | None) -> None:
        """Show an engagement and a plan that are not there yet in place of those that are, or these again."""
        self._preview = preview
        self._rows.clear()
        self.viewport().update()

    def show_selected(self, rows: frozenset[int]) -> None:
        """Mark the selected rows."""
        if rows != self._selected:
            self._selected = rows
            self.viewport().update()

    @property
    def axis(self) -> TimeAxis:
        """Where each day stands, in pixels from the left edge of the view."""
        first = int(self._window.left)
        return TimeAxis(
            start=date.fromordinal(first),
            pixels_per_day=self._window.pixels_per_day,
            left=self._window.x_of(first),
            year_begins=1 if self._engagement is None else self._engagement.setting.fiscal_year_start_month,
        )

    # Moving through time

    def zoom(self, factor: float, *, x: float | None = None) -> None:
        """Make days `factor` times as wide around `x` (the middle of the view)."""
        self._set_window(self._window.zoomed(factor, x=self.viewport().width() / 2 if x is None else x))

    def scroll_sideways(self, pixels: float) -> None:
        """Scroll `pixels` towards the future."""
        self._set_window(self._window.scrolled(pixels))

    def fit(self) -> None:
        """Show the whole plan, from its first day to its last."""
        stretch = self._plan_stretch()
        if stretch is not None:
            self._set_window(window_over(*stretch, width=self.viewport().width()))

    def go_to(self, day: date, *, share: float = 0.5) -> None:
        """Bring a day to a share of the width of the view."""
        left = day.toordinal() + 0.5 - share * self.viewport().width() / self._window.pixels_per_day
        self._set_window(TimeWindow(left, self._window.pixels_per_day))

    def show_initiative(self, initiative_id: str) -> None:
        """Bring the bar of an initiative into view, where it has dates."""
        dates = None if self._plan is None else self._plan.dates_of(initiative_id)
        if dates is not None:
            self.go_to(dates.early_start, share=0.3)

    def go_to_today(self) -> None:
        """Bring today to the first third of the view."""
        self.go_to(self._today, share=0.33)

    def go_to_end(self, *, first: bool) -> None:
        """Bring the first day of the plan to the left, or the last to the right."""
        stretch = self._plan_stretch()
        if stretch is not None:
            self.go_to(stretch[0] if first else stretch[1], share=0.06 if first else 0.94)

    def rows_seen(self) -> int:
        """Return how many rows fit the view."""
        return max(1, self.viewport().height() // self._row_height)

    # What interaction asks for

    def row_at(self, y: float) -> int | None:
        """Return the row at `y` of the view; None below the last."""
        row = int((y + self.verticalScrollBar().value()) // self._row_height)
        return row if 0 <= row < len(self._outline) else None

    def bar_at(self, place: QPoint) -> tuple[GanttRow, Span] | None:
        """Return the row at `place` and where its bar reaches, in pixels; None without dates."""
        number = self.row_at(place.y())
        row = None if number is None else self._row(number)
        return None if row is None else (row, span_of(row, self.axis, height=self._row_height))

    def ordinal_at(self, x: float) -> float:
        """Return the day at `x` of the view as a proleptic ordinal, with its fraction."""
        return self._window.ordinal_at(x)

    def select_at(self, place: QPoint, modifiers: Qt.KeyboardModifier, *, keeps: bool = False) -> None:
        """Tell that the row at a height was clicked; one that `keeps` the selection leaves a selected row alone."""
        row = self.row_at(place.y())
        if row is not None and not (keeps and row in self._selected):
            self.row_clicked.emit(row, modifiers)

    def point_at(self, place: QPoint) -> None:
        """Remember where the pointer is; a tip about somewhere else goes."""
        self._pointer = place
        self._tip.hide()

    def show_tip(self) -> None:
        """Show what the bar under the pointer is, if there is one."""
        number = self.row_at(self._pointer.y())
        if number is None or self._plan is None or self._engagement is None:
            return
        row = self._row(number)
        if row is None:
            return
        span = span_of(row, self.axis, height=self._row_height)
        if span.left - 3 <= self._pointer.x() <= span.right + 3:
            heading, lines = tip_of(row, self._engagement, self._plan, self._surroundings.language)
            self._tip.show_at(QCursor.pos(), heading, lines)

    @property
    def tip(self) -> Tip:
        """The tip beside the pointer."""
        return self._tip

    # Qt's own

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the rows that meet what is to be painted."""
        painter = QPainter(self.viewport())
        area = event.rect()
        painter.setClipRect(area)
        painter.fillRect(area, QColor(self._surroundings.tokens.surface))
        scroll = self.verticalScrollBar().value()
        first = max(0, (area.top() + scroll) // self._row_height)
        last = min(len(self._outline) - 1, (area.bottom() + scroll) // self._row_height)
        self._shapes.paint(painter, self._background())
        self._paint_row_grounds(painter, first, last, scroll)
        self._shapes.paint(painter, gate_lines(self._waves(), self.axis, self._area()))
        self._shapes.paint(painter, today_shapes(self.axis, self._today, self._area()))
        if self._plan is not None and self._engagement is not None:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            links = self._link_shapes(first, last, scroll)
            self._shapes.paint(painter, links)
            self._shapes.paint(painter, self._row_shapes(first, last, scroll, links))
            self._shapes.paint(painter, self._ghost(scroll))
        if self.hasFocus():
            painter.setPen(QPen(QColor(self._surroundings.tokens.focus), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(self.viewport().rect().adjusted(1, 1, -1, -1))

    def _take_focus(self, before: QWidget | None, after: QWidget | None) -> None:
        if self in (before, after):
            self.viewport().update()

    def _area(self) -> Area:
        return Area(left=0.0, top=0.0, right=float(self.viewport().width()), bottom=float(self.viewport().height()))

    def _background(self) -> list[Shape]:
        plan = self._plan
        return background_shapes(
            self.axis,
            self._area(),
            is_working=None if plan is None else plan.is_working,
            freezes=() if plan is None else plan.freezes,
            size=header_size(self._surroundings.font),
        )

    def _paint_row_grounds(self, painter: QPainter, first: int, last: int, scroll: int) -> None:
        tokens = self._surroundings.tokens
        width = self.viewport().width()
        selection = QColor(tokens.selection)
        selection.setAlphaF(0.55)
        painter.setPen(QColor(tokens.border))
        for number in range(first, last + 1):
            top = number * self._row_height - scroll
            if number in self._selected:
                painter.fillRect(0, top, width, self._row_height, selection)
            painter.drawLine(0, top + self._row_height - 1, width, top + self._row_height - 1)

    def _row_shapes(self, first: int, last: int, scroll: int, links: list[Polyline]) -> list[Shape]:
        axis, width = self.axis, float(self.viewport().width())
        lettering = Lettering(header_size(self._surroundings.font), self._shapes.measure)
        crossings = crossings_of(
            links, range(first, last + 1), row_height=self._row_height, scroll=scroll, today=axis.x_middle(self._today)
        )
        shapes: list[Shape] = []
        for number in range(first, last + 1):
            row = self._row(number)
            if row is None:
                continue
            top = float(number * self._row_height - scroll)
            strip = Area(left=0.0, top=top, right=width, bottom=top + self._row_height)
            shapes.extend(
                row_shapes(
                    row,
                    axis,
                    strip,
                    labels=self._labels(row),
                    lettering=lettering,
                    linked=True,
                    obstacles=crossings[number - first],
                )
            )
        return shapes

    def _ghost(self, scroll: int) -> list[Shape]:
        """Return the outline of the bar that is held, where it was."""
        held = self.dragging.held
        number = self._outline.position.get(held)
        dates = None if self._plan is None or not held else self._plan.dates_of(held)
        if number is None or dates is None:
            return []
        top = float(number * self._row_height - scroll)
        return [ghost_of(dates.early_start, dates.early_finish, self.axis, top=top, height=self._row_height)]

    def _labels(self, row: GanttRow) -> tuple[str, ...]:
        if row.milestone:
            return (self._surroundings.language.skeleton(row.finish, "MMMd"),)
        if row.summary or not row.teams:
            return ()
        return (", ".join(row.teams[:2]) + (", …" if len(row.teams) > 2 else ""), row.teams[0])

    def _link_shapes(self, first: int, last: int, scroll: int) -> list[Polyline]:
        ends: list[RowLink] = []
        passing: list[RowLink] = []
        for found in self._links.crossing(first, last):
            inside = first <= found.from_row <= last or first <= found.to_row <= last
            (ends if inside else passing).append(found)
        if len(passing) <= _MOST_PASSING:
            ends.extend(passing)
        axis = self.axis
        shapes: list[Polyline] = []
        for found in ends:
            before, after = self._row(found.from_row), self._row(found.to_row)
            if before is None or after is None:
                continue
            shapes.append(
                link_shape(
                    found.link.type,
                    self._end(before, axis, found.from_row, scroll),
                    self._end(after, axis, found.to_row, scroll),
                    row_height=self._row_height,
                    critical=before.critical and after.critical,
                )
            )
        return shapes

    def _end(self, row: GanttRow, axis: TimeAxis, number: int, scroll: int) -> LinkEnd:
        middle = number * self._row_height - scroll + self._row_height / 2
        return LinkEnd(span_of(row, axis, height=self._row_height), middle)

    def _row(self, number: int) -> GanttRow | None:
        initiative_id = self._outline.rows[number].id
        row = self._rows.get(initiative_id)
        if row is None and self._plan is not None and self._engagement is not None:
            engagement, plan = self._preview or (self._engagement, self._plan)
            if plan.dates_of(initiative_id) is None:
                return None
            row = row_of(engagement, plan.schedule, plan.work, initiative_id)
            self._rows[initiative_id] = row
        return row

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep header and scroll bars in step with the size."""
        super().resizeEvent(event)
        place = self.viewport().geometry()
        self._header.setGeometry(place.left(), place.top() - HEADER_HEIGHT, place.width(), HEADER_HEIGHT)
        self._measure_bars()

    def scrollContentsBy(self, _sideways: int, down: int) -> None:
        """Move what is painted with the rows; sideways everything is painted anew."""
        if down:
            self._tip.hide()
            self.viewport().update()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom, or scroll either way."""
        if self._interaction.wheel(event):
            event.accept()
        else:
            self.verticalScrollBar().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Scroll, zoom and step by the keys."""
        if not self._interaction.key(event):
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a click or a pan."""
        self._interaction.press(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Pan, or get ready for a tip."""
        self._interaction.move(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Select, or end a pan."""
        self._interaction.release(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Forget the pointer."""
        self._interaction.leave()
        super().leaveEvent(event)

    def _set_window(self, window: TimeWindow) -> None:
        if window != self._window:
            self._window = window
            self._tip.hide()
            self._measure_bars()
            self.viewport().update()
            self.window_changed.emit()

    def _measure_bars(self) -> None:
        down = self.verticalScrollBar()
        height = self.viewport().height()
        down.setPageStep(height)
        down.setRange(0, max(0, len(self._outline) * self._row_height - height))
        self._header.show_axis(self.axis, self._today, self._waves())
        first, last = self._stretch()
        across = self.horizontalScrollBar()
        wide = self._window.pixels_per_day
        across.blockSignals(True)
        across.setPageStep(self.viewport().width())
        across.setSingleStep(max(1, self.viewport().width() // 8))
        across.setRange(0, max(0, round((last - first) * wide) - self.viewport().width()))
        across.setValue(round((self._window.left - first) * wide))
        across.blockSignals(False)
        across.update()

    def _stretch(self) -> tuple[float, float]:
        """Return the days the horizontal bar spans: the plan with half a view around it, and what is seen."""
        width = self.viewport().width() / self._window.pixels_per_day
        first, last = self._window.left, self._window.left + width
        stretch = self._plan_stretch()
        if stretch is not None:
            first = min(first, stretch[0].toordinal() - width / 2)
            last = max(last, stretch[1].toordinal() + width / 2)
        return first, last

    def _plan_stretch(self) -> tuple[date, date] | None:
        """Return the first and the last day of the plan; None while there is nothing in it."""
        return None if self._plan is None else self._plan.stretch

    def _waves(self) -> tuple[WaveSpan, ...]:
        stretch = self._plan_stretch()
        if stretch is None or self._engagement is None:
            return ()
        return wave_spans(self._engagement, *stretch, today=self._today)

    def _follow_bar(self, value: int) -> None:
        first, _last = self._stretch()
        window = TimeWindow(first + value / self._window.pixels_per_day, self._window.pixels_per_day)
        self._set_window(window)

    def _repalette(self) -> None:
        self._shapes = self._make_painter()
        self.viewport().update()

    def _make_painter(self) -> ShapePainter:
        colours = palette.DARK if self._surroundings.tokens.name == "dark" else palette.LIGHT
        return ShapePainter(colours, theme.font_of("caption", self._surroundings.font))

    def _reword(self) -> None:
        language = self._surroundings.language
        self.setAccessibleName(language.gettext(N_("Timeline")))
        self.setAccessibleDescription(language.gettext(N_("Initiatives as bars against time")))
        self.viewport().update()
