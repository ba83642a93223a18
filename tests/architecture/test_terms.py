"""The field's terms: names that the glossary replaced (resources/docs/glossary.md) do not come back, in code or in prose."""

import io
import re
import tokenize
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FILES = sorted(
    path for folder in ("src", "tests", "packaging") for path in (ROOT / folder).rglob("*.py") if path != Path(__file__)
)
TEXTS = sorted([*ROOT.glob("*.md"), *(ROOT / "resources").rglob("*.md")])

REPLACED_NAMES = {
    "AlreadySo": "AlreadyApplied",
    "AskAgent": "NeedsDecision",
    "AskReason": "DecisionReason",
    "Calls": "CommandExecutor",
    "ChangeFeed": "ChangeBus",
    "Courier": "OutboxItemProcessor",
    "FeedInfo": "AccountInfo",
    "Guarantee": "SendGuarantee",
    "House": "Services",
    "KeptDrafts": "DraftSaver",
    "Lane": "RequestPriority or SerialExecutor",
    "Misunderstood": "UnexpectedResponse",
    "NotAsAsked": "AppliedDifferently",
    "NotNow": "Postponed",
    "OpenedHouse": "OpenServices",
    "Ownership": "ProfileLock",
    "Paced": "Throttle",
    "Pump": "OutboxWorker",
    "Settling": "ReconcileConfig",
    "Shelf": "Group",
    "Tally": "CountDeltas",
    "TicketFeed": "TicketLister",
    "Utterance": "SeedMessage",
    "WASH_VERSION": "SANITIZER_VERSION",
    "Washed": "Sanitized",
    "build_house": "build_services",
    "carry_out": "execute",
    "furnish": "build_deferred",
    "gives_up": "is_stuck",
    "held_by": "stopped_by",
    "in_step": "wait_synced",
    "kept_words": "saved_texts",
    "looks_in_vain": "reconcile_exhausted",
    "shelf_noun": "group_label",
    "to_the_end": "shielded",
    "undressed": "without_stylesheet",
}
"""Identifiers that nothing is called any more, and what they are called."""

REPLACED_WORDS = {
    "courier": "item processor",
    "full walk": "full list sync",
    "shelf": "group",
    "shelves": "groups",
    "utterance": "message",
    "washed": "sanitized",
    "washing": "sanitizing",
}
"""Words of our prose (comments, docstrings, documents) that the field has terms for."""

WITHOUT_WORDS = [
    *(f"src/deskhand/{package}" for package in ("cli", "demo", "diagnostics", "doctor", "domain", "http", "profile")),
    *(f"src/deskhand/{package}" for package in ("secrets", "services", "store", "sync", "vendors")),
    "src/deskhand_sandbox",
    "tests/contract",
    "tests/unit/cli",
    "tests/unit/http",
    "tests/unit/profile",
    "tests/unit/secrets",
    "tests/unit/vendors",
    "packaging",
]
"""Folders in which nothing is called a word: a word is one of a text, and what they handle are labels, messages, arguments, tokens."""

OF_A_TEXT = {"src/deskhand_sandbox/nexuscore/search.py", "src/deskhand_sandbox/thena/search.py"}
"""Files in them that look for the words of a text."""


@cache
def text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def tokens(path: Path) -> Iterator[tokenize.TokenInfo]:
    return tokenize.generate_tokens(io.StringIO(text_of(path)).readline)


def prose(path: Path) -> Iterator[str]:
    """Yield comments and the texts that are statements of their own; no data, no SQL."""
    before = tokenize.NEWLINE
    for token in tokens(path):
        if token.type == tokenize.COMMENT or (
            token.type == tokenize.STRING and before in (tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT)
        ):
            yield token.string
        if token.type not in (tokenize.NL, tokenize.COMMENT):
            before = token.type


def plain_text(path: Path) -> str:
    """Return a document without its code: published keys, options and file names keep their names."""
    return re.sub(r"```.*?```|`[^`]*`", "", text_of(path), flags=re.DOTALL)


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("old", REPLACED_NAMES)
def test_a_replaced_name_is_no_name_any_more(old: str) -> None:
    found = [
        f"{name(path)}:{token.start[0]}"
        for path in FILES
        if old in text_of(path)
        for token in tokens(path)
        if token.type == tokenize.NAME and token.string == old
    ]
    assert not found, f"say {REPLACED_NAMES[old]}"


@pytest.mark.parametrize("old", REPLACED_WORDS)
def test_a_replaced_word_is_in_no_comment_and_no_document(old: str) -> None:
    pattern = re.compile(rf"\b{old}\b", re.IGNORECASE)
    holding = [path for path in FILES if pattern.search(text_of(path))]
    found = [name(path) for path in holding for text in prose(path) if pattern.search(text)]
    glossary = ROOT / "resources" / "docs" / "glossary.md"
    found += [name(path) for path in TEXTS if path != glossary and pattern.search(plain_text(path))]
    assert not found, f"say {REPLACED_WORDS[old]}"


@pytest.mark.parametrize("folder", WITHOUT_WORDS)
def test_a_word_is_a_word_of_a_text(folder: str) -> None:
    pattern = re.compile(r"(?:.*_)?words?(?:_.*)?", re.IGNORECASE)
    found = [
        f"{name(path)}:{token.start[0]} {token.string}"
        for path in FILES
        if path.is_relative_to(ROOT / folder) and name(path) not in OF_A_TEXT
        for token in tokens(path)
        if token.type == tokenize.NAME and pattern.fullmatch(token.string)
    ]
    assert not found, "say label, message, sentence, text, term, token, argument or name"
