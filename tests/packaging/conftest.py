"""Makes the set-up script's own modules importable: they live beside it, not in a package of the program."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "packaging"))
