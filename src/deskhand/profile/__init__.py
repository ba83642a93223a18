"""A profile: its folder, its lock, and how a second start reaches the process that has it open.

`profile` reads the two facts that must be known before a database opens. `lock` gives the folder to one process at a time. `ipc` hands
a command of a second start to that process.
"""
