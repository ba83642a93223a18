"""What all vendors' adapters stand on. Nothing here knows a vendor; nothing else in Deskhand knows HTTP.

    request     a request before it has credentials
    client      VendorClient: the one way of a request - credential, pace, send, bound, translate
    transport   builds the httpx clients (aiohttp below them, the system's trust store, proxies, no cookies, no redirects)
    tokens      ApiKeyAuth, ClientCredentialsAuth: how a request proves who sends it
    pacing      Pacer: documented windows, vendors' orders to wait, agents before background
    budgets     one pacer for all that share a key or workspace, saved over restarts
    retry       reads are tried again here; writes never
    problems    foreign exceptions and statuses to domain.problems
    body        the bytes of an answer, unpacked and bounded
    answers     Answer: JSON with its content type checked, parsed off the GUI thread when big
    parser_thread  where big answers are parsed: off the window's thread, one at a time
    wire        the lenient base of every wire.py; a list read item by item
    paging      a list sync always ends, each ticket comes once
    address     base addresses, quoted segments, addresses that a vendor names
    url_policy  where an address may lie that a vendor names, behind a proxy too
    proxies     which proxy leads to an address, in every form that people write
    networks    which hosts are public, and which inside this computer or its network
    resolving   names looked up and checked in the connection itself
    times       whatever a vendor calls a time, to aware UTC
    jsontext    bytes to plain values and back
    probing     a part of a probe that cannot be asked for is left out
    secret_removal  secrets taken out of what an answer says
    remote_images  pictures of messages, fetched from public addresses only
    clock       the computer's clock

How an `api.py` uses it:

    class Api:
        def __init__(self, client: VendorClient) -> None: ...

        async def ticket(self, remote: str) -> Item[wire.Ticket]:
            answer = await self._client.read("GET", f"/v1/tickets/{quote_segment(remote)}")
            return await answer.map(lambda data: read_item(wire.Ticket, unwrap(data, "data")))

        async def patch(self, remote: str, changes: dict[str, Any]) -> Answer:
            path = f"/v1/tickets/{quote_segment(remote)}"
            return await self._client.write("PATCH", path, json=changes, repeatable=True)

* `read` may be a POST (search): the name says whether repeating it harms, not which verb it has.
* `answer.map(f)` runs `f` where the parsing runs, in a thread for bodies over 64 KB: put the mapping to the domain inside it. A
  ValidationError or ValueError in `f` becomes UnexpectedResponse (read) or OutcomeUnknown (write).
* `repeatable` says that doing it twice leaves the vendor as once would. What is not leaves once, whatever becomes of its token.
* An answer that speaks of an error is refused before `f`, whatever its status; a write's with one name twice too.
* A write's answer that lacks what proves it: `raise answer.unexpected("no id")`.
* What only this vendor means by a status: `map_error=` of the client, given an `ErrorResponse` with the parsed error body.
* A limit that counts per path: `scope=` of `read` and `write`. A list sync: `priority=RequestPriority.BACKGROUND`.
"""
