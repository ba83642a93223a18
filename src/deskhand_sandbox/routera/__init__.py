"""Routera's server: records with a pipeline and a stage, routers, dispatch; no conversation. Source: docs.routera.io.

    schema      the four object types, field by field
    records     create, read, change, archive, list
    routers     the routers and what dispatching does
    seeding     the seed data as records
    server      all of it over HTTP, and the token

As documented: form-encoded token with the Basic alternative; `fields` in, flat out; the default sets, without `ticket_stage`;
`properties` adds; `archived` is false or a timestamp; 201 on create; required-on-create rules; 409 for a duplicate active record
and for a change of an archived one; 404 for archiving twice; a dispatch that assigns nothing is a 200 with a message.

Choices the documents leave open
- Error sentences, except "Unauthorized: missing account context" and the ten messages of a dispatch. A token that is missing,
  unknown or run out: 401 "Unauthorized". An unknown path: 404, another method: 405, both in the same body. The token is checked
  before the path. `/tickets/` without an id is an unknown path.
- OAuth codes: `invalid_request` (400: no form, no grant_type), `unsupported_grant_type` (400), `invalid_client` (401). A Basic
  header wins over the form fields.
- A body that is not JSON, or has anything beside `fields`: 400. An unknown field, a system field (id, created_at, updated_at,
  archived, archived_by) or a wrong value, on PATCH as on POST: 400.
- `limit` outside 10 to 100, `offset` below 0, `archived` other than true and false: 400, for the routers too.
- `pagination.count` is the number of records on the page; the switch `count_is_total` makes it the total.
- Lists are ordered by creation, newest first, so that a new record shifts the pages of a running list sync.
- `ticket_stage` is answered only where `properties` asks for it; the switch `stage_by_default` follows the samples instead.
  `properties` is ignored on POST and DELETE. A field asked for that has no value is null.
- Values: text is a string of up to 5,000 characters, numbers are JSON numbers, a checkbox is a JSON boolean, a date is
  `YYYY-MM-DD` or a date-time with an offset (given back as it came), a dropdown takes the internal name of an option, an owner is
  the e-mail address of a user of the account. Null clears any field that a create does not require.
- A stage has to belong to the pipeline; changing the pipeline alone is refused if the stage does not fit it.
- `website_url` is any text; `email` looks like an address. A deal's create requires name, stage and pipeline.
- An archived record is still read by its id; its `external_id` is free again; archiving moves `updated_at`. `archived_by` is
  the API client's id. A router does not run by itself: nothing changes an owner but a PATCH or a dispatch.
- Custom fields of tickets: customer_email, last_note (text), due_date (date), severity (dropdown), seats (number), escalated
  (checkbox).
- A trigger is `{"groups": [{"conditions": [{"field", "operator", "value"}]}]}`: groups are alternatives, conditions of a group
  hold together, no group matches everything. An archived router is not found by a dispatch, but by its id.
- The order in which a dispatch turns down: account, router, published, settings, object, trigger, overwrite, limit, users.
- `owner_assigned_at` ends in "GMT". `field_name` is the internal name with blanks.
- No rate limit, no ETag, no events.
- A customer who speaks up makes a new ticket, or writes `last_note` of the named one: there is no conversation.

Switches: token_lifetime, account_context, stage_by_default, count_is_total, account_state.
"""

from deskhand_sandbox.routera.server import Server

__all__ = ["Server"]
