"""The sandbox: the vendors' servers, rebuilt from their public documentation, for the demo and the tests.

They speak real HTTP on loopback ports and are as strict as the documents: authentication, enums, required fields, limits,
paging, error bodies. Where a document is silent a server chooses; its module docstring lists every choice. Nothing here imports
the rest of Deskhand, so that an adapter's misreading of a document cannot be mirrored into its own test.

How it is laid out:

    seed_data   people, messages, tickets: vendor-neutral plain data
    seed        builds the data from a number: `people` and `topics` are its texts, `phrases` who uses which, `mail` the HTML bodies
                and files, `oddities` the odd but legal data; `customer_writer` lets customers go on writing
    ids         remote ids that look opaque and lead back to a number
    tokens      access tokens; `rate_limits` the documented limits; `requests` strict reading; `journal` what took effect
    faults      what shall go wrong, on demand; `fault_middleware` lets it happen, `hang_up_protocol` can hang up the socket
    server      `VendorServer`, the base of each
    nexuscore, thena, ... (see `shares`)      one `Server` each
    control     steering from outside: faults, what arrived, a customer writes. It belongs to no vendor
    shares      who holds how much
    sandbox     `Sandbox` serves them all in one loop; `serving` does so in a thread, for tests
    main        `deskhand sandbox`

`from deskhand_sandbox.sandbox import serving` in a test; `deskhand_sandbox.main` imports no server before it runs one.
Each server owns its own slice of the seed data; a few customers write to several vendors with the same address.
"""
