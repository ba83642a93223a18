"""Mijn Klantportaal's server, written from its reference pages of tickets and customers.

Strict as documented: the paths (`POST` on the ticket itself replies, `message` and `attachment` in the singular), the
`Authorization: Bearer` header, the paging envelope in snake_case with 15 records, the key sets, `customerId` null where there is
none, ATOM times, a reply reopens a closed ticket, chat tickets take neither replies nor files, files within 5 minutes of their
message, 422 for closing a closed ticket, 426 without the licence (switch `licensed`), 60 requests a minute with the documented
429. Webhooks are left out: nobody in a sandbox could receive them.

Choices the documents leave open
--------------------------------
* Errors are `{"code", "message"}`, as the 429 is: 401 without a valid key, 403 for a scope that is not in the switch `scopes`,
  404, 405, 415 for a reply that is not JSON, 422 for everything a call gets wrong (a chat ticket, a late or missing file, more
  than one file, one over 10 MB, an empty or missing `message`, an unknown field, a body where none belongs).
* The rate window is the minute of the clock. 401 answers carry no rate headers, as they belong to no key; every other answer
  does. With rate limits off the headers tell of 60,000 requests a minute, as for a customer with a higher quota.
* Records come newest first. `page` is the only query parameter; any other is refused with 422. A page that is no positive number
  counts as page 1, one past the end is empty with `from` and `to` null. `next_page_url` ends with the stray comma of the
  examples (switch `stray_comma`).
* Replying, closing and uploading answer 200 with the ticket and all its messages, oldest first; creating a customer 201.
* A reply is shown as posted by the portal's owner. The switch `rewriting` says what becomes of its text: `as_sent` keeps it,
  `wrapped` makes paragraphs of plain text, `normalised` also drops attributes, comments and superfluous white space, and prints
  character references its own way.
* A file may hang on any message that is young enough, a customer's too. A ticket that came by chat may be closed. A customer's
  message reopens a closed ticket.
* Times carry `+02:00` all year, as the examples do. States that are neither open nor closed are printed as they are.
* `companyName` is the person's name where there is no company. Customers can be read, created and changed; deleting is left out.
* A key for `customerGroups`, groups and their members as documented, held in memory; there are two to begin with.
"""

from deskhand_sandbox.mijnklantportaal.server import Server

__all__ = ["Server"]
