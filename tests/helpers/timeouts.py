"""How long tests wait for what has to come."""

import os

WAIT_SECONDS = float(os.environ.get("DESKHAND_TEST_WAIT", "90"))
"""Seconds. On a quiet machine nothing takes two; only a test that fails waits this long, however busy the machine is."""
