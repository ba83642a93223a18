"""The style sheet over Fusion: controls as drawn, in a theme's colours.

A widget chooses its look by the dynamic property `kind`:
buttons `primary`, `quiet`, `link`, `danger`; frames `card`, `side`, `raised`, `note`. A label takes its colour by `tone`.
"""

from .tokens import Theme


def stylesheet(theme: Theme) -> str:
    """Return the application's style sheet."""
    t = theme
    return f"""
QToolTip {{ background: {t.text}; color: {t.background}; border: none; padding: 4px 6px; }}
QLabel[tone="plain"] {{ color: {t.quiet}; }}
QLabel[tone="accent"] {{ color: {t.link}; }}
QLabel[tone="good"] {{ color: {t.good_text}; }}
QLabel[tone="waiting"] {{ color: {t.waiting_text}; }}
QLabel[tone="wrong"] {{ color: {t.wrong_text}; }}
QLabel[tone="chip-plain"] {{ color: {t.chip_plain.text}; }}
QLabel[tone="chip-accent"] {{ color: {t.chip_accent.text}; }}
QLabel[tone="chip-good"] {{ color: {t.chip_good.text}; }}
QLabel[tone="chip-waiting"] {{ color: {t.chip_waiting.text}; }}
QLabel[tone="chip-wrong"] {{ color: {t.chip_wrong.text}; }}
QPushButton {{ background: {t.background}; color: {t.text}; border: 1px solid {t.line}; border-radius: 7px; padding: 5px 12px; }}
QPushButton:hover {{ background: {t.raised}; }}
QPushButton:pressed {{ background: {t.side}; }}
QPushButton:focus {{ border-color: {t.accent}; }}
QPushButton:disabled {{ color: {t.quiet}; background: {t.side}; }}
QPushButton[kind="primary"] {{ background: {t.accent}; color: {t.on_accent}; border-color: {t.accent}; font-weight: 600; }}
QPushButton[kind="primary"]:hover {{ background: {t.accent_hover}; border-color: {t.accent_hover}; }}
QPushButton[kind="primary"]:focus {{ border: 2px solid {t.text}; padding: 4px 11px; }}
QPushButton[kind="primary"]:disabled {{ background: {t.side}; color: {t.quiet}; border-color: {t.line}; }}
QPushButton[kind="danger"] {{ color: {t.wrong_text}; }}
QPushButton[kind="quiet"] {{ background: transparent; color: {t.quiet}; border-color: transparent; }}
QPushButton[kind="quiet"]:hover {{ color: {t.text}; background: {t.raised}; }}
QPushButton[kind="quiet"]:focus {{ border-color: {t.accent}; }}
QPushButton[kind="link"] {{ background: transparent; color: {t.link}; border: 1px solid transparent; border-radius: 4px; padding: 0 3px; }}
QPushButton[kind="link"]:hover {{ text-decoration: underline; }}
QPushButton[kind="link"]:focus {{ border-color: {t.accent}; }}
QPushButton[kind="link"]:disabled {{ color: {t.quiet}; }}
QToolButton {{ background: transparent; color: {t.quiet}; border: 1px solid transparent; border-radius: 7px; padding: 3px 5px; }}
QToolButton:hover {{ background: {t.raised}; color: {t.text}; }}
QToolButton:checked {{ background: {t.soft}; color: {t.link}; }}
QToolButton:focus {{ border-color: {t.accent}; }}
QLineEdit, QPlainTextEdit, QTextEdit, QSpinBox, QDateEdit, QDateTimeEdit, QComboBox {{
    background: {t.background}; color: {t.text}; border: 1px solid {t.line}; border-radius: 7px; padding: 5px 9px;
    selection-background-color: {t.accent}; selection-color: {t.on_accent}; }}
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QSpinBox:focus, QDateEdit:focus, QDateTimeEdit:focus, QComboBox:focus {{
    border-color: {t.accent}; }}
QLineEdit:disabled, QPlainTextEdit:disabled, QTextEdit:disabled, QComboBox:disabled {{ background: {t.side}; color: {t.quiet}; }}
QLineEdit[wrong="true"], QPlainTextEdit[wrong="true"], QComboBox[wrong="true"] {{ border-color: {t.wrong}; }}
QComboBox {{ combobox-popup: 0; }}
QComboBox::drop-down {{ border: none; width: 20px; }}
QComboBox QAbstractItemView {{ background: {t.background}; border: 1px solid {t.line}; selection-background-color: {t.soft};
    selection-color: {t.text}; outline: none; padding: 4px; }}
QComboBoxPrivateContainer {{ border: none; background: {t.background}; }}
QDialogButtonBox {{ dialogbuttonbox-buttons-have-icons: 0; }}
QMenu {{ background: {t.background}; color: {t.text}; border: 1px solid {t.line}; padding: 4px; }}
QMenu::item {{ padding: 5px 24px 5px 12px; border-radius: 4px; }}
QMenu::item:selected {{ background: {t.soft}; }}
QMenu::item:disabled {{ color: {t.quiet}; }}
QMenu::separator {{ height: 1px; background: {t.line}; margin: 4px 8px; }}
QSplitter::handle {{ background: {t.line}; }}
QSplitter::handle:horizontal {{ width: 1px; }}
QSplitter::handle:vertical {{ height: 1px; }}
QScrollBar:vertical {{ background: transparent; width: 10px; margin: 0; }}
QScrollBar:horizontal {{ background: transparent; height: 10px; margin: 0; }}
QScrollBar::handle {{ background: {t.line}; border-radius: 3px; margin: 2px; }}
QScrollBar::handle:vertical {{ min-height: 28px; }}
QScrollBar::handle:horizontal {{ min-width: 28px; }}
QScrollBar::handle:hover {{ background: {t.quiet}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
QProgressBar {{ background: {t.line}; border: none; border-radius: 2px; max-height: 4px; min-height: 4px; }}
QProgressBar::chunk {{ background: {t.accent}; border-radius: 2px; }}
QTableWidget {{ background: {t.background}; border: 1px solid {t.line}; border-radius: 7px; outline: none;
    selection-background-color: {t.soft}; selection-color: {t.text}; }}
QTableWidget:focus {{ border-color: {t.accent}; }}
QTableWidget::item {{ padding: 0 8px; border: none; border-bottom: 1px solid {t.line}; }}
QTableWidget QHeaderView {{ background: transparent; border: none; }}
QTableWidget QHeaderView::section {{ background: {t.background}; color: {t.quiet}; border: none;
    border-bottom: 1px solid {t.line}; padding: 7px 8px; }}
QStatusBar {{ background: {t.side}; color: {t.quiet}; border-top: 1px solid {t.line}; }}
QStatusBar::item {{ border: none; }}
QFrame[kind="side"] {{ background: {t.side}; border: none; }}
QFrame[kind="card"] {{ background: {t.background}; border: 1px solid {t.line}; border-radius: 10px; }}
QFrame[kind="raised"] {{ background: {t.raised}; border: none; border-radius: 7px; }}
QFrame[kind="note"] {{ background: {t.note}; border: 1px solid {t.note_line}; border-radius: 10px; }}
"""
