"""Between widgets and services: what a widget tells becomes a call, what a commit changed is read again and shown.

    shell       builds them, places panes, hands a change set to each; quitting in order
    lists       which tickets the list shows; its outline behind it; selection
    selection   the menu of the selected tickets
    accounts    the accounts pane, its dialogs, the status line
    ticket      the open ticket: header, conversation, customer pane
    pacing      reading again after changes, without falling behind them
    pictures    images in messages
    changing    changes of the open ticket, and their undo
    files       links and attachments
    keyboard    what keys do to the open ticket, and why not
    outbox      every item on its way, of tickets and of records
    forms       a new ticket, a record that can only be written
    kept_forms  what was typed into them
    composing   drafts, files, sending, undo
    box_state   what the reply box shows of a ticket
    kept_drafts what was taken from the reply box and is not on disk yet
    kept_values what stands half typed in the other editors
    commands    every command with its key and its words, for menus and the palette

A presenter owns a part of the window, holds the services it needs and a `TaskScope` for what it waits for. Every coroutine that it
starts under a name replaces the one before, so a late answer never lands in the wrong ticket.
"""
