"""Nothing is lost and nothing is sent twice, however often the program is killed while it sends (cases O01 to O06).

Each vendor class gets its own sandbox process over real HTTP, which loses, cuts and refuses answers at random, and sessions of
the real engine on one profile that are killed (SIGKILL) after a random time, some of them while they start. A third of the texts
are identical. At last everything is settled and the sandbox's own journal is compared with what was asked for.

The short run kills 6 times per class, `--full` 500 times. Each records a line of its table, which is printed below the tests.
"""

import json
import os
import random
import re
import select
import signal
import subprocess
import sys
import time
import urllib.request
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

_DIRECTLY = urllib.request.build_opener(urllib.request.ProxyHandler({}))
"""Asks this computer itself, whatever proxy the environment names."""

pytestmark = [
    pytest.mark.soak,
    pytest.mark.skipif(not hasattr(os, "fork"), reason="sessions are forked"),
    pytest.mark.timeout(7200),
]

SESSIONS = Path(__file__).with_name("kill_session.py")
TICKETS = {"thena": 160, "thalamus": 220, "nexuscore": 80, "mijnklantportaal": 120, "routera": 160}
IDENTICAL = "Thanks, this is done."
SETTLE = 0.5
"""Seconds: longer than the slowest answer below, as the product's 60 are longer than a vendor's."""

FAULTS = [
    {"kind": "latency", "times": None, "seconds": 0.005, "jitter": 0.06},
    {"kind": "drop_before", "times": None, "chance": 0.06},
    {"kind": "accept_and_drop", "times": None, "chance": 0.12, "methods": ["POST", "PATCH"]},
    {"kind": "cut_body", "times": None, "chance": 0.06, "methods": ["POST", "PATCH"]},
    {"kind": "status", "times": None, "chance": 0.05, "status": 500, "body": "{}"},
    {"kind": "html_instead", "times": None, "chance": 0.03},
    {"kind": "status", "times": None, "chance": 0.02, "status": 429, "body": "{}", "retry_after": "0"},
]


@dataclass(frozen=True)
class Class:
    """A way of sending and what it may come to.

    Attributes:
        keyed: the vendor knows a repetition, so nothing ever needs to be asked.
        batch: how many messages a session submits.
        alike: share of messages with one and the same text.
    """

    vendor: str
    what: str
    keyed: bool
    batch: tuple[int, ...] = (1, 2, 2, 3)
    alike: float = 0.34


CLASSES = (
    Class("thena", "reply", keyed=True),
    Class("thalamus", "reply", keyed=True),
    Class("nexuscore", "reply", keyed=False),
    Class("mijnklantportaal", "reply", keyed=False, batch=(1,)),
    Class("thena", "macro", keyed=True, batch=(1,)),
    Class("nexuscore", "macro", keyed=False, batch=(1,)),
    Class("routera", "create", keyed=True, batch=(0, 1)),
    Class("nexuscore", "create", keyed=False, batch=(1,), alike=0.1),
)


@dataclass
class Sandbox:
    control: str
    base_url: str
    credentials: dict[str, str]
    vendor: str

    def ask(self, path: str, method: str = "GET", body: object = None) -> Any:
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(  # noqa: S310 - loopback
            f"{self.control}/{self.vendor}/{path}", data, {"content-type": "application/json"}, method=method
        )
        with _DIRECTLY.open(request, timeout=60) as answer:
            return json.load(answer)


