"""Bytes to pictures, with a forced format and a budget: what a customer sends is never decoded by guessing.

No SVG and none of Qt's other readers: the format follows from the first bytes and is forced, and a picture that would not fit is
not started. Pure and without widgets, so that it can run in a thread.
"""

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt
from PySide6.QtGui import QImage, QImageReader

MAX_BYTES = 5 * 1024 * 1024
MAX_PIXELS = 16_000_000
MAX_MESSAGE_PIXELS = 32_000_000
MAX_PICTURES = 20
MAX_SIDE = 1600
"""A larger picture is scaled down while it is read: the column is narrower."""

_STARTS = (
    (b"\x89PNG\r\n\x1a\n", b"png"),
    (b"\xff\xd8\xff", b"jpeg"),
    (b"GIF87a", b"gif"),
    (b"GIF89a", b"gif"),
)


def format_of(data: bytes) -> bytes:
    """Return `png`, `jpeg`, `gif` or `webp` by the first bytes, or nothing."""
    for start, name in _STARTS:
        if data.startswith(start):
            return name
    return b"webp" if data[:4] == b"RIFF" and data[8:12] == b"WEBP" else b""


def pixels_of(data: bytes) -> int:
    """Return how many pixels decoding would make; 0 where it is none of the four formats or its head cannot be read."""
    if not format_of(data):
        return 0
    # The buffer is held as long as the reader: the reader does not own it.
    reader, buffer = _reader(data)
    size = reader.size()
    buffer.close()
    return size.width() * size.height() if size.isValid() else 0


def decode(data: bytes) -> QImage | None:
    """Return the first frame, at most `MAX_SIDE` wide and high; None for anything else than a bearable picture."""
    if len(data) > MAX_BYTES or not 0 < pixels_of(data) <= MAX_PIXELS:
        return None
    reader, buffer = _reader(data)
    size = reader.size()
    if max(size.width(), size.height()) > MAX_SIDE:
        reader.setScaledSize(size.scaled(MAX_SIDE, MAX_SIDE, Qt.AspectRatioMode.KeepAspectRatio))
    image = reader.read()
    buffer.close()
    return None if image.isNull() else image


def decode_all(sources: dict[int, bytes]) -> dict[int, QImage]:
    """Return the pictures of one message that fit into its budget, by their index."""
    done: dict[int, QImage] = {}
    left = MAX_MESSAGE_PIXELS
    for index, data in sorted(sources.items())[:MAX_PICTURES]:
        pixels = pixels_of(data)
        if pixels > left:
            continue
        if (image := decode(data)) is not None:
            left -= pixels
            done[index] = image
    return done


def _reader(data: bytes) -> tuple[QImageReader, QBuffer]:
    buffer = QBuffer()
    buffer.setData(QByteArray(data))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer, QByteArray(format_of(data)))
    reader.setAutoDetectImageFormat(False)
    reader.setDecideFormatFromContent(False)
    return reader, buffer
