"""The icon, drawn from `resources/deskhand.svg` in the sizes and formats that each system wants."""

from pathlib import Path

from deskdev.environment import CHECKOUT, Environment
from deskdev.steps import SetupError, last_line, run_quietly, step

SIZES = (16, 24, 32, 48, 64, 128, 256, 512)
"""Pixels; the freedesktop icon theme's usual ones."""

_DRAW = """
import sys
from pathlib import Path
from PIL import Image
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

source, target, *sizes = sys.argv[1:]
drawing, target = QSvgRenderer(source), Path(target)
if not drawing.isValid():
    sys.exit(f"{source} is no drawing")
for size in map(int, sizes):
    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    with QPainter(image) as painter:
        drawing.render(painter, QRectF(0, 0, size, size))
    if not image.save(str(target / f"{size}.png")):
        sys.exit(f"{size}.png could not be written")
pictures = [Image.open(target / f"{size}.png") for size in sizes]
pictures[-2].save(target / "deskhand.ico", sizes=[p.size for p in pictures[:-1]], append_images=pictures[:-2])
pictures[-1].save(target / "deskhand.icns", append_images=pictures[:-1])
"""


def draw(tools: Environment, target: Path) -> Path:
    """Draw `SIZE.png` for each size, `deskhand.ico` and `deskhand.icns` into a folder and return it.

    Args:
        tools: an environment with Qt and Pillow.
        target: made where it is not there.

    Raises:
        SetupError: the icon could not be drawn.
    """
    target.mkdir(parents=True, exist_ok=True)
    source = CHECKOUT / "resources" / "deskhand.svg"
    with step("Drawing the icon"):
        code, output = run_quietly((tools.python, "-c", _DRAW, source, target, *map(str, SIZES)))
        if code != 0:
            raise SetupError(f"The icon could not be drawn: {last_line(output)}")
    return target
