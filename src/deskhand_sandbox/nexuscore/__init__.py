"""NexusCore's server, written from its tickets, brands and authentication pages.

Strict as documented: the token endpoint and its answer, one hour of token life, bearer on every call, the four statuses, the
four fields of a change, the `origin` enum, 4 KB of metadata, list items of six fields, `after` for tickets and `cursor` + `limit`
for brands, 600 requests a minute and 150 in 10 seconds for the whole workspace, attachments in three steps.

Choices the documents leave open
--------------------------------
* Errors: `{"error": {"code", "message"}}`; the token endpoint answers as OAuth does (`{"error": "invalid_client"}` with 401,
  `unsupported_grant_type`, `invalid_request` with 400). 400 for a malformed body, an unknown query parameter, a bad cursor or an
  unknown status in the filter; 404 for an unknown ticket; 413 for a file over 25 MB; 415 for a body that is not JSON; 422 for a
  missing, unknown or wrong field. 429 carries `Retry-After` in seconds (switch `retry_after`).
* Plain API keys go into the same bearer header. Both credentials hold the scopes of the switch `scopes`; reading and searching
  need `tickets:read`, writing `tickets:write`, brands `brands:read`. Nobody holds `brands:write` or an audit scope: those calls
  answer 403. The switch `brand_only` restricts the credential to one brand (403 for the others' tickets).
* Rate limits are sliding windows; refused requests, the token endpoint and the storage addresses do not count.
* Tickets come newest first, 50 a page; a cursor is base64 of JSON; the last page has `next_cursor: null`. The answer to a list has
  the six printed fields and no more. A filter takes one value. There are no unassigned tickets by filter.
* One ticket comes in the shape of the switch `shape`: `nested` (`data`, `conversation`, `author: {type, name, email}`,
  `participants`, `audit_trail`), `bare` (nothing around it, `messages`, `author_type` and `author_email`, HTML in `body`) or
  `parted` (`ticket`, `conversation.items`, `participants.data`, `audit_log.entries`, `sender`, `text`, epoch seconds).
  All three say `updated_at`, `assigned_to` (an e-mail or null), `customer` and `tags` of the ticket.
* Notes are not part of the conversation. An agent's reply is shown as written by the workspace ("Support"), as no call says who
  wrote it; it changes no status. A customer's message opens a ticket that was resolved, pending or snoozed.
* Priorities: `low`, `normal`, `high`, `urgent`, and whatever value the ticket has; a ticket may have none (null).
* `assigned_to` takes the e-mail of an agent of the workspace, or null to unassign. `tags` replaces (switch `tags_mode`: `add`).
* Creating answers 201 with `data`, `queue` inside it (`id`, `name`, `position`); a paused brand takes no new ticket (422);
  `customer.email` is needed, `customer.name` is not. A change answers 200 with the ticket, a reply 201 with the message.
* Attachments: step 1 takes `file_name` (or `filename`, `name`) and `content_type` (or `mime_type`), answers 201 with `id` and
  `upload_url` under `data` (shape `bare`: `attachment_id` and `url`, nothing around). The address is on this server, good for one
  PUT within 15 minutes, and refuses a bearer header, as signed storage addresses do. A reply names files in `attachment_ids`, or
  in `attachments` as ids or as objects with an `id`; each must have been uploaded and not be used yet. Attachments of a ticket
  carry an address to GET them from, without bearer.
* Search looks into subject and customer, and into the messages of the newest 2,000 tickets; 25 results at most, best first,
  with `score` from 0 to 1; the query may not be empty; `created_after` is a day in UTC.
"""

from deskhand_sandbox.nexuscore.server import Server

__all__ = ["Server"]
