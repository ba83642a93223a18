"""Tells what a program wrote from what a customer wrote: by a ticket's subject, by the text.

Headers of mails are not looked at: no vendor hands them over.

Careful: a customer who mentions a holiday still waits. A text counts as automatic only if it says so in a sentence of its own at its
beginning or end, or if every sentence of it is one that out-of-office texts consist of, one about the absence and one beside it.
"""

from collections.abc import Iterator

from deskhand.domain.lazy_pattern import lazy_pattern

from .automatic_reply_words import (
    ABSENT,
    ANNOUNCED,
    BESIDE_ABSENCE,
    BESIDE_ABSENCE_SENTENCES,
    SUBJECTS,
)
from .reply_words import is_closing, is_greeting

_LONGEST = 1_200
"""Characters; an out-of-office text is shorter."""
_MOST_SENTENCES = 12
_ENDS = lazy_pattern(r"(?<=[^\d][.!?])\s+|\n+|\s+[-–]{1,2}\s+")
_TOKENS = lazy_pattern(r"[^\W\d_](?:[\w'’-]*\w)?")


def is_automatic_subject(subject: str) -> bool:
    """Tell whether a subject is that of an automatic reply ("Out of office: …")."""
    return SUBJECTS.match(subject.casefold()) is not None


def is_automatic_text(text: str) -> bool:
    """Tell whether a program wrote a text, as far as the text itself shows it; a quotation beneath it is not looked at."""
    if not _may_be(text):
        return False
    sentences = list(_sentences(text))
    if not sentences:
        return False
    if ANNOUNCED.fullmatch(sentences[0]) or ANNOUNCED.fullmatch(sentences[-1]):
        return True
    if len(text) > _LONGEST or len(sentences) > _MOST_SENTENCES or "?" in text:
        return False
    absences = [_is_absence(sentence) for sentence in sentences]
    return (
        any(absences)
        and not all(absences)
        and all(
            absence or BESIDE_ABSENCE_SENTENCES.fullmatch(sentence)
            for absence, sentence in zip(absences, sentences, strict=True)
        )
    )


def _may_be(text: str) -> bool:
    """Pass over most texts at the cost of one search."""
    small = text.casefold()
    return "autom" in small or "auto-" in small or "auto reply" in small or ABSENT.search(small) is not None


def _sentences(text: str) -> Iterator[str]:
    """Yield the sentences in small letters without their ends, up to the closing words or a quotation; greetings are left out."""
    for line in text.split("\n"):
        stripped = line.strip()
        if (
            stripped.startswith(">")
            or stripped in ("--", "-- ")
            or (is_closing(stripped) and not ABSENT.search(stripped))
        ):
            if BESIDE_ABSENCE_SENTENCES.fullmatch(_bare(stripped)):
                continue
            return
        for part in _ENDS.split(stripped):
            sentence = _bare(part)
            if sentence and not is_greeting(part.strip()):
                yield sentence


def _bare(sentence: str) -> str:
    return " ".join(sentence.casefold().split()).strip(" .!,:;*_[]()-–")


def _is_absence(sentence: str) -> bool:
    found = ABSENT.search(sentence)
    if found is None:
        return False
    rest = sentence[: found.start()] + " " + sentence[found.end() :]
    return all(token in BESIDE_ABSENCE for token in _TOKENS.findall(rest))
