"""Runs the benchmarks and prints their tables."""

import argparse
import json
import os
import platform
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests.benchmarks import processes
from tests.benchmarks.figures import Figure, table
from tests.benchmarks.plan import AREAS, Bench, bare_window


def main(arguments: Sequence[str] | None = None) -> int:
    parsed = _parser().parse_args(arguments)
    figures: list[Figure] = []
    with _folder(parsed.keep) as root, processes.platforms(parsed.platforms) as platforms:
        bare = {name: bare_window(env, parsed.runs) for name, env in platforms.items()}
        print(f"{platform.platform()}, Python {platform.python_version()}, {os.cpu_count()} cores")
        for name, told in bare.items():
            print(f"bare window, {name}: {told['painted']:.0f} ms, {told['cpu']:.0f} ms CPU, {told['rss']:.0f} MB")
        for tickets in parsed.tickets:
            bench = Bench(root, tickets, platforms, bare, parsed.runs)
            for area, measure in AREAS.items():
                if parsed.only and area not in parsed.only:
                    continue
                print(f"{tickets:,} tickets: {area} ...", flush=True)
                try:
                    figures += measure(bench)
                except processes.ChildFailed as problem:
                    print(f"{area}: no figures\n{problem}", file=sys.stderr)
            print(table(figure for figure in figures if figure.tickets == tickets), flush=True)
    if len(parsed.tickets) > 1:
        print(table(figures))
    if parsed.json:
        found = {"bare": bare, "figures": [figure.plain() for figure in figures]}
        Path(parsed.json).write_text(json.dumps(found, indent=1), encoding="utf-8")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("--tickets", type=_sizes, default=(10_000, 100_000, 1_000_000), metavar="N,N,...")
    parser.add_argument("--only", nargs="+", choices=tuple(AREAS), default=(), metavar="AREA", help=", ".join(AREAS))
    parser.add_argument("--platforms", nargs="+", choices=("xcb", "offscreen"), default=("xcb", "offscreen"))
    parser.add_argument("--runs", type=int, default=7, metavar="N", help="how often each process is started (7)")
    parser.add_argument("--keep", metavar="DIR", help="keep the profiles here for the next run")
    parser.add_argument("--json", metavar="FILE", help="write the figures there too")
    return parser


def _sizes(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in text.split(","))


@contextmanager
def _folder(keep: str | None) -> Iterator[Path]:
    if keep:
        folder = Path(keep).expanduser().resolve()
        folder.mkdir(parents=True, exist_ok=True)
        yield folder
    else:
        with tempfile.TemporaryDirectory(prefix="deskhand-bench-") as made:
            yield Path(made)


if __name__ == "__main__":
    sys.exit(main())
