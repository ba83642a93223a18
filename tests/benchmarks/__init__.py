"""Figures, not tests: how quick the window is with 10,000, 100,000 and 1,000,000 tickets, so that the growth shows.

    .venv/bin/python -m tests.benchmarks                                  every figure at every size, xcb under Xvfb and offscreen
    .venv/bin/python -m tests.benchmarks --tickets 10000 --only start list
    .venv/bin/python -m tests.benchmarks --keep ~/bench --json figures.json

Profiles are made once, outside the repository: in the folder given by `--keep`, else in one that is removed at the end. A million
tickets with a million messages take about five minutes and 4 GB. `--keep` makes the next run start at once.

Everything is measured in a process of its own: the real program on a real profile, with the key of its database handed over by a
vault in memory (and once by a real keyring, where dbus-run-session and gnome-keyring are there), beside a window of Qt's with
nothing in it, started in turns with it. A figure is the median over the runs (`--runs`), a percentile is taken within each run.
"x bare" divides by the bare window's start (ms), memory (MB) or whatever the line names. Other work on the machine shows first in
p99; the main thread's own CPU time stands beside it where that matters.

    figures      what a figure is; percentiles; the tables
    profiles     the folders that are measured: filled tickets, one conversation of 1,000 messages, recorded pages
    processes    children, Xvfb, a keyring's session, what /proc tells of a process
    bare_window, real_window      the children: Qt's window, and the program with a job
    starting lists threads stalls idling      jobs of the real window
    searching syncing             jobs without a window
    replay       a server that gives a recorded list back as fast as Python can
    fill         tickets by the million, through the store's own rows

Nothing here runs with the tests but `test_benchmarks.py`, which takes every job once at a tiny size so that it cannot rot.
"""
