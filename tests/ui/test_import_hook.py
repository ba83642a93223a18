"""Importing the window leaves no source of other modules in memory."""

import json
import subprocess
import sys

SCRIPT = """
import builtins, json, linecache, sys
import deskhand.window_start, deskhand.ui.app, deskhand.ui.window
import httpx, aiohttp
print(json.dumps([builtins.__import__.__name__, [name for name in linecache.cache if name[0] != '<'], len(sys.modules)]))
"""


def test_the_window_keeps_no_source_of_other_modules():
    ran = subprocess.run([sys.executable, "-c", SCRIPT], capture_output=True, text=True, timeout=60, check=True)
    name, sources, modules = json.loads(ran.stdout)
    assert modules > 400
    assert name != "__feature_import__"
    assert len(sources) < 20, sources
