"""Long lines of plain text in pieces: a text view takes the square of the length of one line, and lays out only lines in view."""

from deskhand.content.characters import mixes_directions
from deskhand.content.cost import MAX_MIXED_RUN, MAX_RUN


def short_lines(text: str) -> str:
    """Return text to show whose lines have a bounded length, broken behind a space where there is one; nothing else changes."""
    most = MAX_MIXED_RUN if mixes_directions(text) else MAX_RUN
    if len(text) <= most:
        return text
    return "\n".join(piece for line in text.split("\n") for piece in _pieces(line, most))


def _pieces(line: str, most: int) -> list[str]:
    pieces, start = [], 0
    while len(line) - start > most:
        space = line.rfind(" ", start + most // 2, start + most)
        end = space + 1 if space >= 0 else start + most
        pieces.append(line[start:end])
        start = end
    return [*pieces, line[start:]]
