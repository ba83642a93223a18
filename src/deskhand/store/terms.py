"""Words for the full-text index, and what an agent types turned into a query that cannot fail.

unicode61 keeps a run of Chinese, Japanese or Thai as one word, so nothing inside it would be found. Such runs are indexed a second
time as overlapping pairs in a column of their own (`grams`), which costs nothing for other scripts, works for words of one or two
characters (a trigram index needs three), and covers messages too.
"""

import re

_UNSPACED_RUN = re.compile(
    "[\u0e00-\u0e7f\u3041-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003134f]+"
)
_PART = re.compile(r'"([^"]*)"|([^\s"]+)')
_MAX_TERMS = 16
_MAX_CHARS = 400


def bigrams(*texts: str) -> str:
    """Return the pairs of every run without spaces, and its last character, or ""."""
    pairs: list[str] = []
    for text in texts:
        if text.isascii():
            continue
        for run in _UNSPACED_RUN.findall(text):
            pairs.extend(run[i : i + 2] for i in range(len(run)))
    return " ".join(pairs)


def without_surrogates(text: str) -> str:
    """Return what was typed without half surrogate pairs, which SQLite takes none of and a keyboard may give."""
    return text.encode("utf-8", "replace").decode()


def fts_query(text: str, *, prefix_last: bool = True) -> str:
    """Return an FTS5 query for what was typed, "" where it holds no word.

    Every part must occur; quotes make a phrase; the last word is taken as a beginning once it has three characters.

    Args:
        begins: False = the last word too is taken as it stands.
    """
    parts = [(quoted, bool(quoted)) if quoted else (plain, False) for quoted, plain in _PART.findall(_clean(text))]
    terms: list[str] = []
    for position, (part, is_phrase) in enumerate(parts[:_MAX_TERMS]):
        is_last = prefix_last and position == len(parts) - 1 and not is_phrase
        terms.extend(_terms(part, prefix_last=is_last))
    return " AND ".join(terms)


def _clean(text: str) -> str:
    return text.replace("\0", " ")[:_MAX_CHARS]


def _terms(part: str, *, prefix_last: bool) -> list[str]:
    terms: list[str] = []
    rest = part
    for run in _UNSPACED_RUN.findall(part):
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
