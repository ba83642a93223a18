"""The words that a time may be typed with, in English, Dutch and German at once: one table, folded as `fold` does it.

Each phrase stands for one meaning or several, in the order in which they are read. A word that is the same in two languages and means
something else in each is not in the table twice: `typed_time` decides by what stands beside it ("morgen", "am").
"""

import unicodedata
from collections.abc import Mapping
from enum import Enum, auto
from typing import NamedTuple


class Kind(Enum):
    """What a word does in a time."""

    DAY = auto()
    """A day, counted from today."""
    WEEKDAY = auto()
    """Monday = 0."""
    MONTH = auto()
    PART = auto()
    """A part of the day: a member of `PARTS`."""
    UNIT = auto()
    """A length of time: "minute", "hour", "day", "week", "month", "year"."""
    NUMBER = auto()
    NEXT = auto()
    THIS = auto()
    IN = auto()
    END = auto()
    O_CLOCK = auto()
    FILL = auto()
    """Says nothing that the words around it do not say."""


class Meaning(NamedTuple):
    """What a word means: its kind and its value."""

    kind: Kind
    value: float | str = 0


MORNING, NOON, AFTERNOON, EVENING, MIDNIGHT = "morning", "noon", "afternoon", "evening", "midnight"

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
)  # fmt: skip

_WEEKDAYS = (
    "monday mon mo maandag maa ma montag",
    "tuesday tues tue tu dinsdag din di dienstag die",
    "wednesday wed we woensdag woe wo mittwoch mit mi",
    "thursday thurs thur thu th donderdag don do donnerstag",
    "friday fri fr vrijdag vri vr freitag fre",
    "saturday sat sa zaterdag zat za samstag sam sonnabend",
    "sunday sun su zondag zon zo sonntag son so",
)
_MONTHS = (
    "january jan januari januar",
    "february feb februari februar",
    "march mar maart mrt marz maerz",
    "april apr",
    "may mei mai",
    "june jun juni",
    "july jul juli",
    "august aug augustus",
    "september sep sept",
    "october oct oktober okt",
    "november nov",
    "december dec dezember dez",
)
_PARTS = {
    MORNING: "morning ochtend morgens ochtends vormittag vormittags fruh frueh vroeg",
    NOON: "noon midday mittag mittags",
    AFTERNOON: "afternoon middag middags nachmittag nachmittags",
    EVENING: "evening avond avonds abend abends night",
    MIDNIGHT: "midnight middernacht mitternacht",
}
_UNITS = {
    "minute": "m min mins minute minutes minuut minuten",
    "hour": "h hr hrs hour hours uren u stunde stunden std",
    "day": "d day days dag dagen tag tage tagen",
    "week": "w wk week weeks weken woche wochen",
    "month": "month months maand maanden monat monate monaten monats",
    "year": "year years jaar jaren jahr jahre jahren jahres",
}
_NUMBERS = (
    (0.5, "half halve halben halbe"),
    (1, "a an one een ein eine einer einem einen"),
    (1.5, "anderhalf anderhalve anderthalb anderthalben eineinhalb"),
    (2, "two twee zwei couple paar"),
    (3, "three drie drei"),
    (4, "four vier"),
    (5, "five vijf funf fuenf"),
    (6, "six zes sechs"),
    (7, "seven zeven sieben"),
    (8, "eight acht"),
    (9, "nine negen neun"),
    (10, "ten tien zehn"),
    (12, "twelve twaalf zwolf zwoelf"),
)
_DAYS = (
    (0, "today vandaag heute"),
    (1, "tomorrow tmrw tmr"),
    (2, "overmorgen ubermorgen uebermorgen"),
    (-1, "yesterday gisteren gestern"),
    (-2, "eergisteren vorgestern"),
)
_KINDS = (
    (Kind.END, "end einde eind ende"),
    (Kind.O_CLOCK, "oclock uhr"),
    (Kind.IN, "in over"),
    (Kind.NEXT, "next volgende volgend nachste nachsten nachster nachstes naechste naechsten naechster naechstes"),
    (Kind.THIS, "this coming deze dit komende aanstaande diese diesen dieser dieses kommende kommenden"),
    (Kind.FILL, "at @ on om op um the de den der dem and en und s 's"),
)
_EVENING_OF_TODAY = (Meaning(Kind.DAY, 0), Meaning(Kind.PART, EVENING))

