"""The same services without a window.

    arguments   what may be typed, for argparse
    console     the terminal: where a result is written and where a secret comes from
    naming      ACCOUNT, ACCOUNT/ID, state=..., tags=+a,-b
    json_output the stable JSON of `--json` (documented in resources/docs/json.md)
    listing     accounts, tickets, show, outbox
    filtering   a filter and a view: what is listed; own_views: list, export and import them
    acting      add, sync, reply, note, set, create, drain, resolve
    later       put away until a time, list what is away
    ticket_changes  archive, dispatch: a row for each command that makes one change of one ticket
    inspect     what would be shown of a message body or an attachment, without a profile
    program     from arguments to exit code

Exit codes: 0 done, 1 refused or failed, 2 wrong usage, 3 needs a person.
"""
