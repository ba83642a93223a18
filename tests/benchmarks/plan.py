"""Which figures there are, how each is taken, and what it should be at most (the issue's targets)."""

import shutil
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.benchmarks import processes, profiles, replay
from tests.benchmarks.figures import Figure, medians

Env = Mapping[str, str]

LISTED = 20_000
"""Tickets of the recorded list; the stalls are measured with three accounts of it."""


@dataclass(frozen=True, slots=True)
class Bench:
    """What the measurements of one size share.

    Attributes:
        counts: whether valgrind counts the instructions of a start, where it is installed; that takes a minute.
    """

    root: Path
    tickets: int
    platforms: Mapping[str, Env]
    bare: Mapping[str, Mapping[str, float]]
    runs: int = 7
    frames: int = 400
    listed: int = LISTED
    seconds: float = 10
    counts: bool = True

    @property
    def folder(self) -> Path:
        """The filled profile, made at first use."""
        return profiles.prepare_profile(self.root, self.tickets)

    @contextmanager
    def copy(self) -> Iterator[Path]:
        """A copy of it that may be changed."""
        folder = profiles.copy_profile(self.folder)
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def figure(self, area: str, name: str, value: float, unit: str, **more: Any) -> Figure:
        """Return a figure at this size."""
        return Figure(area, name, value, unit, self.tickets, **more)

    def window(self, do: str, env: Env, **job: Any) -> Any:
        """Run the program with a job once."""
        return processes.run(
            "real_window", {"folder": str(self.folder), "tickets": self.tickets, **job, "do": do}, env=env
        )


def bare_window(env: Env, runs: int) -> dict[str, float]:
    """Return the medians of a window with nothing in it; the first start, which warms the files, is not counted."""
    return medians([processes.run("bare_window", {}, env=env) for _ in range(runs + 1)][1:])


def start(bench: Bench) -> Iterator[Figure]:
    """From the process to the first painted list, in turns with a bare window."""
    for name, env in bench.platforms.items():
        yield from _start(bench, name, env, name)
    if bench.counts and processes.can_count_instructions():
        yield _instructions(bench)
    yield from _second_start(bench)
    if processes.has_keyring():
        yield from _start_with_keyring(bench, *next(iter(bench.platforms.items())))


def _start(bench: Bench, platform: str, env: Env, said: str) -> Iterator[Figure]:
    real, bare = [], []
    for _ in range(bench.runs + 1):
        bare.append(processes.run("bare_window", {}, env=env))
        real.append(bench.window("start", env))
    ours, theirs = medians(real[1:]), medians(bare[1:])
    limit = min(250.0, 2.5 * theirs["painted"])
    yield bench.figure(
        "start", f"to the first painted list, {said}", ours["painted"], "ms", bare=theirs["painted"], target=limit
    )
    yield bench.figure("start", f"CPU until then, {said}", ours["cpu"], "ms", bare=theirs["cpu"], target=300)
    yield bench.figure("start", f"RSS then, {said}", ours["rss"], "MB", bare=theirs["rss"])


def _second_start(bench: Bench) -> Iterator[Figure]:
    found = processes.run("second_start", {"runs": bench.runs}, env=processes.OFFSCREEN)
    yield bench.figure("start", "second start, raises the window", found["ended"], "ms", target=150)


def _instructions(bench: Bench) -> Figure:
    env = {**processes.OFFSCREEN, "PYTHONHASHSEED": "0"}
    job = {"folder": str(bench.folder), "tickets": bench.tickets, "do": "start"}
    ours = processes.instructions("real_window", job, env=env)
    theirs = processes.instructions("bare_window", {}, env=env)
    return bench.figure("start", "instructions to the first painted list", ours, "M", bare=theirs, target=theirs * 1.8)


def _start_with_keyring(bench: Bench, platform: str, env: Env) -> Iterator[Figure]:
    job = {"folder": str(bench.folder), "tickets": bench.tickets, "runs": bench.runs, "counts": bench.counts}
    found = processes.run("keyring_start", job, env=env, prefix=("dbus-run-session", "--"))
    bare = bench.bare[platform]["painted"]
    said = f"to the first painted list, {platform}, real keyring"
    yield bench.figure("start", said, found["painted"], "ms", bare=bare, target=min(250.0, 2.5 * bare))
    if "instructions" in found:
        yield bench.figure("start", f"instructions {said}", found["instructions"], "M")


