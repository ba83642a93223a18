"""What a front end may ask for: the window and the command line both stand on this and on nothing below it.

    ticket_commands  act on tickets: reply, note, change, create; undo, resolve
    closing    what closing and reopening mean, and what has no way back
    bulk       the same change to several tickets, each in its vendor's own words
    tickets    open a ticket: the server's state with what is pending over it; files; read and unread
    links      follow a colleague's link to a ticket
    drafts     what is typed and not sent, and the files at it
    accounts   add, edit, check, pause, remove
    reach      which accounts have answered
    views      smart views, groups, lists
    search     texts, here and at the vendors
    records    vendors that can only be written to: push records, import tickets from a file
    importing  what a file of tickets holds, and what would be left out; tables: rows of a spreadsheet's text
    settings   the agent's choices, and canned replies
    services   all of them, built once in `bootstrap`

A caller that is expected to decide gets a union back (`Accepted | Refused`); everything else raises a problem.
"""
