"""What a topic is."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Topic:
    """A subject and the customer's first message; `{order}`, `{amount}` and `{version}` are blanks in both."""

    theme: str
    subject: str
    opening: str


@dataclass(frozen=True, slots=True)
class Language:
    """What customers and agents say in one language: the topics, what customers write later, what agents answer."""

    topics: tuple[Topic, ...]
    later: tuple[str, ...]
    answers: tuple[str, ...]
