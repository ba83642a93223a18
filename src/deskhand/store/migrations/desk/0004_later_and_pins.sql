-- Tickets that were put away until a time, or are to be reminded of: `until` in milliseconds UTC (NULL = until the customer replies),
-- `stays` = it stays in its lists, `keep` = also when the customer replies, `seen_at` = the newest time of the vendor's that was known
-- then, `back_at` = when it came back (0 = not yet), `replies` = messages of the customer that came meanwhile.
CREATE TABLE later(
    account TEXT NOT NULL,
    ticket TEXT NOT NULL,
    until INTEGER,
    stays INTEGER NOT NULL,
    keep INTEGER NOT NULL,
    reason TEXT NOT NULL,
    put_at INTEGER NOT NULL,
    seen_at INTEGER NOT NULL,
    back_at INTEGER NOT NULL,
    replies INTEGER NOT NULL,
    PRIMARY KEY(account, ticket)) STRICT, WITHOUT ROWID;
CREATE TABLE pins(
    account TEXT NOT NULL, ticket TEXT NOT NULL, at INTEGER NOT NULL,
    PRIMARY KEY(account, ticket)) STRICT, WITHOUT ROWID;
