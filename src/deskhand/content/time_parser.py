"""Reads a typed time word by word into a `time_spec.TimeSpec`."""

import re
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from .time_spec import HELP, TimeSpec, Unclear, add_months
from .time_words import EVENING, LONGEST, MONTHS, MORNING, PHRASES, Kind, Meaning, compound, fold

_TOKEN = re.compile(
    r"(?P<iso>\d{4}-\d{1,2}-\d{1,2})|(?P<dots>\d{1,2}\.\d{1,2}\.(?:\d{4}|\d{2})?(?!\d))|(?P<slash>\d{1,2}/\d{1,2}(?:/\d{4}|/\d{2})?(?!\d))"
    r"|(?P<dash>\d{1,2}-\d{1,2}(?:-\d{4})?(?!\d))|(?P<clock>\d{1,2}:\d{2}(?!\d))|(?P<joined>\d{1,2}[hu]\d{2}(?!\d))"
    r"|(?P<dot>\d{1,2}\.\d{2}(?!\d))|(?P<ordinal>\d{1,2}(?:st|nd|rd|th|e|\.)(?![\w]))|(?P<number>\d{1,6}(?:[.,]\d{1,2})?)"
    r"|(?P<word>[^\W\d_]+(?:'[^\W\d_]+)?|@|'s)"
)
_GAPS = re.compile(r"[\s,;.]*")


