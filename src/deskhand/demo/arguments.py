"""Options of `deskhand demo`."""

import argparse


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe them."""
    parser.add_argument("--tickets", type=int, default=300, metavar="N", help="how many tickets in all (300)")
    parser.add_argument(
        "--alive", type=float, default=25.0, metavar="SECONDS", help="a customer writes that often (25)"
    )
    parser.add_argument("--offscreen", action="store_true", help="do the main job without a display")
    parser.add_argument("--pictures", metavar="DIR", help="where the screenshots of the offscreen demo go")
