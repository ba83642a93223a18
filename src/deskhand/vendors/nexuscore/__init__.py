"""NexusCore: brands, conversations, replies, files, search. Facts: https://support.nexuscore.cloud/docs/.

    info            what is known without a connection
    wire            models; the detail of a ticket is documented without any schema, so every field has several names
    conversation    finds messages, audit trail and participants in whatever shape the detail has
    api             one endpoint, one method
    mapping         wire -> domain, pure
    observed          what a connection learns: names of brands, priorities seen in data
    reading         list, conversations, search, files
    writing         replies, changes, new tickets
    adapter         the connection, its capabilities, sign-in

Where the documents are silent
------------------------------
* The list tells six fields of a ticket: `RemoteTicket.known` names what an answer spoke of, so that it blanks nothing else. Whose a
  ticket is stands in none of them, so a full list sync asks for the agent's own first, by e-mail.
* A list takes one status, and tells no changes. What is open is read status by status; a full list sync adds the list without a
  filter, where tickets stand whose status no document names.
* Priorities are not listed: `high` is the only one that any sample shows, others are offered once they were seen.
* A snooze has no end in this API, a ticket no `closed`, a message no visibility: notes are off (`Reason.NOT_DOCUMENTED`).
* Files: the keys of all three steps are unprinted. The upload goes first without our credential, as to a signed address, then with
  it, and only to the vendor's own origin. It comes before the message, so its failure proves that nothing was said. The name of
  the list of files in a reply is an option of the account.
* What null does to `assigned_to` is not said, so a ticket is not left with nobody.
* `tags` may replace or add: after writing them the ticket is read again.
* Nothing takes an idempotency key. A new ticket carries ours in `metadata`, and is otherwise known by subject, time and customer.
"""
