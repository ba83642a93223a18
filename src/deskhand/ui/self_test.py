"""Shows that this copy of Qt has the plugins that it loads by name, and that every drawing is there."""

from PySide6.QtGui import QImageReader
from PySide6.QtSvg import QSvgRenderer

from .kit import resources

PICTURE_FORMATS = frozenset({"png", "jpeg", "gif", "webp", "svg"})
"""What a message may show, and the icons."""


class NotDisplayable(LookupError):
    """A drawing or a picture format is missing; the text names it."""


def check_drawings() -> int:
    """Read every drawing and return how many there are. Raises NotShown for a broken one."""
    folder = resources.folder()
    files = [folder / "deskhand.svg", *sorted((folder / "icons").glob("*.svg"))]
    broken = [file.name for file in files if not QSvgRenderer(str(file)).isValid()]
    if broken:
        raise NotDisplayable(", ".join(broken))
    return len(files)


def check_pictures() -> tuple[str, ...]:
    """Return the picture formats that Deskhand shows. Raises NotShown where Qt cannot read one."""
    there = {bytes(name.data()).decode() for name in QImageReader.supportedImageFormats()}
    if missing := PICTURE_FORMATS - there:
        raise NotDisplayable(", ".join(sorted(missing)))
    return tuple(sorted(PICTURE_FORMATS))


def list_languages() -> tuple[str, ...]:
    """Return the languages that the window can speak: English, and those that a translation is carried for."""
    return ("English", *sorted(file.stem for file in resources.folder().glob("translations/*.qm")))
