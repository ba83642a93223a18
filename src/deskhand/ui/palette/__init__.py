"""Type what you want: commands, tickets and accounts by their words, and the small palettes at a control.

    entries          one line, its section, and which lines fit what is typed
    offers           the lines that are there at once; presenter: those that are looked for
    context_chip     the ticket that they are for
    entry_list       the list below a line of text (entries_model, entry_delegate)
    command_palette  Ctrl+K
    choice_popup     the same at a control: canned replies, assignees

A provider gives the entries for a text; an entry knows how to run itself, so that nothing here knows a command or a ticket.
"""
