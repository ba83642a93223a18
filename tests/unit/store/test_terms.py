import apsw
import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskhand.store.terms import bigrams, fts_query


@pytest.fixture(scope="module")
def index():
    db = apsw.Connection(":memory:")
    db.execute("CREATE VIRTUAL TABLE w USING fts5(text, grams, tokenize='unicode61 remove_diacritics 2')")
    texts = (
        "Where is my order ORD-1234567?",
        "Größe passt nicht, Rückgabe bitte",
        "返品の手続きを教えてください",
        "请问我的订单什么时候发货",
        "the quick brown fox",
        "brown the fox quick",
    )
    db.executemany(
        "INSERT INTO w(rowid, text, grams) VALUES(?, ?, ?)", ((n, t, bigrams(t)) for n, t in enumerate(texts))
    )
    return db


def found(index, text):
    query = fts_query(text)
    return {n for (n,) in index.execute("SELECT rowid FROM w WHERE w MATCH ?", (query,))} if query else set()


@pytest.mark.parametrize(
    ("typed", "rows"),
    [
        ("order", {0}),
        ("ord", {0}),
        ("or", set()),
        ("ORD-1234567", {0}),
        ("ord-123", {0}),
        ("grosse", set()),
        ("große", {1}),
        ("ruckgabe", {1}),
        ("手続", {2}),
        ("手", {2}),
        ("い", {2}),
        ("订单", {3}),
        ("订单什么", {3}),
        ("単", set()),
        ("quick fox", {4, 5}),
        ('"quick brown"', {4}),
        ('"quick brown', {4, 5}),
        ("brown qui", {4, 5}),
        ("???", set()),
        ("", set()),
    ],
)
def test_what_is_typed_finds_what_is_meant(index, typed, rows):
    assert found(index, typed) == rows


@pytest.mark.parametrize(
    "typed", ["a OR b", "NOT x", "x AND", "text:foo", "NEAR(a b)", '"', '""', "*", "(", "^x", "-x", "{a b}:c", "\0"]
)
def test_operators_are_only_words(index, typed):
    found(index, typed)


@given(st.text(max_size=80))
def test_nothing_that_can_be_typed_raises(index, typed):
    found(index, typed.encode("utf-8", "replace").decode())


def test_text_without_such_scripts_costs_no_pairs():
    assert bigrams("Where is my order?", "Größe") == ""
