"""What a figure is, and how figures become a table."""

import statistics
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured number.

    Attributes:
        area: one of `plan.AREAS`.
        bare: the same of the thing that it is compared with, in the same unit; None = nothing to compare with.
        target: at most this (at least this where `more_is_better`); None = only told.
    """

    area: str
    name: str
    value: float
    unit: str
    tickets: int
    bare: float | None = None
    target: float | None = None
    more_is_better: bool = False

    @property
    def ratio(self) -> float | None:
        """How often the bare thing fits into it."""
        return self.value / self.bare if self.bare else None

    @property
    def meets_target(self) -> bool | None:
        """Whether the target is met; None where there is none."""
        if self.target is None:
            return None
        return self.value >= self.target if self.more_is_better else self.value <= self.target

    def plain(self) -> dict[str, Any]:
        """Return it for JSON."""
        return {**asdict(self), "ratio": self.ratio, "holds": self.meets_target}


def percentile(values: Sequence[float], share: float) -> float:
    """Return the value that `share` of all lie at or below."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def summary(seconds: Sequence[float]) -> dict[str, float]:
    """Return p50, p99 and max in milliseconds."""
    ms = [value * 1000 for value in seconds]
    return {"p50": percentile(ms, 0.5), "p99": percentile(ms, 0.99), "max": max(ms)}


def medians(runs: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Return the median of each number over several runs, whatever its depth."""
    first = runs[0]
    return {
        key: medians([run[key] for run in runs])
        if isinstance(value, dict)
        else statistics.median(run[key] for run in runs)
        for key, value in first.items()
    }


def table(figures: Iterable[Figure]) -> str:
    """Return lines of a Markdown table: one line a figure, one column a size, the ratio at the largest size."""
    figures = list(figures)
    sizes = sorted({figure.tickets for figure in figures})
    lines: dict[tuple[str, str, str], dict[int, Figure]] = {}
    for figure in figures:
        lines.setdefault((figure.area, figure.name, figure.unit), {})[figure.tickets] = figure
    head = ["", "", *(f"{size:,}" for size in sizes), "x bare", "target", ""]
    rows = [head, ["---", "---", *("---:" for _ in sizes), "---:", "---:", "---"]]
    for (area, name, unit), found in lines.items():
        last = found[max(found)]
        values = [_number(found[size].value, unit) if size in found else "" for size in sizes]
        ratio = "" if last.ratio is None else f"{last.ratio:.2f}"
        target = "" if last.target is None else _number(last.target, unit)
        verdict = {None: "", True: "ok", False: "short"}[last.meets_target]
        rows.append([area, name, *values, ratio, target, verdict])
    return "\n".join("| " + " | ".join(row) + " |" for row in rows)


def _number(value: float, unit: str) -> str:
    digits = 0 if value >= 100 else 1 if value >= 10 else 2
    return f"{value:,.{digits}f} {unit}".strip()
