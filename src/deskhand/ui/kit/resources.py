"""Where the files beside the code are: icons, translations, help."""

import sys
from functools import lru_cache
from pathlib import Path

from deskhand.domain.problems import InstallationIncomplete


@lru_cache(maxsize=1)
def folder() -> Path:
    """Return the folder `resources`.

    A frozen build unpacks it beside its own code, a wheel carries it as `deskhand/resources`, and a checkout has it at its top.

    Raises:
        InstallationIncomplete: they are not there.
    """
    package = Path(__file__).resolve().parents[2]
    places = [package / "resources", package.parent.parent / "resources"]
    frozen = getattr(sys, "_MEIPASS", None)
    if frozen is not None:
        places[:0] = [Path(frozen) / "deskhand" / "resources", Path(frozen) / "resources"]
    for place in places:
        if (place / "icons").is_dir():
            return place
    raise InstallationIncomplete(f"its icons are missing; looked in {', '.join(map(str, places))}")