def lists(bench: Bench) -> Iterator[Figure]:
    """The list of the real window."""
    for name, env in bench.platforms.items():
        runs = [bench.window("lists", env, rounds=_few(bench) * 3, frames=bench.frames) for _ in range(_few(bench))]
        found, bare = medians(runs), bench.bare[name]["painted"]
        yield bench.figure(
            "list", f"open, filter or sort, first paint p50, {name}", found["open"]["p50"], "ms", bare=bare
        )
        yield bench.figure(
            "list", f"open, filter or sort, first paint p99, {name}", found["open"]["p99"], "ms", bare=bare, target=30
        )
        yield bench.figure(
            "list", f"open, filter or sort, complete p50, {name}", found["complete"]["p50"], "ms", bare=bare, target=200
        )
        for way, target in (("wheel", 6), ("page", 8), ("thumb", 16), ("keys", None)):
            yield from _frames(bench, "list", way, name, found[way], target)


def threads(bench: Bench) -> Iterator[Figure]:
    """A conversation of 1,000 messages."""
    for name, env in bench.platforms.items():
        runs = [bench.window("threads", env, rounds=_few(bench) * 5, frames=bench.frames) for _ in range(_few(bench))]
        found, bare = medians(runs), bench.bare[name]["painted"]
        yield bench.figure(
            "thread",
            f"1,000 messages, shown and painted p50, {name}",
            found["window"]["p50"],
            "ms",
            bare=bare,
            target=30,
        )
        yield bench.figure(
            "thread", f"1,000 messages, from the click p50, {name}", found["click"]["p50"], "ms", bare=bare
        )
        for way in ("wheel", "page", "thumb"):
            yield from _frames(bench, "thread", way, name, found[way], None)


def _frames(
    bench: Bench, area: str, way: str, name: str, told: Mapping[str, float], target: float | None
) -> Iterator[Figure]:
    bare = bench.bare[name]["painted"]
    yield bench.figure(area, f"{way} p50, {name}", told["p50"], "ms", bare=bare)
    yield bench.figure(area, f"{way} p99, {name}", told["p99"], "ms", bare=bare, target=target)
    yield bench.figure(area, f"{way} p99 of the thread's CPU, {name}", told["cpu99"], "ms", bare=bare)


