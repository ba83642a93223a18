"""What a front end may ask for: the window and the command line both stand on this. What is only read comes from a port (`services.services`).

    ticket_commands  act on tickets: reply, note, change, create; undo, resolve
    ticket_actions  every change of a ticket: what it means at the vendor, what undoes it, what is asked before
    decisions  what the answer to such a wish is
    people     whom a ticket may be given to, and who of them is the agent
    bulk       the same change to several tickets, each with its vendor's own labels; bulk_overview: what is selected and what can be
               done to it; bulk_replies: one reply per ticket; bulk_plan: what would become of it; bulk_results: what became of it
    macros     changes and a reply that are done in one go, kept and taken along; macro_steps: what a step is; macro_runs: what they mean
               for tickets; macro_recording: what was done to a ticket, as steps
    tickets    open a ticket: the server's state with what is pending over it; files; read and unread
    undo       what was done, to undo it and do it again; undo_steps: of which parts a step is made; undo_turns: how each is turned
    later      put tickets away until a time, reminders, pins
    web_pages  a ticket's page at its vendor, in the browser
    linked_tickets  tickets that belong together, of one vendor or of two
    links      follow a colleague's link to a ticket
    drafts     what is typed and not sent, and the files at it
    accounts   add, edit, check, pause, remove
    reach      which accounts have answered
    filters    what may stand at the cursor of a filter that is being typed
    views      the smart views and their names; own_views: those that the agent made; view_counts: how many tickets each has;
               view_list: all of them in the agent's order, what is wrong with one, and one from what is shown
    views_exchange  views to a file and from one; views_file: its text; own_layer: Later, reminders, pins, notes and links in it
    search     texts and ids, at the vendors; search_scopes: where a search looks
    records    vendors that can only be written to: push records, import tickets from a file
    importing  what a file of tickets holds, and what would be left out; tables: rows of a spreadsheet's text
    settings   the agent's choices, and canned replies
    notifier   tells what happens; notification_rules: what of it, and why nothing showed; notification_choices, notification_texts,
               notification_sounds: what is chosen, what it says, what is heard
    services   all of them, built once in `bootstrap`

A caller that is expected to decide gets a union back (`Accepted | Refused`); everything else raises a problem.
"""
