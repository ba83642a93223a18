"""The field's terms: names that the glossary replaced (resources/docs/glossary.md) do not come back, in code or in prose."""

import io
import re
import tokenize
from collections.abc import Iterator
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


def tokens(path: Path) -> Iterator[tokenize.TokenInfo]:
    return tokenize.generate_tokens(io.StringIO(path.read_text(encoding="utf-8")).readline)


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
    return re.sub(r"```.*?```|`[^`]*`", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("old", REPLACED_NAMES)
def test_a_replaced_name_is_no_name_any_more(old: str) -> None:
    found = [
        f"{name(path)}:{token.start[0]}"
        for path in FILES
        if re.search(rf"\b{old}\b", path.read_text(encoding="utf-8"))
        for token in tokens(path)
        if token.type == tokenize.NAME and token.string == old
    ]
    assert not found, f"say {REPLACED_NAMES[old]}"


@pytest.mark.parametrize("old", REPLACED_WORDS)
def test_a_replaced_word_is_in_no_comment_and_no_document(old: str) -> None:
    pattern = re.compile(rf"\b{old}\b", re.IGNORECASE)
    found = [name(path) for path in FILES for text in prose(path) if pattern.search(text)]
    glossary = ROOT / "resources" / "docs" / "glossary.md"
    found += [name(path) for path in TEXTS if path != glossary and pattern.search(plain_text(path))]
    assert not found, f"say {REPLACED_WORDS[old]}"
