"""`deskhand doctor`: what is looked at, and how it is said.

`checks` looks at Python, Qt, keyring, database, clock and accounts; `installation` uses each part that this copy carries; `report`
prints what they found.
"""
