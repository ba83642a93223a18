"""Takes PySide's hook out of the import statement.

PySide replaces `builtins.__import__` when QtCore is imported, and from then on reads the source of every imported module to see whether
it uses `PySide6`: it looks for the modules that ask for `snake_case` names of Qt. No module here does, and the sources of 500 modules
would stay in `linecache`: 16 MB, and a thirtieth of the start. Importing this module removes the hook; it is imported before the rest
of the window.
"""

import builtins
import linecache
from typing import Any


def remove_import_hook() -> bool:
    """Import QtCore, put back what was there before the hook, and empty `linecache`; tells whether it did.

    What was there before is shiboken's own import, which makes Qt's classes when they are asked for; that stays.
    Where PySide does it in another way (another version), everything stays as it is.
    """
    import PySide6.QtCore  # noqa: F401 - installs the hook

    changeable: Any = builtins
    own = getattr(builtins, "__orig_import__", None)
    if getattr(builtins.__import__, "__name__", "") != "__feature_import__" or not callable(own):
        return False
    changeable.__import__ = own
    linecache.clearcache()
    return True


remove_import_hook()
