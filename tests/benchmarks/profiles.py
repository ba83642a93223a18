"""The profiles that are measured: filled once, with one conversation of 1,000 messages in each."""

import asyncio
import hashlib
import random
import shutil
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

from tests.benchmarks.fill import ACCOUNTS, NOW, vocabulary
from tests.benchmarks.processes import ROOT
from tests.helpers.store_fixtures import KEY, ME, ManualClock

from deskhand.domain.capabilities import BodyFormat
from deskhand.domain.changes import ChangeBus
from deskhand.domain.ids import TicketKey
from deskhand.domain.threads import RemoteMessage, RemoteThread, Side, Visibility
from deskhand.domain.tickets import Person
from deskhand.store import open_store
from deskhand.sync.sanitizing import sanitize_messages

LONG = 1000
"""Messages of the long conversation."""

_READY = "benchmark.ready"
_MADE_BY = (
    ROOT / "tests/benchmarks/fill.py",
    ROOT / "tests/benchmarks/profiles.py",
    *ROOT.glob("src/deskhand/store/migrations/*/*.sql"),
)
"""A profile that was made by other versions of these is made anew."""


def long_ticket(tickets: int) -> TicketKey:
    """Return the ticket with the long conversation: a new one, so that it stands near the top."""
    return TicketKey(ACCOUNTS[0], f"t{(tickets - 1) // len(ACCOUNTS) * len(ACCOUNTS)}")


def prepare_profile(root: Path, tickets: int, messages: int | None = None) -> Path:
    """Return a profile with so many tickets and as many messages, making it where it is not there yet."""
    folder = root / f"profile-{tickets}"
    ready, made_by = folder / _READY, _fingerprint()
    if not (ready.exists() and ready.read_text(encoding="ascii") == made_by):
        shutil.rmtree(folder, ignore_errors=True)
        counts = (str(tickets), str(tickets if messages is None else messages))
        subprocess.run([sys.executable, "-m", "tests.benchmarks.fill", str(folder), *counts], check=True, cwd=ROOT)
        asyncio.run(_add_long_thread(folder, tickets))
        ready.write_text(made_by, encoding="ascii")
    return folder


def _fingerprint() -> str:
    return hashlib.sha256(b"".join(path.read_bytes() for path in sorted(_MADE_BY))).hexdigest()


def copy_profile(folder: Path) -> Path:
    """Return a copy that may be changed; the caller removes it."""
    copy = folder.with_name(f"{folder.name}-changed")
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(folder, copy)
    return copy


async def _add_long_thread(folder: Path, tickets: int) -> None:
    store = open_store(folder, KEY, ManualClock(NOW), ChangeBus())
    try:
        remote = tuple(_messages(LONG))
        sanitized = await sanitize_messages(remote, ME)
        await store.threads.apply(long_ticket(tickets), sanitized, RemoteThread(remote))
    finally:
        await store.aclose()


def _messages(count: int) -> list[RemoteMessage]:
    """Return HTML mails of 1.9 KB on average, as the reference was measured with, every fourth with a quote below."""
    rng = random.Random(11)  # noqa: S311 - repeatable, not secret
    words, weights = vocabulary()
    customer, agent = Person("Ada Byron", "ada@customer.test", "c1"), Person("Me", ME, "a1")
    made = []
    for number in range(count):
        paragraphs = [
            " ".join(rng.choices(words, cum_weights=weights, k=rng.randint(15, 70))) for _ in range(rng.randint(2, 7))
        ]
        body = "".join(f'<p style="margin:0">{text} <b>{text[:12]}</b></p>' for text in paragraphs)
        body += f'<ul><li>one</li><li><a href="https://example.test/{number}">order {number}</a></li></ul>'
        if number % 4 == 3:
            body += f"<blockquote>{paragraphs[0]}</blockquote>"
        mine = number % 2 == 1
        made.append(
            RemoteMessage(
                f"long-{number}",
                agent if mine else customer,
                Side.AGENT if mine else Side.CUSTOMER,
                Visibility.INTERNAL if number % 10 == 9 else Visibility.PUBLIC,
                f"<div>{body}</div>",
                BodyFormat.HTML,
                NOW - timedelta(hours=count - number),
            )
        )
    return made
