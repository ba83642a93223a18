"""Sync with the vendors: the only writer of server state, and the only sender.

    engine      one `Runner` per account, started, paused and stopped together
    runner      an account's life: connect, probe, read the list, read conversations, wait; one failure never touches another account
    puller      pages and threads from a connection into the store
    conversations  which conversations a round reads, and what could not be read
    sanitizing     a vendor's messages into messages that may be shown (off the GUI thread)
    observed_choices  choices that a vendor does not list but its tickets show (pure)
    outbox_worker   takes what is due and moves it one step
    item_processor  one step of one item: the outbox's state machine (resources/docs/architecture.md)
    executor    the one call that an item is about, with everything that it needs already read
    newer       whether a message arrived that the agent has not seen
    follow_up_uploads  what a message brings with it: its files, where the vendor takes them after it only (pure)
    confirmations, departures  which answers are awaited; which calls have begun and have not left
    reconciliation  an unknown outcome: the same key again, or our own text in the thread, or a question
    merging     a change against what the vendor has now: done already, go ahead, or a conflict
    queueing    which items are due, and when the next one is (pure)
    schedule    when to poll and how long to back off (pure)
    status      what each account's pane says; status_history: how it was in the last 24 hours
    context     what the runners of all accounts share
    event_scheduler  timed local events: one timer, a handler per kind
    upkeep      the store's own timed events: projecting and sanitizing again, backups, retention
    tasks       every task has an owner and a name

A person's action never waits for a list sync: the outbox worker and a nudged ticket run beside it on the same connection, whose pacing lets
them go first. Time comes from `ports.Clock`, so that no test sleeps.
"""
