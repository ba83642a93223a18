"""How long tests wait for what has to come."""

WAIT_SECONDS = 90.0
"""Seconds. On a quiet machine nothing takes two; only a test that fails waits this long, however busy the machine is."""
