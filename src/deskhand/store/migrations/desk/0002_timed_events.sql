-- What is to happen on this computer at a time: of which kind, with what (an account and a thing of it, '' for none), when (UTC,
-- milliseconds). Ids are never used twice, so that an id names one plan: what is planned anew for the same thing has another one.
CREATE TABLE timed_events(
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL,
    account TEXT NOT NULL,
    subject TEXT NOT NULL,
    due INTEGER NOT NULL,
    payload TEXT NOT NULL,
    UNIQUE(kind, account, subject)) STRICT;
CREATE INDEX timed_events_due ON timed_events(kind, due);
