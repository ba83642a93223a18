"""Mijn Klantportaal: conversations, replies, closing, files. Facts: https://docs.developers.mijnklantportaal.nl.

    info         what is known without a connection
    wire         models
    api          one endpoint, one method
    mapping      wire -> domain, pure
    customers    names behind customers' ids, within the budget of 60 calls a minute
    reading      list and conversations
    writing      replies, closing, files after the message
    adapter      the connection and its capabilities

Where the documents are silent or hard
--------------------------------------
* The address of the next page ends in a stray comma in every example: page numbers are counted here, and only whether there is a
  next page is read.
* The list has no filter, order or time of change. `reading.TicketLister` says how it is polled within the budget.
* A reply is posted to the ticket itself, opens a closed one, and answers with the whole conversation: ours is the message that was
  not there before, from our side, with our text. It is sent as HTML always, so that a plain `<` stays one.
* There is no way to open a ticket but replying, none to write in a chat, and none to fetch a file: each is said with its reason.
* Closing has no body; 422 means that it is closed already, which counts as done.
"""
