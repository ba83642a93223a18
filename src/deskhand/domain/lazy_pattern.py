"""Regular expressions that are compiled when they are first used, or in a thread once the window stands.

Those of the program took a tenth of the start together; the first conversation that was read held the window for 80 ms by them.
"""

import re
from contextlib import suppress
from typing import Any, AnyStr, cast


def lazy_pattern(text: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """Return what `re.compile(text, flags)` would, with its methods and attributes; it is compiled at the first of them.

    A mistake in the text shows at the first use too: tests/unit/domain/test_lazy_pattern.py compiles every one.
    """
    pattern = LazyPattern(text, flags)
    _made.append(pattern)
    return cast("re.Pattern[AnyStr]", pattern)


def compile_all() -> None:
    """Compile every pattern that was made until now."""
    for pattern in tuple(_made):
        with suppress(re.error):  # its first use says so
            pattern.compile()


class LazyPattern:
    """Stands for a pattern; each method that was used once is stored here and costs nothing more."""

    def __init__(self, text: str | bytes, flags: int) -> None:
        self._given: tuple[Any, int] = (text, flags)

    def compile(self) -> re.Pattern[Any]:
        """Return the compiled form, which the cache of `re` holds from then on."""
        return re.compile(*self._given)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        found = getattr(self.compile(), name)
        setattr(self, name, found)
        return found


_made: list[LazyPattern] = []
