"""Words for the full-text index, and what an agent types turned into a query that cannot fail.

unicode61 keeps a run of Chinese, Japanese or Thai as one word, so nothing inside it would be found. Such runs are indexed a second
time as overlapping pairs in a column of their own (`grams`), which costs nothing for other scripts, works for words of one or two
characters (a trigram index needs three), and covers messages too.
"""

import unicodedata
from collections.abc import Iterable

from deskhand.domain.filters.syntax import Named
from deskhand.domain.filters.text_match import UNSPACED_RUN, is_beginning, pieces
from deskhand.domain.lazy_pattern import lazy_pattern
from deskhand.domain.threads import Attachment

_PART = lazy_pattern(r'"([^"]*)"|([^\s"]+)')
_MAX_TERMS = 16
_MAX_CHARS = 400


def bigrams(*texts: str) -> str:
    """Return the pairs of every run without spaces, and its last character, or ""."""
    pairs: list[str] = []
    for text in texts:
        if text.isascii():
            continue
        for run in UNSPACED_RUN.findall(text):
            pairs.extend(run[i : i + 2] for i in range(len(run)))
    return " ".join(pairs)


def index_terms(text: str, files: Iterable[Attachment]) -> str:
    """Return what the index holds of a message beside its text: pairs of scripts without spaces, and the names of its files."""
    names = [file.name for file in files]
    return " ".join(filter(None, (bigrams(text, *names), *names))) if names else bigrams(text)


def plain_terms(text: str) -> list[str]:
    """Return the words of a text as the index has them: small letters and digits, without accents."""
    if not text.isascii():
        text = "".join(ch for ch in unicodedata.normalize("NFD", text) if not unicodedata.combining(ch))
    return "".join(ch if ch.isalnum() else " " for ch in text.lower()).split()  # ß stays what it is


def beginnings_query(text: str, column: str) -> str:
    """Return an FTS5 query for texts of one column that hold a word beginning with each typed one, "" where there is no word."""
    return " AND ".join(f'{column} : "{term}"*' for term in plain_terms(_clean(text))[:_MAX_TERMS])


def bare_number(text: str) -> str:
    """Return what of a text may be a ticket's number or id: without "Ref" and "#" before it."""
    said = text.strip()
    if said[:3].casefold() == "ref" and said[3:4] in (" ", ":", "."):
        said = said[4:].strip()
    return said.removeprefix("#")


def without_surrogates(text: str) -> str:
    """Return what was typed without half surrogate pairs, which SQLite takes none of and a keyboard may give."""
    return text.encode("utf-8", "replace").decode()


def fts_query(text: str, *, prefix_last: bool = True) -> str:
    """Return an FTS5 query for what was typed, "" where it holds no word.

    Every part must occur; quotes make a phrase; the last word is taken as a beginning once it has three characters.

    Args:
        prefix_last: False = the last word too is taken as it stands.
    """
    parts = [(quoted, bool(quoted)) if quoted else (plain, False) for quoted, plain in _PART.findall(_clean(text))]
    terms: list[str] = []
    for position, (part, is_phrase) in enumerate(parts[:_MAX_TERMS]):
        is_last = prefix_last and position == len(parts) - 1 and not is_phrase
        terms.extend(_terms(part, prefix_last=is_last))
    return " AND ".join(terms)


def fts_phrases(wanted: Named, column: str = "") -> str:
    """Return an FTS5 query for a term of a filter, "" where nothing of it can be looked for.

    Args:
        column: the only column in which what is written with spaces is looked for; runs without are in `grams` alone.
    """
    runs, phrases = pieces(wanted)
    before = f"{column} : " if column else ""
    terms = [term for run in runs for term in _terms(run, prefix_last=False)]
    for piece in phrases:
        star = "*" if is_beginning(wanted, piece) else ""
        quoted = piece.replace('"', '""')
        terms.append(f'{before}"{quoted}"{star}')
    return " AND ".join(terms)


def _clean(text: str) -> str:
    return text.replace("\0", " ")[:_MAX_CHARS]


def _terms(part: str, *, prefix_last: bool) -> list[str]:
    terms: list[str] = []
    rest = part
    for run in UNSPACED_RUN.findall(part):
        rest = rest.replace(run, " ", 1)
        if len(run) == 1:
            terms.append(f'grams : "{run}"*')
        else:
            terms.append('grams : "' + " ".join(run[i : i + 2] for i in range(len(run) - 1)) + '"')
    pieces = [piece for piece in rest.split() if any(ch.isalnum() for ch in piece)] if rest != part else [rest]
    for position, piece in enumerate(pieces):
        if any(ch.isalnum() for ch in piece):
            star = "*" if prefix_last and position == len(pieces) - 1 and len(piece) >= 3 else ""
            terms.append(f'"{piece}"{star}')
    return terms
