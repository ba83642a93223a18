"""One question at the terminal before a command does what it has planned.

The command may run in another process, which has no terminal: it says its plan and ends, and who typed it is asked by the process that has one.
"""

import re
import sys

_PLAN = re.compile(r"--plan ([0-9a-f]{12}) ")


def sentence(plan: str) -> str:
    """Return what a command says last that has done nothing yet."""
    return f"Nothing was changed. Say --yes to do it, or --plan {plan} to do exactly this."


def plan_in(said: str) -> str:
    """Return the plan that this last line of a command is about; empty where it is about none."""
    found = _PLAN.search(said)
    return found[1] if found is not None else ""


def agrees() -> bool:
    """Ask whether to go on; no where there is no terminal."""
    if sys.stdin is None or sys.stderr is None or not sys.stdin.isatty():
        return False
    sys.stderr.write("Go on? [y/N] ")
    sys.stderr.flush()
    return sys.stdin.readline().strip().casefold() in ("y", "yes")