@contextmanager
def sandbox(vendor: str) -> Iterator[Sandbox]:
    command = [sys.executable, "-m", "deskhand", "sandbox", "--json", "--no-rate-limits", "--only", vendor]
    process = subprocess.Popen([*command, "--tickets", str(TICKETS[vendor])], stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        told = json.loads(process.stdout.readline())
        one = told["vendors"][vendor]
        yield Sandbox(told["control"], one["base_url"], one["credentials"], vendor)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(20)
        if process.stdout is not None:
            process.stdout.close()


class Sessions:
    """Talks to `kill_session.py`."""

    def __init__(self, process: subprocess.Popen[str], folder: Path) -> None:
        assert process.stdin is not None
        assert process.stdout is not None
        self._in, self._out = process.stdin, process.stdout
        self._folder = folder
        self._told: dict[str, int] = {}

    def begin(self, request: dict[str, object]) -> int:
        self._in.write(json.dumps(request) + "\n")
        self._in.flush()
        pid: int = json.loads(self._out.readline())["pid"]
        return pid

    def wait_ready(self) -> None:
        """Wait until the engine runs; a session that ends before is found out by `end`."""
        self._told = json.loads(self._out.readline())

    def end(self) -> int:
        while "status" not in self._told:
            self._told = json.loads(self._out.readline())
        status: int = self._told["status"]
        self._told = {}
        failure = self._folder / "failure"
        assert status in (0, -signal.Signals["SIGKILL"]), failure.read_text(encoding="utf-8")
        return status

    def run(self, request: dict[str, object]) -> Any:
        self.begin(request)
        assert self.end() == 0
        return json.loads((self._folder / "result").read_text(encoding="utf-8"))


@contextmanager
def sessions(folder: Path) -> Iterator[Sessions]:
    process = subprocess.Popen(
        [sys.executable, str(SESSIONS)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    try:
        yield Sessions(process, folder)
    finally:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.close()
        process.wait(20)
        process.stdout.close()


@dataclass
class Jobs:
    """Makes what is to be sent: two thirds told apart by a number, the rest with one and the same text."""

    what: str
    alike: float
    tickets: list[str]
    form: dict[str, list[str]]
    dice: random.Random
    made: int = 0
    names: list[str] = field(default_factory=list)

    def some(self, number: int) -> list[dict[str, object]]:
        return [self._one() for _ in range(number)]

    def _one(self) -> dict[str, object]:
        self.made += 1
        alike = self.dice.random() < self.alike
        text = IDENTICAL if alike else f"Your order <{self.made}> & what you asked: number {self.made}."
        if self.what == "reply":
            return {"ticket": self.dice.choice(self.tickets), "text": text}
        if self.what == "macro":
            return {"ticket": self.dice.choice(self.tickets), "text": text, "macro": f"kill {self.made}"}
        return {"ticket": None, "text": text, "fields": self._fields(text)}

    def _fields(self, text: str) -> dict[str, str]:
        fields = {
            "ticket_name": text,
            "subject": text,
            "description": "Made by the kill test.",
            "customer.email": "ada@customer.example",
        }
        for name, choices in self.form.items():
            if choices and name in ("brand_id", "pipeline", "ticket_stage"):
                fields[name] = choices[0]
        return {name: value for name, value in fields.items() if name in self.form}


Group = tuple[str | None, str]


def known_text(text: str) -> str:
    """Return the text of a job that a vendor's text is about, however the vendor wrote it down."""
    number = re.search(r"number (\d+)\.", text)
    return f"number {number[1]}" if number else ("alike" if "Thanks, this is done." in text else "")


@dataclass
class Counts:
    messages: int = 0
    kills: int = 0
    sent: int = 0
    asked: int = 0
    arrived: int = 0
    lost: int = 0
    twice: int = 0


def count(
    kind: Class, ledger: Path, outbox: list[dict[str, Any]], received: list[dict[str, Any]]
) -> tuple[Counts, list[str]]:
    """Compare what was asked for, what the program says, and what the vendor has."""
    is_reply = kind.what != "create"

    def group(ticket: str | None, text: str) -> Group:
        return (ticket if is_reply else None, known_text(text))

    will: Counter[Group] = Counter()
    did: Counter[Group] = Counter()
    for line in ledger.read_text(encoding="utf-8").splitlines():
        job = json.loads(line)
        (will if job["word"] == "will" else did)[group(job["ticket"], job["text"])] += 1
    sent: Counter[Group] = Counter()
    kept: Counter[Group] = Counter()
    for item in outbox:
        if not known_text(item["text"]):
            continue  # a change that came with a message
        (sent if item["delivery"] == "sent" else kept)[group(item["ticket"], item["text"])] += 1
    there: Counter[Group] = Counter()
    for entry in received:
        if entry["kind"] == ("message" if is_reply else "ticket"):
            words = entry["text"] if is_reply else f"{entry['text']} {json.dumps(entry['fields'])}"
            if known_text(words or ""):
                there[group(entry["ticket"], words)] += 1
    found = Counts(messages=did.total(), sent=sent.total(), asked=kept.total())
    wrong = []
    for one in sorted(will.keys() | sent.keys() | kept.keys() | there.keys(), key=str):
        ours = sent[one] + kept[one]
        lost = max(0, did[one] - ours, sent[one] - there[one])
        twice = max(0, there[one] - ours)
        found.arrived += max(0, min(kept[one], there[one] - sent[one]))
        found.lost += lost
        found.twice += twice
        if lost or twice or ours > will[one]:
            wrong.append(
                f"{one}: asked for {did[one]}..{will[one]}, sent {sent[one]}, kept {kept[one]}, there {there[one]}"
            )
    ids = Counter(
        (item["ticket"], item["remote_id"])
        for item in outbox
        if item["delivery"] == "sent" and item["remote_id"] and known_text(item["text"])
    )
    wrong += [f"one proof for {n} messages: {proof}" for proof, n in ids.items() if n > 1]
    keys = Counter(
        entry["key"] for entry in received if entry["key"] and known_text(f"{entry['text']} {entry['fields']}")
    )
    wrong += [f"the key {key} made {n} things" for key, n in keys.items() if n > 1]
    return found, wrong


@pytest.mark.parametrize("kind", CLASSES, ids=lambda kind: f"{kind.vendor}-{kind.what}")
def test_kills_lose_nothing_and_send_nothing_twice(
    kind: Class, tmp_path: Path, pytestconfig: pytest.Config, record_property: Callable[[str, object], None]
) -> None:
    kills = 500 if pytestconfig.getoption("--full") else 6
    seed = int(os.environ.get("DESKHAND_KILL_SEED", random.SystemRandom().randrange(10**6)))
    dice = random.Random(seed)  # noqa: S311 - the seed is printed, so that a run can be had again
    print("seed", seed)  # shown with a failure
    folder, ledger = tmp_path / "profile", tmp_path / "ledger"
    folder.mkdir()
    ledger.touch()
    with sandbox(kind.vendor) as box, sessions(folder) as running:
        secret = box.credentials.get("client_secret") or box.credentials["api_key"]
        held = box.ask("tickets") if kind.vendor == "thalamus" else []
        common: dict[str, object] = {
            "folder": str(folder),
            "ledger": str(ledger),
            "vendor": kind.vendor,
            "base_url": box.base_url,
            "secret": secret,
            "settings": {k: v for k, v in box.credentials.items() if k == "client_id"},
            "settle": SETTLE,
        }
        taken = [{"external_id": t["id"], "title": t["subject"], "status": t["state"]} for t in held[:30]]
        facts = running.run({**common, "do": "prepare", "import": taken})
        jobs = Jobs(kind.what, kind.alike, facts["tickets"][:8], facts["form"], dice)
        assert kind.what == "create" or jobs.tickets
        box.ask("faults", "POST", FAULTS)
        done = tries = 0
        while done < kills:
            tries += 1
            assert tries < 2 * kills + 20, "sessions end before they can be killed"
            pid = running.begin({**common, "do": "work", "jobs": jobs.some(dice.choice(kind.batch))})
            if dice.random() < 0.9:
                running.wait_ready()
            kill_after(pid, dice.uniform(0.0, 0.6))
            done += running.end() == -signal.Signals["SIGKILL"]
        box.ask("faults", "DELETE")
        outbox = settled(running, {**common, "do": "settle"})
        found, wrong = count(kind, ledger, outbox, box.ask("received"))
    found.kills = done
    by_proof = Counter(item["proof"] for item in outbox)
    record_property(
        "figures",
        f"{kind.vendor} {kind.what}: {found.messages} messages, {done} kills, {found.sent} sent ({by_proof['found']} of them"
        f" found by looking), {found.asked} asked"
        f" ({found.arrived} of them had arrived), {found.lost} lost, {found.twice} sent twice (seed {seed})",
    )
    problems = Counter(
        (item["delivery"], item["ask"], item["problem"])
        for item in outbox
        if item["delivery"] != "sent" and not behind_a_question(item, outbox)
    )
    assert not wrong, (wrong, seed)
    assert (found.lost, found.twice) == (0, 0)
    if kind.keyed:
        assert not problems, problems
    else:
        assert {(delivery, ask) for delivery, ask, _ in problems} <= {("ask", "may_have_been_sent")}, problems


def behind_a_question(item: Mapping[str, Any], outbox: Sequence[Mapping[str, Any]]) -> bool:
    """Tell whether a change waits for the answer before it, about which the agent is asked (a macro's changes behind its message)."""
    by_id = {one["id"]: one for one in outbox}
    before = by_id.get(item["after"])
    return before is not None and (before["delivery"] == "ask" or behind_a_question(before, outbox))


def settled(running: Sessions, request: dict[str, object]) -> list[dict[str, Any]]:
    """Start again until nothing moved for longer than the minute of a vendor's limit, which is kept across starts."""
    open_before, moved_at = -1, time.monotonic()
    while True:
        outbox: list[dict[str, Any]] = running.run(request)
        still_open = sum(
            item["delivery"] in ("queued", "unknown", "sending")
            for item in outbox
            if not behind_a_question(item, outbox)
        )
        if still_open != open_before:
            open_before, moved_at = still_open, time.monotonic()
        if not still_open or time.monotonic() - moved_at > 90:
            return outbox


def kill_after(pid: int, seconds: float) -> None:
    """Kill a process of ours after a while; it may have ended before."""
    select_nothing(seconds)
    try:
        os.kill(pid, signal.Signals["SIGKILL"])
    except ProcessLookupError:
        return


def select_nothing(seconds: float) -> None:
    """Wait: here the passing of time is the test's input, not a condition to wait for."""
    select.select([], [], [], seconds)
