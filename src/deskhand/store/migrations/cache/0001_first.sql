CREATE TABLE meta(key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

-- An account as the cache needs it: a small number for the indexes, who "I" am, and how far the walk came.
CREATE TABLE feeds(
    n INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    me TEXT NOT NULL DEFAULT '',
    my_ids TEXT NOT NULL DEFAULT '[]',
    assigns INTEGER NOT NULL DEFAULT 1,
    kept INTEGER NOT NULL DEFAULT 0,
    cursor TEXT NOT NULL DEFAULT '',
    walk INTEGER NOT NULL DEFAULT 0,
    imported INTEGER NOT NULL DEFAULT 0) STRICT;

-- The list: shown values (server state with the outbox over it), small, without anything that only an open ticket needs.
-- `at` is milliseconds << 18 | id & 0x3ffff and `urgent` the urgency << 60 | at: one integer sorts, seeks and breaks ties.
CREATE TABLE tickets(
    id INTEGER PRIMARY KEY,
    account INTEGER NOT NULL,
    remote TEXT NOT NULL,
    number TEXT NOT NULL,
    subject TEXT NOT NULL,
    people TEXT NOT NULL,
    grams TEXT NOT NULL,
    who TEXT NOT NULL,
    requester TEXT NOT NULL,
    assignee TEXT NOT NULL,
    assignee_id TEXT NOT NULL,
    assigned INTEGER NOT NULL,
    state INTEGER NOT NULL,
    standing INTEGER NOT NULL,
    done INTEGER NOT NULL,
    vendor_state TEXT NOT NULL,
    priority INTEGER NOT NULL,
    vendor_priority TEXT NOT NULL,
    shelf TEXT NOT NULL,
    shelf_name TEXT NOT NULL,
    stage TEXT NOT NULL,
    sentiment TEXT NOT NULL,
    tags TEXT NOT NULL,
    due INTEGER,
    at INTEGER NOT NULL,
    urgent INTEGER NOT NULL,
    mine INTEGER NOT NULL,
    unassigned INTEGER NOT NULL,
    pending TEXT NOT NULL,
    needs_agent INTEGER NOT NULL,
    has_draft INTEGER NOT NULL,
    unread INTEGER NOT NULL,
    waiting INTEGER NOT NULL,
    has_files INTEGER NOT NULL,
    snippet TEXT NOT NULL,
    talked_at INTEGER NOT NULL,
    said_at INTEGER NOT NULL,
    seen_at INTEGER NOT NULL,
    read_at INTEGER NOT NULL,
    comments_at INTEGER NOT NULL,
    stale INTEGER NOT NULL,
    gone INTEGER NOT NULL,
    UNIQUE(account, remote)) STRICT;

CREATE INDEX all_at ON tickets(at);
CREATE INDEX all_urgent ON tickets(urgent);
CREATE INDEX account_at ON tickets(account, at);
CREATE INDEX account_urgent ON tickets(account, urgent);
CREATE INDEX open_at ON tickets(at) WHERE done = 0;
CREATE INDEX open_urgent ON tickets(urgent) WHERE done = 0;
CREATE INDEX account_open_at ON tickets(account, at) WHERE done = 0;
CREATE INDEX account_open_urgent ON tickets(account, urgent) WHERE done = 0;
CREATE INDEX done_at ON tickets(at) WHERE done = 1;
CREATE INDEX account_done_at ON tickets(account, at) WHERE done = 1;
CREATE INDEX mine_at ON tickets(at) WHERE mine = 1;
CREATE INDEX mine_urgent ON tickets(urgent) WHERE mine = 1;
CREATE INDEX account_mine_at ON tickets(account, at) WHERE mine = 1;
CREATE INDEX account_mine_urgent ON tickets(account, urgent) WHERE mine = 1;
CREATE INDEX unassigned_at ON tickets(at) WHERE unassigned = 1;
CREATE INDEX unassigned_urgent ON tickets(urgent) WHERE unassigned = 1;
CREATE INDEX account_unassigned_at ON tickets(account, at) WHERE unassigned = 1;
CREATE INDEX account_unassigned_urgent ON tickets(account, urgent) WHERE unassigned = 1;
CREATE INDEX unread_at ON tickets(at) WHERE unread = 1;
CREATE INDEX unread_urgent ON tickets(urgent) WHERE unread = 1;
CREATE INDEX account_unread_at ON tickets(account, at) WHERE unread = 1;
CREATE INDEX account_unread_urgent ON tickets(account, urgent) WHERE unread = 1;
CREATE INDEX state_at ON tickets(standing, at);
CREATE INDEX state_urgent ON tickets(standing, urgent);
CREATE INDEX account_state_at ON tickets(account, standing, at);
CREATE INDEX account_state_urgent ON tickets(account, standing, urgent);
CREATE INDEX shelf_at ON tickets(account, shelf, at) WHERE shelf <> '';
CREATE INDEX shelf_urgent ON tickets(account, shelf, urgent) WHERE shelf <> '';
CREATE INDEX shelf_open_at ON tickets(account, shelf, at) WHERE shelf <> '' AND done = 0;
CREATE INDEX shelf_open_urgent ON tickets(account, shelf, urgent) WHERE shelf <> '' AND done = 0;
CREATE INDEX stage_at ON tickets(account, shelf, stage, at) WHERE stage <> '';
CREATE INDEX stage_urgent ON tickets(account, shelf, stage, urgent) WHERE stage <> '';
CREATE INDEX vendor_state_at ON tickets(vendor_state, at);
CREATE INDEX vendor_state_urgent ON tickets(vendor_state, urgent);
CREATE INDEX requester_at ON tickets(requester, at) WHERE requester <> '';
CREATE INDEX drafts_at ON tickets(at) WHERE has_draft = 1;
CREATE INDEX drafts_urgent ON tickets(urgent) WHERE has_draft = 1;
CREATE INDEX outbox_at ON tickets(at) WHERE pending <> '';
CREATE INDEX outbox_urgent ON tickets(urgent) WHERE pending <> '';
CREATE INDEX number_of ON tickets(number) WHERE number <> '';
CREATE INDEX to_read ON tickets(account, done, at) WHERE stale = 1;
CREATE INDEX to_read_again ON tickets(account, read_at) WHERE stale = 0 AND done = 0;

CREATE TABLE tagged(
    tag TEXT NOT NULL, at INTEGER NOT NULL, id INTEGER NOT NULL, urgent INTEGER NOT NULL,
    PRIMARY KEY(tag, at, id)) STRICT, WITHOUT ROWID;
CREATE INDEX tagged_urgent ON tagged(tag, urgent, id);

-- What the vendor said, read when a ticket is opened, merged or projected again.
CREATE TABLE server(id INTEGER PRIMARY KEY, ticket TEXT NOT NULL, raw TEXT NOT NULL) STRICT;
-- The last full walk that saw a ticket: apart, so that an unchanged ticket costs no row of the list.
CREATE TABLE seen(id INTEGER PRIMARY KEY, account INTEGER NOT NULL, walk INTEGER NOT NULL) STRICT;

CREATE TABLE messages(
    id INTEGER PRIMARY KEY,
    ticket INTEGER NOT NULL,
    remote TEXT NOT NULL,
    at INTEGER NOT NULL,
    public INTEGER NOT NULL,
    customer INTEGER NOT NULL,
    files INTEGER NOT NULL,
    text TEXT NOT NULL,
    grams TEXT NOT NULL,
    body TEXT NOT NULL,
    raw TEXT NOT NULL,
    UNIQUE(ticket, remote)) STRICT;
-- Where and when a hit of the index is, without its row: a search looks a thousand up.
CREATE INDEX message_places ON messages(id, ticket, at);
CREATE INDEX ticket_places ON tickets(id, account, at);
CREATE TABLE history(ticket INTEGER PRIMARY KEY, body TEXT NOT NULL) STRICT;

CREATE VIRTUAL TABLE ticket_words USING fts5(
    number, subject, people, grams, content='tickets', content_rowid='id', tokenize='unicode61 remove_diacritics 2');
CREATE VIRTUAL TABLE message_words USING fts5(
    text, grams, content='messages', content_rowid='id', tokenize='unicode61 remove_diacritics 2');

CREATE TABLE counts(account INTEGER NOT NULL, name TEXT NOT NULL, n INTEGER NOT NULL,
    PRIMARY KEY(account, name)) STRICT, WITHOUT ROWID;
CREATE TABLE shelves(account INTEGER NOT NULL, shelf TEXT NOT NULL, stage TEXT NOT NULL, name TEXT NOT NULL, n INTEGER NOT NULL,
    PRIMARY KEY(account, shelf, stage)) STRICT, WITHOUT ROWID;
CREATE TABLE words(account INTEGER NOT NULL, kind TEXT NOT NULL, id TEXT NOT NULL, word TEXT NOT NULL, n INTEGER NOT NULL,
    PRIMARY KEY(account, kind, id, word)) STRICT, WITHOUT ROWID;
