"""Texts of the seed data: which topics and languages a vendor's customers have, and who writes which text."""

import random
from dataclasses import dataclass
from functools import cache

from deskhand_sandbox.topics import LANGUAGES, NOTES, Topic


@dataclass(frozen=True, slots=True)
class LanguageMix:
    """The themes and languages (with weights) of one vendor's customers."""

    themes: tuple[str, ...]
    languages: dict[str, int]


_EVERYWHERE = {"en": 30, "nl": 26, "de": 14, "fr": 8, "pl": 6, "ar": 4, "he": 3, "ja": 5, "zh": 4}

MIXES = {
    "nexuscore": LanguageMix(("shop", "refund"), _EVERYWHERE),
    "thena": LanguageMix(("software",), {"en": 62, "de": 10, "fr": 8, "ja": 10, "he": 5, "zh": 5}),
    "mijnklantportaal": LanguageMix(("office",), {"nl": 84, "en": 8, "de": 4, "pl": 4}),
    "routera": LanguageMix(("routing", "shop"), {"en": 40, "nl": 30, "de": 20, "fr": 10}),
    "thalamus": LanguageMix(("refund", "software"), {"en": 60, "nl": 30, "de": 10}),
}


def mix_of(vendor: str) -> LanguageMix:
    """The mix of a vendor; everything for an unknown one."""
    return MIXES.get(vendor, LanguageMix(("shop", "refund", "software", "office", "routing"), _EVERYWHERE))


def topic_for(mix: LanguageMix, language: str, rng: random.Random) -> Topic:
    """A topic of the mix in that language: of its themes if the language has some, else any."""
    return rng.choice(_fitting(mix.themes, language))


@cache
def _fitting(themes: tuple[str, ...], language: str) -> tuple[Topic, ...]:
    spoken = LANGUAGES[language].topics
    return tuple(topic for topic in spoken if topic.theme in themes) or spoken


def fill_ins(rng: random.Random) -> dict[str, str]:
    """What fills the blanks of a topic, the same in its subject and in its lines."""
    number = int(rng.random() * 90_000)
    return {
        "order": str(10_000 + number),
        "amount": f"{9 + number % 471},{number % 100:02d}",
        "version": f"{2 + number % 7}.{number % 20}.{number % 10}",
    }


def message_text(
    topic: Topic, language: str, position: int, rng: random.Random, *, by_customer: bool, internal: bool
) -> str:
    """What somebody writes at a position of a thread in that language, with the blanks still open."""
    if internal:
        return rng.choice(NOTES)
    if position == 0:
        return topic.opening
    return rng.choice(LANGUAGES[language].later if by_customer else LANGUAGES[language].answers)


def follow_up_text(language: str, rng: random.Random) -> str:
    """What a customer writes who speaks up again, with the blanks still open."""
    return rng.choice(LANGUAGES[language].later)
