"""Gives what Deskhand starts (a browser, a picture viewer) the system's own libraries.

PyInstaller's starter leads the whole process to the carried libraries by LD_LIBRARY_PATH, which its children would inherit and
crash on. The loader has read the variable by now, so it can go back to what it was.
"""

import os

for name in ("LD_LIBRARY_PATH", "LD_PRELOAD"):
    before = os.environ.pop(f"{name}_ORIG", None)
    if before is not None:
        os.environ[name] = before
    elif name == "LD_LIBRARY_PATH":
        os.environ.pop(name, None)
