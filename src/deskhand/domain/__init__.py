"""The product's words: frozen values and the interfaces between the packages. Standard library only.

    ids           which account, which ticket, which command
    tickets       a ticket, what its state and priority mean, a row of the list
    threads       messages, attachments, deliveries, drafts
    capabilities  what an account can do, and why not
    accounts      an account, its sign-in, its health
    commands      what an agent asks for, and where it is on its way out
    projection    the server's state with the pending commands over it
    queries       what a list shows
    changes       what a commit touched, and the change bus that tells it
    problems      failures, named after what has to happen next
    wording       the sentences for all of it; profile_wording: those about the profile, its keyring and the installation
    mending       what opening a profile had to mend
    plain         values to JSON and back
    ports         what the inner packages need and the outer ones provide

Raise a problem below services; return a union where a caller is expected to decide.
"""