class TimeParser:
    """Reads one text.

    Args:
        now: the local time without a zone.
    """

    def __init__(self, text: str, now: datetime, day_start: time) -> None:
        self._spec = TimeSpec(now, day_start)
        self._tokens = _tokens(text)
        self._at = 0

    def moments(self) -> list[datetime] | float:
        """Return the local times that the text may mean, or for a length of time its seconds."""
        while self._at < len(self._tokens):
            self._step()
        return self._spec.combine()

    def _peek(self, by: int = 0) -> Meaning | None:
        """Return the meaning of a word further on, where it has one only."""
        place = self._at + by
        if place < len(self._tokens) and self._tokens[place][0] == "word":
            found = PHRASES.get(self._tokens[place][1])
            return found[0] if found is not None and len(found) == 1 else None
        return None

    def _peek_kind(self, by: int = 0) -> Kind | None:
        meaning = self._peek(by)
        return None if meaning is None else meaning.kind

    def _step(self) -> None:
        name, value = self._tokens[self._at]
        self._at += 1
        if name == "word":
            self._at -= 1
            self._word()
        elif name in ("number", "ordinal"):
            self._number(name, value)
        elif name in ("clock", "joined", "dot"):
            self._clock(name, value)
        else:
            self._date(name, value)

    def _word(self) -> None:
        words = [value for name, value in self._tokens[self._at :] if name == "word"]
        for length in range(min(LONGEST, len(words)), 0, -1):
            here = self._tokens[self._at : self._at + length]
            phrase = " ".join(value for _, value in here)
            if all(name == "word" for name, _ in here) and (found := PHRASES.get(phrase)) is not None:
                self._at += length
                self._take(found)
                return
        word = self._tokens[self._at][1]
        self._at += 1
        if word == "morgen":  # tomorrow in Dutch and German; behind a day the morning
            named = self._spec.days or self._spec.weekday is not None
            self._take((Meaning(Kind.PART, MORNING) if named else Meaning(Kind.DAY, 1),))
        elif word == "uur":
            self._take((Meaning(Kind.O_CLOCK),))
        elif word == "am" and not self._spec.times:  # "am Montag"
            pass
        elif (both := compound(word)) is not None:
            self._take(both)
        else:
            raise Unclear(f"“{word}” is not understood. {HELP}")

    def _take(self, meanings: Sequence[Meaning]) -> None:
        for place, meaning in enumerate(meanings):
            kind, value = meaning
            if kind is Kind.DAY:
                self._spec.set_day(self._spec.today + timedelta(days=int(value)))
            elif kind is Kind.WEEKDAY:
                self._spec.set_weekday(int(value))
            elif kind is Kind.PART:
                self._spec.set_part(str(value))
            elif kind is Kind.NEXT:
                self._next()
            elif kind is Kind.END:
                self._end()
            elif kind is Kind.IN:
                self._length()
                return
            elif kind is Kind.MONTH:
                self._month(int(value))
            elif kind is Kind.NUMBER and place + 1 < len(meanings):
                self._spec.add_length(float(value), str(meanings[place + 1].value))
                return
            elif kind is Kind.NUMBER:
                self._counted(float(value))
            elif kind in (Kind.UNIT, Kind.O_CLOCK):
                raise Unclear(f"It is not said how many. {HELP}")

    def _next(self) -> None:
        """What follows "next": a week, a month, a year or a day of the week."""
        meaning = self._peek()
        if meaning == (Kind.UNIT, "week"):
            self._spec.is_next_week = True
        elif meaning == (Kind.UNIT, "month"):
            self._spec.set_day(add_months(self._spec.today.replace(day=1), 1))
        elif meaning == (Kind.UNIT, "year"):
            self._spec.set_day(date(self._spec.today.year + 1, 1, 1))
        elif meaning is not None and meaning.kind is Kind.WEEKDAY:
            self._spec.is_next = True
            return
        else:
            raise Unclear(f"It is not said what comes next. {HELP}")
        self._at += 1

    def _end(self) -> None:
        meaning = self._peek()
        if meaning is not None and meaning.kind is Kind.FILL:
            self._at += 1
            meaning = self._peek()
        if meaning == (Kind.UNIT, "month"):
            self._spec.set_day(add_months(self._spec.today.replace(day=1), 1) - timedelta(days=1))
        elif meaning == (Kind.UNIT, "week"):
            self._spec.set_day(self._spec.today + timedelta(days=(4 - self._spec.today.weekday()) % 7))
        elif meaning == (Kind.UNIT, "year"):
            self._spec.set_day(date(self._spec.today.year, 12, 31))
        elif meaning == (Kind.UNIT, "day"):
            self._spec.set_day(self._spec.today)
            self._spec.set_part(EVENING)
        else:
            raise Unclear(f"It is not said what ends. {HELP}")
        self._at += 1

    def _length(self) -> None:
        """What follows "in": a number of units, perhaps several ("2 hours 15 min", "1h30")."""
        began = self._at
        while self._at < len(self._tokens):
            name, value = self._tokens[self._at]
            if name == "joined":
                hours, minutes = re.split("[hu]", value)
                self._spec.is_length = True
                self._spec.seconds += int(hours) * 3600 + int(minutes) * 60
                self._at += 1
                continue
            if self._peek_kind() is Kind.FILL:
                self._at += 1
                continue
            phrase = self._long_number()
            if phrase is not None:
                self._spec.add_length(*phrase)
                continue
            meaning = self._peek()
            is_counted = name == "number" or (meaning is not None and meaning.kind is Kind.NUMBER)
            unit = self._unit_at(1)
            if not is_counted or not unit:
                break
            number = float(value.replace(",", ".")) if name == "number" else float(meaning.value if meaning else 0)
            self._at += 2
            self._spec.add_length(number, unit)
        if not self._spec.is_length and not (self._spec.days and self._at > began):
            raise Unclear(f"It is not said how long. {HELP}")

    def _long_number(self) -> tuple[float, str] | None:
        """Return number and unit where one phrase says both ("half an hour"), and go behind it."""
        for length in range(LONGEST, 1, -1):
            here = self._tokens[self._at : self._at + length]
            found = PHRASES.get(" ".join(value for _, value in here)) if len(here) == length else None
            if found is not None and len(found) == 2 and found[0].kind is Kind.NUMBER:
                self._at += length
                return float(found[0].value), str(found[1].value)
        return None

    def _unit_at(self, by: int) -> str:
        meaning = self._peek(by)
        if meaning is not None and meaning.kind is Kind.UNIT:
            return str(meaning.value)
        place = self._at + by
        return "hour" if place < len(self._tokens) and self._tokens[place] == ("word", "uur") else ""

    def _counted(self, number: float) -> None:
        """A number in letters: of units, or an hour."""
        if unit := self._unit_at(0):
            self._at += 1
            self._spec.add_length(number, unit)
        elif number == int(number):
            self._spec.set_hour(int(number))
        else:  # "half 10" is 9:30 in Dutch and German, and 10:30 in English
            name, value = self._tokens[self._at] if self._at < len(self._tokens) else ("", "")
            if name != "number" or not 1 <= float(value.replace(",", ".")) <= 12:
                raise Unclear(f"It is not said half of what. {HELP}")
            self._at += 1
            hour = int(float(value.replace(",", ".")))
            self._spec.set_times(time(hour - 1, 30), time(hour % 24, 30))

    def _number(self, name: str, value: str) -> None:
        meaning = self._peek()
        if name == "ordinal":
            day = int(re.sub(r"\D", "", value))
            if meaning is not None and meaning.kind is Kind.MONTH:
                self._at += 1
                self._month(int(meaning.value), day)
            else:
                self._spec.set_day_of_month(day)
            return
        number = float(value.replace(",", "."))
        following = self._tokens[self._at][1] if self._at < len(self._tokens) else ""
        if following in ("am", "pm", "a", "p") and number == int(number) and self._spec.times == []:
            self._at += 1
            self._spec.set_half_day(int(number), 0, following)
        elif following in ("uhr", "uur", "u", "oclock", "o'clock") and number == int(number):
            self._at += 1
            self._spec.set_hour(int(number))
        elif unit := self._unit_at(0):
            self._at += 1
            self._spec.add_length(number, unit)
        elif meaning is not None and meaning.kind is Kind.MONTH:
            self._at += 1
            self._month(int(meaning.value), int(number))
        elif number == int(number):
            self._spec.set_hour(int(number))
        else:
            raise Unclear(f"“{value}” is not understood. {HELP}")

    def _clock(self, name: str, value: str) -> None:
        hour, minute = (int(part) for part in re.split("[:.hu]", value))
        following = self._tokens[self._at][1] if self._at < len(self._tokens) else ""
        if name == "joined" and "h" in value:
            self._spec.is_length = True
            self._spec.seconds += hour * 3600 + minute * 60
            return
        if following in ("am", "pm"):
            self._at += 1
            self._spec.set_half_day(hour, minute, following)
            return
        if following in ("uhr", "uur", "u"):
            self._at += 1
        elif name == "dot" and 1 <= minute <= 12 and 1 <= hour <= 31:  # "3.12" is a date or a time
            date_read = [datetime.combine(day, self._spec.day_start) for day in self._spec.days_named(hour, minute)]
            if hour < 24:
                date_read.append(datetime.combine(self._spec.today, time(hour, minute)))
            raise Unclear(
                f"{value} is a day or a time. Type {value}. for the day, {hour}:{minute:02} for the time.", *date_read
            )
        if hour > 23 or minute > 59:
            raise Unclear(f"There is no time {value}.")
        self._spec.set_times(time(hour, minute))

    def _date(self, name: str, value: str) -> None:
        numbers = [int(part) for part in re.split(r"[-./]", value) if part]
        if name == "iso":
            self._spec.set_exact(numbers[2], numbers[1], numbers[0])
            return
        first, second = numbers[:2]
        year = None if len(numbers) < 3 else numbers[2] + (2000 if numbers[2] < 100 else 0)
        if name == "slash" and first != second and first <= 12 and second <= 12:
            days = [*self._spec.days_named(first, second, year), *self._spec.days_named(second, first, year)]
            moments = [datetime.combine(day, self._spec.day_start) for day in days]
            raise Unclear(f"{value} is read in two ways. Type the month as a word.", *moments)
        if name == "slash" and second > 12:
            first, second = second, first
        if year is None:
            self._spec.set_named(first, second)
        else:
            self._spec.set_exact(first, second, year)

    def _month(self, month: int, day: int = 0) -> None:
        """Take a month with its day, before or behind it, and perhaps its year."""
        if not day:
            name, value = self._tokens[self._at] if self._at < len(self._tokens) else ("", "")
            if name not in ("number", "ordinal") or len(value) > 3:
                raise Unclear(f"It is not said which day of {MONTHS[month - 1]}.")
            self._at += 1
            day = int(re.sub(r"\D", "", value))
        name, value = self._tokens[self._at] if self._at < len(self._tokens) else ("", "")
        if name == "number" and len(value) == 4:
            self._at += 1
            self._spec.set_exact(day, month, int(value))
        else:
            self._spec.set_named(day, month)


def _tokens(text: str) -> list[tuple[str, str]]:
    folded = fold(text).replace("’", "'")
    found: list[tuple[str, str]] = []
    place = _end_of_gap(folded, 0)
    while place < len(folded):
        match = _TOKEN.match(folded, place)
        if match is None:
            raise Unclear(f"“{folded[place]}” is not understood. {HELP}")
        found.append((str(match.lastgroup), match.group()))
        place = _end_of_gap(folded, match.end())
    return found


def _end_of_gap(text: str, place: int) -> int:
    match = _GAPS.match(text, place)
    return place if match is None else match.end()
