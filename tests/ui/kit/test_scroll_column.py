"""A column that scrolls where there is no room, and only there."""

from PySide6.QtWidgets import QLabel

from deskhand.ui.kit.scroll_column import ScrollColumn

WORDS = "several words that go on in the next line where there is no room for them " * 4


def column(qtbot, width: int, height: int) -> ScrollColumn:
    made = ScrollColumn()
    qtbot.addWidget(made)
    words = QLabel(WORDS)
    words.setWordWrap(True)
    made.column.addWidget(words)
    made.resize(width, height)
    with qtbot.waitExposed(made):
        made.show()
    return made


def test_a_bar_that_was_needed_for_a_moment_goes(qtbot) -> None:
    made = column(qtbot, 300, 20)
    assert made.verticalScrollBar().isVisible()
    made.resize(300, made.height_for(300))
    qtbot.waitUntil(lambda: not made.verticalScrollBar().isVisible())


def test_a_bar_comes_where_the_content_grows_and_goes_where_it_shrinks(qtbot) -> None:
    made = column(qtbot, 300, 20)
    made.resize(300, made.height_for(300))
    more = QLabel("More")
    made.column.addWidget(more)
    qtbot.waitUntil(made.verticalScrollBar().isVisible)
    more.hide()
    qtbot.waitUntil(lambda: not made.verticalScrollBar().isVisible())
