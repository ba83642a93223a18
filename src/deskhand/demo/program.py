"""Chooses between the window and the script."""

import sys
import time
from argparse import Namespace

from deskhand.ui.display import has_display

from .accounts import NotSignedIn
from .sandbox_process import SandboxNotStarted, SandboxProcess


def run_demo(parsed: Namespace) -> int:
    """Run the demo; returns the exit code."""
    offscreen = parsed.offscreen or not has_display(parsed.platform)
    if offscreen and not parsed.offscreen:
        print("There is no display here, so the demo does the main job offscreen and leaves screenshots.")
    began = time.monotonic()
    try:
        box = SandboxProcess.start(tickets=parsed.tickets, alive=0.0 if offscreen else parsed.alive)
    except SandboxNotStarted as problem:
        print(problem, file=sys.stderr)
        return 1
    print(f"The sandbox runs on this computer ({time.monotonic() - began:.1f} s).")
    try:
        if offscreen:
            from . import script

            return script.run(parsed, box)
        from . import window

        return window.run(parsed, box)
    except NotSignedIn as problem:
        print(problem, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 1
    finally:
        box.stop()
