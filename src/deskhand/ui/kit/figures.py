"""Numbers as the locale writes them."""

from PySide6.QtCore import QLocale


def figure(number: int) -> str:
    """Return "1,240"; where the system names no language at all, as English groups it."""
    locale = QLocale()
    if locale.language() is QLocale.Language.C:
        return f"{number:,}"
    return locale.toString(number)


def counted(number: int, one: str, many: str) -> str:
    """Return a number with its noun: `one` as it is, or `many` with the figure in the place of `{count}`."""
    return one if number == 1 else many.format(count=figure(number))
