"""The same services without a window.

    arguments   what may be typed, for argparse
    console     where words go and where a secret comes from
    naming      ACCOUNT, ACCOUNT/ID, state=..., tags=+a,-b
    shapes      the stable JSON of `--json` (documented in README.md)
    listing     accounts, tickets, show, outbox
    acting      add, sync, reply, note, set, create, drain, resolve
    doctor      what is well and what is not, in words
    inspect     what would be shown of a message body or an attachment, without a profile
    ipc       a profile has one owner: a command typed beside a running window is carried out by that window
    program     from arguments to exit code

Exit codes: 0 done, 1 refused or failed, 2 wrong usage, 3 needs a person.
"""