def search(bench: Bench) -> Iterator[Figure]:
    """Words in all messages."""
    job = {"folder": str(bench.folder), "tickets": bench.tickets, "count": bench.frames // 2}
    found = medians([processes.run("search", job) for _ in range(_few(bench))])
    bare = _bare(bench)["painted"]
    for name, told in found.items():
        for way, said, most in (
            ("words", "hits with excerpts", 60),
            ("list", "the whole list", 60),
            ("first", "first hits in the list", 30),
        ):
            target = most if name == "phrase" else 20
            yield bench.figure("search", f"{name}, {said} p50", told[way]["p50"], "ms", bare=bare)
            yield bench.figure("search", f"{name}, {said} p99", told[way]["p99"], "ms", bare=bare, target=target)


def palette(bench: Bench) -> Iterator[Figure]:
    """Ctrl+K on an open ticket, and each key in it."""
    for name, env in bench.platforms.items():
        runs = [bench.window("palette", env, rounds=max(8, bench.frames // 10)) for _ in range(_few(bench))]
        found, bare = medians(runs), bench.bare[name]["painted"]
        for what, said in (("open", "opened and painted"), ("key", "a key, until it is painted")):
            yield bench.figure("palette", f"{said} p50, {name}", found[what]["p50"], "ms", bare=bare)
            yield bench.figure("palette", f"{said} p99, {name}", found[what]["p99"], "ms", bare=bare, target=30)
        yield bench.figure("palette", f"tickets or people behind the last key p50, {name}", found["found"]["p50"], "ms")
        yield bench.figure("palette", f"tickets or people behind the last key p99, {name}", found["found"]["p99"], "ms")


def search_box(bench: Bench) -> Iterator[Figure]:
    """Each key in the search box, and the list behind the last one."""
    for name, env in bench.platforms.items():
        runs = [bench.window("search_box", env, rounds=max(8, bench.frames // 20)) for _ in range(_few(bench))]
        found, bare = medians(runs), bench.bare[name]["painted"]
        yield bench.figure("box", f"a key, until it is painted p50, {name}", found["key"]["p50"], "ms", bare=bare)
        yield bench.figure(
            "box", f"a key, until it is painted p99, {name}", found["key"]["p99"], "ms", bare=bare, target=16
        )
        yield bench.figure("box", f"a key, CPU of the window's thread p50, {name}", found["own"]["p50"], "ms")
        yield bench.figure(
            "box", f"a key, CPU of the window's thread p99, {name}", found["own"]["p99"], "ms", target=16
        )
        yield bench.figure("box", f"the list behind the last key p50, {name}", found["found"]["p50"], "ms")


def sync(bench: Bench) -> Iterator[Figure]:
    """Tickets a second through the whole engine; the ratio is to httpx and json on the same pages."""
    with _served(bench, 1) as (addresses, key):
        raw = medians(
            [processes.run("syncing", {"do": "raw", "base": addresses[0], "key": key}) for _ in range(_few(bench))]
        )
        with bench.copy() as folder:
            job = {"do": "engine", "folder": str(folder), "base": addresses[0], "key": key}
            found = processes.run("syncing", job)
    yield bench.figure("sync", "new tickets per second", found["first"], "/s", bare=raw["first"], more_is_better=True)
    yield bench.figure(
        "sync", "unchanged tickets per second", found["again"], "/s", bare=raw["first"], more_is_better=True
    )
    for name, way in (("new", "first"), ("unchanged", "again")):
        share = 100 * found[way] / raw["first"]
        yield bench.figure("sync", f"{name} tickets, of raw httpx and json", share, "%", more_is_better=True)
    yield bench.figure("sync", "CPU per new ticket", found["cpu"], "us", bare=raw["cpu"])


def stall(bench: Bench) -> Iterator[Figure]:
    """Gaps of the window's thread."""
    for name, env in bench.platforms.items():
        with _served(bench, 3) as (addresses, key), bench.copy() as folder:
            job = {
                "folder": str(folder),
                "addresses": addresses,
                "key": key,
                "seconds": bench.seconds / 2,
                "settle": bench.seconds / 5,
                "thread": True,
            }
            found = bench.window("stalls", env, **job)
        bare = bench.bare[name]["painted"]
        for what, target in (("idle", None), ("syncing", 16)):
            told = found[what]
            yield bench.figure("stall", f"{what} p50, {name}", told["p50"], "ms", bare=bare)
            yield bench.figure("stall", f"{what} p99, {name}", told["p99"], "ms", bare=bare, target=target)
            yield bench.figure("stall", f"{what} longest, {name}", told["max"], "ms", bare=bare, target=target and 50)
            yield bench.figure("stall", f"{what} own part p99, {name}", told["own p99"], "ms", bare=bare, target=target)
            yield bench.figure(
                "stall", f"{what} own part longest, {name}", told["own max"], "ms", bare=bare, target=target and 50
            )
        yield bench.figure(
            "stall", f"tickets per second meanwhile, {name}", found["tickets"]["per second"], "/s", more_is_better=True
        )


def busy(bench: Bench) -> Iterator[Figure]:
    """Keys while three accounts sync and 500 tickets are closed."""
    most = {"letter": 16, "next": 16, "wheel": 16, "view": 30}
    said = {"letter": "a letter of a reply", "next": "the next row", "wheel": "a step of the wheel", "view": "a view"}
    for name, env in bench.platforms.items():
        with _served(bench, 3) as (addresses, key), bench.copy() as folder:
            job = {"folder": str(folder), "addresses": addresses, "key": key, "seconds": bench.seconds * 6}
            found = bench.window("busy", env, **job)
        for what, told in found["keys"].items():
            for clock, way in (("wall", "until it is painted"), ("own", "CPU of the window's thread")):
                yield bench.figure("busy", f"{said[what]}, {way} p50, {name}", told[clock]["p50"], "ms")
                target = most[what]
                yield bench.figure("busy", f"{said[what]}, {way} p99, {name}", told[clock]["p99"], "ms", target=target)
        yield bench.figure("busy", f"changes sent meanwhile, of {found['of']}, {name}", found["sent"], "")


def idle(bench: Bench) -> Iterator[Figure]:
    """Memory, CPU and wake-ups over ten seconds, with the long conversation open."""
    for name, env in bench.platforms.items():
        job = {"folder": str(bench.folder), "tickets": bench.tickets, "do": "idle", "seconds": bench.seconds}
        job["settle"] = bench.seconds / 2
        with processes.started("real_window", job, env=env) as child:
            processes.next_figures(child)
            held, before = processes.memory(child.pid), processes.busyness(child.pid)
            time.sleep(bench.seconds)
            after = processes.busyness(child.pid)
            child.communicate(timeout=60)
        bare = bench.bare[name]
        yield bench.figure("idle", f"RSS, {name}", held["rss"], "MB", bare=bare["rss"], target=155)
        if "pss" in held:
            yield bench.figure("idle", f"PSS, {name}", held["pss"], "MB", bare=bare.get("pss"), target=130)
        tens = bench.seconds / 10
        scrolled = {**job, "pages": bench.frames * 3 // 4}
        with processes.started("real_window", scrolled, env=env) as child:
            processes.next_figures(child)
            rss = processes.memory(child.pid)["rss"]
            child.communicate(timeout=60)
        yield bench.figure("idle", f"RSS after {scrolled['pages']} pages of both, {name}", rss, "MB", target=180)
        yield bench.figure("idle", f"CPU in 10 s, {name}", (after[0] - before[0]) * 1000 / tens, "ms")
        yield bench.figure("idle", f"wake-ups in 10 s, {name}", (after[1] - before[1]) / tens, "")


def layout(bench: Bench) -> Iterator[Figure]:
    """Mail made to stop the window, whatever is stored."""
    job = {"every": 1 if bench.frames >= 100 else 24, "rounds": 3 if bench.frames >= 100 else 1}
    found = processes.run("mail_layout", job, env=processes.OFFSCREEN)
    count = found["documents"]
    for step, said, target in (
        ("shown", "GUI ms", 50),
        ("resized", "GUI ms at another width", 50),
        ("searched", "GUI ms for a search", 50),
        ("sanitized", "sanitizing, in a worker", 300),
    ):
        value, name = found["worst"][step]
        yield bench.figure("layout", f"worst of {count} hostile documents, {said} ({name})", value, "ms", target=target)


def popup(bench: Bench) -> Iterator[Figure]:
    """The frame of a popup each time it is painted, beside the ground alone."""
    found = processes.run("popup_frame", {"rounds": bench.frames}, env=processes.OFFSCREEN)
    made = found.pop("made")
    for name, told in found.items():
        bare = told["ground"]["p50"]
        yield bench.figure("popup", f"frame of a {name} p50", told["frame"]["p50"], "ms", bare=bare)
        yield bench.figure("popup", f"frame of a {name} p99", told["frame"]["p99"], "ms", bare=bare, target=2)
    for ratio, milliseconds in made.items():
        yield bench.figure("popup", f"picture at {ratio}, once for a theme", milliseconds, "ms")


@contextmanager
def _served(bench: Bench, ports: int) -> Iterator[tuple[list[str], str]]:
    """Serve the recorded list, recording it first where that was not done yet."""
    with replay.sandbox(bench.listed) as (base, key):
        file = bench.root / f"pages-{bench.listed}.json"
        if not file.exists():
            replay.record_pages(file, base, key)
        with replay.replay_server(file, base, key, ports) as addresses:
            yield addresses, key


def _few(bench: Bench) -> int:
    return max(1, bench.runs // 2)


def _bare(bench: Bench) -> Mapping[str, float]:
    return next(iter(bench.bare.values()))


AREAS: dict[str, Callable[[Bench], Iterator[Figure]]] = {
    "start": start,
    "list": lists,
    "thread": threads,
    "search": search,
    "palette": palette,
    "box": search_box,
    "sync": sync,
    "stall": stall,
    "busy": busy,
    "idle": idle,
    "layout": layout,
    "popup": popup,
}
"""In the order of the tables."""
