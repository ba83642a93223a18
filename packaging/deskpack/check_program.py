"""What a frozen program says of itself, asked without a window: its version, and whether it finds itself in order."""

import json
import tempfile
from collections.abc import Mapping
from pathlib import Path

from deskdev.steps import last_line, run_quietly

from deskpack import product
from deskpack.checking import Failed

_THE_COMPUTERS = frozenset({"Secrets", "Database"})
"""What hangs on the computer's keyring, which a build machine may lack; everything else must be well or unknown."""

MUST_BE_WELL = {"Python", "Secrets", "Database"}
"""What `doctor` has to find well in a new profile; the rest depends on the system."""


def version(program: Path) -> str:
    """Return what `--version` prints.

    Raises:
        Failed: it is not this version, or the program does not start.
    """
    code, output = run_quietly((program, "--version"))
    if code != 0 or output.strip() != f"{product.NAME} {product.version()}":
        raise Failed(f"it ended with {code} and said: {output.strip()[-300:] or 'nothing'}")
    return output.strip()


def doctor(program: Path) -> list[str]:
    """Return what `doctor` finds, in a profile of its own, each as a short text.

    Raises:
        Failed: something that the package itself brings is not in order.
    """
    with tempfile.TemporaryDirectory(prefix="deskhand-doctor-") as profile:
        _, output = run_quietly((program, "--profile", profile, "doctor", "--json"))
    try:
        found = json.loads(output[output.index("[") :])
    except ValueError as error:
        raise Failed(f"it said no JSON: {output.strip()[-300:]}") from error
    ill = [f"{each['check']}: {each['words']}" for each in found if each["well"] is False]
    if any(line.split(":")[0] not in _THE_COMPUTERS for line in ill):
        raise Failed("; ".join(ill))
    return [
        f"{each['check']} {'well' if each['well'] else 'not known' if each['well'] is None else 'not well'}"
        for each in found
    ]


def judged(code: int, output: str) -> str:
    """Return what `doctor --json` found, in short.

    Raises:
        Failed: something is not well, or it was no answer.
    """
    try:
        answers = {line["check"]: line for line in json.loads(output)}
    except (ValueError, TypeError, KeyError) as problem:
        raise Failed(f"{code}: {last_line(output)}") from problem
    bad = [f"{name}: {answers.get(name, {}).get('words')}" for name in MUST_BE_WELL if not _well(answers, name)]
    bad += [f"{name}: {line['words']}" for name, line in answers.items() if line["well"] is False]
    if bad:
        raise Failed("; ".join(bad))
    return ", ".join(f"{name}{'' if line['well'] else ' (' + line['words'] + ')'}" for name, line in answers.items())


def _well(answers: Mapping[str, Mapping[str, object]], name: str) -> bool:
    return answers.get(name, {}).get("well") is True
