"""The vendors behind one interface. Nothing else in Deskhand knows how any of them talks.

    registry      VendorId -> VendorSpec: what is always true of a vendor, and a lazy `connect`; `VENDORS` names the packages
    connection    base of every adapter's `Connection`: no facet until an adapter sets one
    values        what a vendor's own terms for states and priorities mean to us
    confirmation  did a change happen: what an answer or a look tells, held against what was asked
    bodies        is a body HTML, where a vendor takes both and says neither

A vendor is always the same files with the same names in them; a further module only for what no other vendor has:

    info.py      INFO: name, mark, colour, sign-in fields, and once for all what the vendor can do and why not (`can`, `reasons`,
                 `guarantee`, `remarks`). Standard library only: imported before the first paint
    wire.py      pydantic models of what the vendor says: unknown fields retained, odd values read leniently
    api.py       `Api`: one endpoint, one method, no logic
    mapping.py   wire -> domain, pure
    reading.py   `TicketLister`, `ThreadReader`, `TicketReader`, `RemoteSearch`, ...; not where nothing can be read
    writing.py   `ReplySender`, `NoteSender`, `TicketEditor`, `TicketCreator`, ...; `operators`: what is done to a ticket by its id alone
    adapter.py   `Connection`, which names its facets in its body; its last function is `connect(sign_in, clock, budgets)`

How to add one: resources/docs/adding-a-vendor.md. `check()` makes the cheapest harmless call and lets its problem pass; `probe()`
gathers Capabilities where each part that fails is left out (SignInNeeded and Offline pass); a facet is None exactly where its feature
is absent with a reason (`tests/contract/test_every_vendor.py`). Unknown terms are stored and shown; `RemoteTicket.known` names only the
fields that the answer had; `raw` is the vendor's own JSON. A write raises OutcomeUnknown unless its answer proves what happened.

Importing `vendors.registry` imports no httpx and no pydantic (90 to 250 ms): `registry.warm_up()` does, in a thread, after the first
paint.
"""
