"""The five vendors behind one interface. Nothing else in Deskhand knows how any of them talks.

    registry    VendorId -> VendorSpec: what is always true of a vendor, and a lazy `connect`
    values      states and priorities of the domain for a vendor's own labels
    confirmation  did a change happen: what an answer or a read tells, compared with what was asked
    bodies      is a body HTML, where a vendor takes both and says neither
    nexuscore, thena, mijnklantportaal, routera, thalamus

A vendor is always the same four files, and a fifth for what is known without a connection (an adapter that outgrows its file
keeps the connection and gives its facets to `reading.py` and `writing.py`):

    info.py      VendorInfo: name, mark, colour, sign-in fields. Standard library only: imported before the first paint
    wire.py      pydantic models of what the vendor says: unknown fields kept, odd values read leniently
    api.py       one endpoint, one method, no logic
    mapping.py   wire -> domain, pure
    adapter.py   the facets of `domain.ports.Connection`, paging, what a facet needs of several endpoints; no JSON
                 Its last function is `connect(sign_in, clock) -> Connection`

How to write an adapter: a class per facet, which takes the Api; a Connection class that holds them as attributes typed `X | None`;
`check()` makes the cheapest harmless call and lets its problem pass; `probe()` gathers Capabilities where each part that fails is left
out (SignInNeeded and Offline pass); a facet is None exactly where its feature is absent with a reason
(`tests/contract/test_every_vendor.py`). Unknown words are kept and shown; `RemoteTicket.known` names only the fields that the answer
had; `raw` is the vendor's own JSON. A write raises OutcomeUnknown unless its answer proves what happened.

Importing `vendors.registry` imports no httpx and no pydantic (90 to 250 ms): `registry.warm_up()` does, in a thread, after the first
paint.
"""
