"""The product's terms: frozen values and the interfaces between the packages. Standard library only.

    ids           which account, which ticket, which command
    tickets       a ticket, what its state and priority mean, a row of the list
    threads       messages, attachments, deliveries, drafts
    capabilities  what an account can do, and why not
    accounts      an account, its sign-in, its health; account_marks: the colour and icon of one that has none;
                  status_quarters: how it was in the last 24 hours
    commands      what an agent asks for, and where it is on its way out
    bulk_runs     which commands one change of several tickets consists of, and how far each is
    projection    the server's state with the pending commands over it
    ticket_links  tickets that belong together
    queries       what a list shows; excerpts: where in a ticket a search found something
    going_on      what is shown once a ticket is dealt with
    filters       the filter language: what is typed, and which tickets it means
    sounds        which files are sounds
    changes       what a commit touched, and the change bus that tells it
    problems      failures, named after what has to happen next
    wording       the sentences for all of it; profile_wording: those about the profile, its keyring and the installation;
                  vendor_wording: those about what goes wrong with a vendor; undo_wording: those about what was done and undone
    mending       what opening a profile had to mend
    plain         values to JSON and back
    ports         what the inner packages need and the outer ones provide

Raise a problem below services; return a union where a caller is expected to decide.
"""
