"""The style sheet over Fusion: controls as drawn, in a theme's colours.

A widget chooses its look by the dynamic property `kind`:
buttons `primary`, `quiet`, `link`, `danger`; frames `card`, `side`, `raised`, `note`. A label takes its colour by `tone`.
A text is `bare` where what it stands in has the frame.
"""

from .tokens import Theme


def stylesheet(theme: Theme) -> str:
    """Return the application's style sheet."""
    t = theme
    return f"""
QToolTip {{ background: {t.raised}; color: {t.text}; border: 1px solid {t.pop_edge}; border-radius: 4px; padding: 4px 6px; }}
QLabel[tone="plain"] {{ color: {t.quiet}; }}
QLabel[tone="accent"] {{ color: {t.link}; }}
QLabel[tone="good"] {{ color: {t.good}; }}
QLabel[tone="waiting"] {{ color: {t.warn}; }}
QLabel[tone="wrong"] {{ color: {t.wrong}; }}
QLabel[tone="chip-plain"] {{ color: {t.second}; }}
QLabel[tone="chip-accent"] {{ color: {t.link}; }}
QLabel[tone="chip-good"] {{ color: {t.good}; }}
QLabel[tone="chip-waiting"] {{ color: {t.warn}; }}
QLabel[tone="chip-wrong"] {{ color: {t.wrong}; }}
QPushButton {{ background: {t.page}; color: {t.text}; border: 1px solid {t.edge_soft}; border-radius: 7px; padding: 5px 12px; }}
QPushButton:hover {{ background: {t.hover}; }}
QPushButton:pressed {{ background: {t.pressed}; }}
QPushButton:disabled {{ color: {t.quiet}; background: {t.side}; }}
QPushButton[kind="primary"] {{ background: {t.accent}; color: {t.on_accent}; border-color: {t.accent}; font-weight: 600; }}
QPushButton[kind="primary"]:hover {{ background: {t.accent_hover}; border-color: {t.accent_hover}; }}
QPushButton[kind="primary"]:disabled {{ background: {t.side}; color: {t.quiet}; border-color: {t.hair}; }}
QPushButton[kind="danger"] {{ color: {t.wrong}; }}
QPushButton[kind="quiet"] {{ background: transparent; color: {t.quiet}; border-color: transparent; }}
QPushButton[kind="quiet"]:hover {{ color: {t.text}; background: {t.hover}; }}
QPushButton[kind="link"] {{ background: transparent; color: {t.link}; border: 1px solid transparent; border-radius: 4px; padding: 0 3px; }}
QPushButton[kind="link"]:hover {{ text-decoration: underline; }}
QPushButton[kind="link"]:disabled {{ color: {t.quiet}; }}
QToolButton {{ background: transparent; color: {t.quiet}; border: 1px solid transparent; border-radius: 7px; padding: 3px 5px; }}
QToolButton:hover {{ background: {t.hover}; color: {t.text}; }}
QToolButton:checked {{ background: {t.selected}; color: {t.link}; }}
QLineEdit, QPlainTextEdit, QTextEdit, QSpinBox, QDateEdit, QDateTimeEdit, QComboBox {{
    background: {t.page}; color: {t.text}; border: 1px solid {t.edge}; border-radius: 7px; padding: 5px 9px;
    selection-background-color: {t.accent}; selection-color: {t.on_accent}; }}
QLineEdit:disabled, QPlainTextEdit:disabled, QTextEdit:disabled, QComboBox:disabled {{ background: {t.side}; color: {t.quiet}; }}
QLineEdit[wrong="true"], QPlainTextEdit[wrong="true"], QComboBox[wrong="true"] {{ border-color: {t.wrong}; }}
QTextEdit[kind="bare"], QTextEdit[kind="bare"]:focus {{ background: transparent; border: none; padding: 0; }}
QComboBox {{ combobox-popup: 0; }}
QComboBox::drop-down {{ border: none; width: 20px; }}
QComboBox QAbstractItemView {{ background: {t.raised}; border: 1px solid {t.pop_edge}; selection-background-color: {t.selected};
    selection-color: {t.text}; outline: none; padding: 4px; }}
QComboBox QAbstractItemView::item {{ padding: 4px 8px; border-radius: 6px; }}
QComboBox QAbstractItemView::item:selected {{ background: {t.selected}; color: {t.text}; }}
QComboBox QAbstractItemView::item:disabled {{ color: {t.disabled}; }}
QListView[kind="offers"] {{ background: {t.raised}; color: {t.text}; border: 1px solid {t.pop_edge}; outline: none; padding: 2px; }}
QListView[kind="framed-offers"] {{ background: transparent; color: {t.text}; border: none; outline: none; padding: 0; }}
QListView[kind="offers"]::item, QListView[kind="framed-offers"]::item {{ padding: 5px 8px; border-radius: 6px; }}
QListView[kind="offers"]::item:selected, QListView[kind="framed-offers"]::item:selected {{ background: {t.selected}; color: {t.text}; }}
QComboBoxPrivateContainer {{ border: none; background: {t.raised}; }}
QComboBox QAbstractItemView[kind="framed"] {{ background: transparent; border: none; padding: 0; }}
QComboBoxPrivateContainer[kind="framed"] {{ background: transparent; }}
QDialogButtonBox {{ dialogbuttonbox-buttons-have-icons: 0; }}
QMenu {{ background: {t.raised}; color: {t.text}; border: 1px solid {t.pop_edge}; padding: 4px; }}
QMenu[kind="framed"] {{ background: transparent; border: none; padding: 16px; }}
QMenu::item {{ padding: 5px 24px 5px 12px; border-radius: 6px; }}
QMenu::item:selected {{ background: {t.selected}; }}
QMenu::item:disabled {{ color: {t.disabled}; }}
QMenu::icon {{ left: 8px; }}
QMenu::indicator {{ left: 5px; }}
QMenu::separator {{ height: 1px; background: {t.hair}; margin: 4px 8px; }}
QCalendarWidget QWidget {{ background: {t.raised}; alternate-background-color: {t.raised}; }}
QCalendarWidget QAbstractItemView {{ background: {t.raised}; color: {t.text}; selection-background-color: {t.accent};
    selection-color: {t.on_accent}; outline: none; }}
QSplitter::handle {{ background: {t.hair}; }}
QSplitter::handle:horizontal {{ width: 1px; }}
QSplitter::handle:vertical {{ height: 1px; }}
QScrollBar:vertical {{ background: transparent; width: 10px; margin: 0; }}
QScrollBar:horizontal {{ background: transparent; height: 10px; margin: 0; }}
QScrollBar::handle {{ background: {t.thumb}; border-radius: 2px; }}
QScrollBar::handle:vertical {{ min-height: 28px; margin: 3px 2px 3px 3px; }}
QScrollBar::handle:horizontal {{ min-width: 28px; margin: 3px 3px 2px 3px; }}
QScrollBar::handle:hover {{ background: {t.quiet}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
QProgressBar {{ background: {t.idle}; border: none; border-radius: 2px; max-height: 4px; min-height: 4px; }}
QProgressBar::chunk {{ background: {t.accent}; border-radius: 2px; }}
QListWidget[kind="rows"] {{ background: transparent; border: none; outline: none; }}
QListWidget[kind="framed-rows"] {{ background: {t.page}; border: 1px solid {t.hair}; border-radius: 7px; outline: none; padding: 3px; }}
QListWidget[kind="rows"]::item, QListWidget[kind="framed-rows"]::item {{ padding: 4px 8px; border-radius: 6px; color: {t.text}; }}
QListWidget[kind="rows"]::item:selected, QListWidget[kind="framed-rows"]::item:selected {{ background: {t.selected}; color: {t.text}; }}
QTableWidget {{ background: {t.page}; border: 1px solid {t.hair}; border-radius: 7px; outline: none;
    selection-background-color: {t.selected}; selection-color: {t.text}; }}
QTableWidget::item {{ padding: 0 8px; border: none; border-bottom: 1px solid {t.hair}; }}
QTableWidget QHeaderView {{ background: transparent; border: none; }}
QTableWidget QHeaderView::section {{ background: {t.page}; color: {t.quiet}; border: none;
    border-bottom: 1px solid {t.hair}; padding: 7px 8px; }}
QStatusBar {{ background: {t.side}; color: {t.quiet}; border-top: 1px solid {t.hair}; }}
QStatusBar::item {{ border: none; }}
QFrame[kind="side"] {{ background: {t.side}; border: none; }}
QFrame[kind="panel"] {{ background: {t.page}; border: none; border-left: 1px solid {t.pop_edge};
    border-right: 1px solid {t.pop_edge}; }}
QFrame[kind="card"] {{ background: {t.page}; border: 1px solid {t.hair}; border-radius: 10px; }}
QFrame[kind="raised"] {{ background: {t.sunken}; border: 1px solid {t.tint_edge or t.sunken}; border-radius: 7px; }}
QFrame[kind="note"] {{ background: {t.note}; border: 1px solid {t.note_edge}; border-radius: 10px; }}
"""
