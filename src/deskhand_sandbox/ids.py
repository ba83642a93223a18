"""Remote ids that look opaque and yet lead back to a number, so that no table of ids is needed."""

DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
LENGTH = 10
_SPACE: int = 36**LENGTH
_FACTOR = 2_654_435_761_979  # no multiple of 2 or 3, so that it has an inverse
_INVERSE: int = pow(_FACTOR, -1, _SPACE)


class Ids:
    """Ids of one kind of record: a prefix and ten characters, a one-to-one shuffle of the numbers from 0."""

    def __init__(self, prefix: str) -> None:
        self.prefix = prefix

    def of(self, number: int) -> str:
        """The id of a number."""
        value = (number + 1) * _FACTOR % _SPACE
        characters = []
        for _ in range(LENGTH):
            value, digit = divmod(value, 36)
            characters.append(DIGITS[digit])
        return self.prefix + "".join(reversed(characters))

    def number(self, remote: str) -> int | None:
        """The number behind an id, None where no id of this kind looks like that."""
        body = remote.removeprefix(self.prefix)
        if not remote.startswith(self.prefix) or len(body) != LENGTH or set(body) - set(DIGITS):
            return None
        return int(body, 36) * _INVERSE % _SPACE - 1
