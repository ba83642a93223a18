"""Thalamus' server: eight POST upserts, nothing to read. Source: docs.developers.nerds.nl.

    request_schema      what each body may hold, and the key set of each answer
    vendor_data      the rows under the partner's own ids
    server      the calls over HTTP

`data` holds exactly the printed keys. Required fields, enums, lengths, `uuid`, `email` and `date-time` are checked.

Choices the documents leave open
- A wrong or missing key: 401. Another content type than JSON: 415. A body that is no JSON object: 400. A wrong field: 422. A
  comment on an unknown ticket: 404. An unknown path: 404, another method: 405. All with `{"success": false, "message": ...}`; the
  key is checked before the path.
- 201 for a new ticket, comment, contact, organization, status variant or queue record, 200 for a change. Agents and categories
  always 200 ("upserted" is one caption).
- Messages follow the one that is printed: "Status variant created successfully".
- Unknown fields are ignored. A given null clears, except a time, where it says nothing. Omitted fields stay.
- `created_at` and `updated_at` that nobody gave are the time of arrival; a change without `updated_at` sets it to that.
- Any RFC 3339 offset is accepted and given back as it came. Fractions too.
- A ticket's `status` is one of the six internal values or the `id` of an active variant. Its priority, type, category,
  subcategory, group, agent, contact and organization are any text: they need not have been pushed before. No length limits
  but the printed ones.
- `country` is two capital letters. A contact's or organization's `status` is any text. Their `email` and `phone` are any text.
- A comment's `visibility` that is left out is `public`, in a change too. Both authors or neither are accepted. A comment's
  `external_id` is unique per partner: the same one on another ticket is refused with 422. Without one, every call makes a new
  comment. A comment changes nothing about its ticket.
- An agent's `value` is its external id and its `label` its name. Omitted `group_external_ids` keep what was known.
- A queue record is a duplicate if type, phone, campaign and reference are the same. `id` counts up; `status` is `waiting`.
- Campaign, skill and agent UUIDs of a queue record need not be known.
- `mapped_status`: only `pending` is printed; label, order, colour and description of the other five are ours.
- `/reference/status` without `/partner` is an unknown path. Nothing is served for types, subcategories, groups, priorities.
- No rate limit. One key, one partner.
- The seeded tickets are there as if an older system had pushed them, from external id 328099 upward, without comments.
"""

from deskhand_sandbox.thalamus.server import Server

__all__ = ["Server"]
