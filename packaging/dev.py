"""Sets up and runs Deskhand from a checkout: `python3 packaging/dev.py demo` or `python3 packaging/dev.py test`.

Needs nothing but Python. This file is read by any Python since 3.6, so that an old one is told what is missing
instead of stumbling over newer syntax; everything else is in the package `deskdev` beside it.
"""

import sys

OLDEST = (3, 11)
NEWEST = (3, 14)


def version_problem(version: "tuple[int, ...]") -> "str | None":
    """Say in one sentence why this Python cannot run Deskhand, or None where it can.

    Args:
        version: major and minor number.
    """
    if OLDEST <= version <= NEWEST:
        return None
    return "Deskhand needs Python {}.{} to {}.{}; this is {}.{}.".format(*OLDEST, *NEWEST, *version)


def main(arguments: "list[str]") -> int:
    """Run one command and return its exit code: 1 where something is missing, 2 where the command is not known."""
    problem = version_problem(sys.version_info[:2])
    if problem is not None:
        print(problem, file=sys.stderr)
        return 1
    from deskdev import commands

    return commands.run(arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
