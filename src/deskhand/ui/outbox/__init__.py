"""The outbox: every item on its way, of tickets and of records, and what can be done with it."""
