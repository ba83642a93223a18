"""Thena's server: tickets, comments, search, and the choices of each team. Source: docs.thena.ai, the x-api-key era.

    vocabulary  the organisation's choices: teams, statuses, priorities, types, sentiments, custom fields
    request_schema      what each body may hold; queries, the same for query strings
    tickets     a ticket and a comment, and how each is answered
    seeding     the seed data as tickets, each made when it is first looked at
    vendor_data        what the calls do: create, change, comment, link
    search      the query language; finder, the search call
    directory   the reading calls beside the tickets
    server      all of it over HTTP: the key, the plan gate, the rate headers, the envelope

Served: GET and POST /v1/tickets, PATCH /v1/tickets/{id}, PATCH and POST /v1/tickets/bulk, PATCH /v1/tickets/link and /sub-ticket,
GET /v1/tickets/status, POST /v1/tickets/{id}/comment, GET /v1/comments, GET /v1/search/{tickets|comments|accounts},
GET /v1/teams/{id}/members, /v1/custom-field, /v1/forms, /v1/accounts, /v1/accounts/{id}, /v1/accounts/contacts and its search.
Assumed, not documented, and gone with the switch `assumed_paths`: GET /v1/tickets/{id} and GET /v1/teams.
Documented and not served (404): one status, forms by ids, the writing calls of teams, forms, custom fields, statuses, accounts
and contacts, drafts, sub-tickets, reactions, tags, CSAT, user types of comments, users.

Choices the documents leave open
- Errors have the NestJS shape; a validation gives `message` as a list of sentences, everything else as one. 401 "Invalid API key"
  comes before the path is looked at, then the rate limit, then the plan gate, which closes the ticket list and everything of
  accounts. 404 for an unknown id or path, 405 for another method, 415 for another content type than JSON, 400 for broken JSON.
- An unknown field in a body is refused ("property x should not exist"), so PATCH takes the documented list only: no
  customFieldValues, teamId, formId, tags, status. Unknown query parameters are ignored.
- E-mail fields have to look like addresses, dates are ISO 8601 with an offset.
- 201 for creating a ticket and a comment. A repeated deDuplicationKey brings the first object again with 201, whatever else the
  body holds and whichever ticket it names; `repeat_answer` = "conflict" makes it 409. Keys are known to the organisation, tickets
  and comments apart, for as long as the server runs. A comment's key has the ticket's limit of 255.
- `limit` is 10 unless given, and 1 to 100; outside of that 400. `page` counts from 0, for contacts from 1.
- Ticket lists are ordered by number, the newest first, comments by time, the newest first and replies flat among them. Nothing
  says how many there are. Deleted comments stay in the list, with `deletedAt`.
- `dateRange` looks at `updatedAt`; the switch `date_range_on` = "created" makes it `createdAt`.
- Every comment and every change moves `updatedAt`. `lastCustomerComment` and `lastVendorComment` are times of public comments only,
  `lastComment` of the newer one. A comment changes no status.
- A name that matches none of the team's statuses or priorities, and an id of another team: 400. Names match whatever their
  case. An assignee has to be a member of the ticket's team, else 400; the id wins over the address. A new ticket without them is
  in the team's first status and of priority Medium.
- Null empties assignee, priority, type, sentiment and account in a PATCH; elsewhere it is a wrong value.
- Closing sets closedAt and the closer (the key's user), any other status empties them. closedAt and closedById of a create
  are taken and not shown. With `close_needs_field` closing is refused while a field is empty that the form marks so.
- `status` in a ticket is the status's `name`; one team's `displayName` differs. Sub-statuses are not marked as such.
- A ticket's `tags`, `dueDate`, `metadata` and attachments are not answered, though the last three may be written.
- The description repeats the first comment in two of three seeded tickets. A ticket created without a comment has no comments.
- `customFieldValues` are `{"fieldId", "value"}`.
- A comment needs content, contentHtml or contentJson; content is made from the HTML where it is missing, the HTML is never
  made from content. `customerEmail` and `requestorEmail` of nobody known make a contact. The author of an impersonated comment stays
  the key's user. Any attachment id is unknown (no upload is documented): 400.
- `authorUserType` is ORG_ADMIN or CUSTOMER. A member's `id` is the user id.
- An unknown team is an empty ticket list, but 404 for a create and in the lists of members, statuses, fields and forms. The only
  form of a ticket is its team's. An unknown parent comment: 404. A type, sentiment or account that is not known: 400, 400, 404.
- Only tickets have comments: the other entity types are answered with an empty list.
- A dropdown field takes one of its options. `searchQuery` looks into names and addresses. A contact's accounts are `{id, name}`.
- Search: 400 without q or query_by, for a field that is not indexed, for a filter with `<` or `>`; `per_page` above 250 is
  lowered. Every word of q has to begin a word of the fields; with no sort_by the newest come first; `updatedAt` can be sorted by.
  status and statusName, priority and priorityName are both indexed; a comment's ticket is `ticketUid`. There is no lag. A hit's
  `id` is an internal number and `uid` the API's id; `search_ids` = "api" makes both the API's.
- A bulk create leaves out what is refused, unless stopOnError, which keeps what was made before. Linking a ticket to itself: 400.
- Accounts and contacts are bare; the switch `account_envelope` wraps them.
- Unset fields are null; the switch `nulls` = false leaves them out.
- 1,000 requests per path and minute (`rate_limit`; a path counts without its ids), windows begin with the minute, no Retry-After;
  `throttled` answers 429 to everything. Without rate limits the headers still come, with a limit nobody reaches.
- The key belongs to the first agent, whose user writes every comment and closes every ticket.
"""

from deskhand_sandbox.thena.server import Server

__all__ = ["Server"]