PHRASES: dict[str, tuple[Meaning, ...]] = {
    "day after tomorrow": (Meaning(Kind.DAY, 2),),
    "the day after tomorrow": (Meaning(Kind.DAY, 2),),
    "day before yesterday": (Meaning(Kind.DAY, -2),),
    "tonight": _EVENING_OF_TODAY,
    "vanavond": _EVENING_OF_TODAY,
    "vanmiddag": (Meaning(Kind.DAY, 0), Meaning(Kind.PART, AFTERNOON)),
    "vanochtend": (Meaning(Kind.DAY, 0), Meaning(Kind.PART, MORNING)),
    "vanmorgen": (Meaning(Kind.DAY, 0), Meaning(Kind.PART, MORNING)),
    "half an hour": (Meaning(Kind.NUMBER, 0.5), Meaning(Kind.UNIT, "hour")),
    "half uur": (Meaning(Kind.NUMBER, 0.5), Meaning(Kind.UNIT, "hour")),
    "een half uur": (Meaning(Kind.NUMBER, 0.5), Meaning(Kind.UNIT, "hour")),
    "halfuur": (Meaning(Kind.NUMBER, 0.5), Meaning(Kind.UNIT, "hour")),
    "een halfuur": (Meaning(Kind.NUMBER, 0.5), Meaning(Kind.UNIT, "hour")),
    "einer halben stunde": (Meaning(Kind.NUMBER, 0.5), Meaning(Kind.UNIT, "hour")),
    "a couple of": (Meaning(Kind.NUMBER, 2),),
    "end of": (Meaning(Kind.END),),
    "end of the": (Meaning(Kind.END),),
    "einde van de": (Meaning(Kind.END),),
    "eind van de": (Meaning(Kind.END),),
    "ende des": (Meaning(Kind.END),),
    "ende der": (Meaning(Kind.END),),
    "o'clock": (Meaning(Kind.O_CLOCK),),
    **{word: (Meaning(kind),) for kind, words in _KINDS for word in words.split()},
    **{word: (Meaning(Kind.DAY, days),) for days, words in _DAYS for word in words.split()},
    **{word: (Meaning(Kind.NUMBER, number),) for number, words in _NUMBERS for word in words.split()},
    **{word: (Meaning(Kind.UNIT, unit),) for unit, words in _UNITS.items() for word in words.split()},
    **{word: (Meaning(Kind.PART, part),) for part, words in _PARTS.items() for word in words.split()},
    **{word: (Meaning(Kind.MONTH, n),) for n, words in enumerate(_MONTHS, 1) for word in words.split()},
    **{word: (Meaning(Kind.WEEKDAY, n),) for n, words in enumerate(_WEEKDAYS) for word in words.split()},
}
"""The meanings of every phrase of one word or several."""

LONGEST = max(len(phrase.split()) for phrase in PHRASES)
"""Words of the longest phrase."""

_WITH_PART: Mapping[str, str] = {
    **{word: part for part, words in _PARTS.items() for word in words.split()},
    "morgen": MORNING,
}


def fold(text: str) -> str:
    """Return a text in small letters without accents: "nächsten" and "NACHSTEN" are one."""
    parts = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in parts if not unicodedata.combining(letter))


def compound(word: str) -> tuple[Meaning, ...] | None:
    """Return what a day and a part of it in one word mean ("dinsdagavond", "morgenochtend"), or None."""
    for end, part in _WITH_PART.items():
        begin = word.removesuffix(end)
        if len(begin) < 3 or begin == word:
            continue
        if begin == "morgen":
            return Meaning(Kind.DAY, 1), Meaning(Kind.PART, part)
        day = PHRASES.get(begin)
        if day is not None and day[0].kind in (Kind.WEEKDAY, Kind.DAY):
            return *day, Meaning(Kind.PART, part)
    return None
