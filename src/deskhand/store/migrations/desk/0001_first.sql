CREATE TABLE accounts(
    id TEXT PRIMARY KEY, position INTEGER NOT NULL, body TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE statuses(account TEXT PRIMARY KEY, body TEXT NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE outbox(
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    account TEXT NOT NULL,
    ticket TEXT,
    kind TEXT NOT NULL,
    delivery TEXT NOT NULL,
    item TEXT NOT NULL,
    sent_at INTEGER) STRICT;
CREATE INDEX outbox_open ON outbox(account, ticket, seq) WHERE delivery <> 'sent';
CREATE INDEX outbox_delivery ON outbox(delivery) WHERE delivery <> 'sent';
CREATE INDEX outbox_sent ON outbox(sent_at) WHERE delivery = 'sent';

-- Remote ids that a send of ours is proven by. They outlive the item, and no second send may have one.
CREATE TABLE claims(
    account TEXT NOT NULL, ticket TEXT NOT NULL, remote TEXT NOT NULL, command TEXT NOT NULL,
    PRIMARY KEY(account, ticket, remote)) STRICT, WITHOUT ROWID;

CREATE TABLE drafts(
    account TEXT NOT NULL, ticket TEXT NOT NULL, kind TEXT NOT NULL, changed_at INTEGER NOT NULL, body TEXT NOT NULL,
    PRIMARY KEY(account, ticket, kind)) STRICT, WITHOUT ROWID;
CREATE TABLE notes(
    account TEXT NOT NULL, ticket TEXT NOT NULL, id TEXT NOT NULL, at INTEGER NOT NULL, body TEXT NOT NULL,
    PRIMARY KEY(account, ticket, id)) STRICT, WITHOUT ROWID;
CREATE TABLE blobs(
    id TEXT PRIMARY KEY, name TEXT NOT NULL, mime TEXT NOT NULL, sha256 TEXT NOT NULL, made_at INTEGER NOT NULL,
    data BLOB NOT NULL) STRICT;
CREATE TABLE settings(key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

-- Tickets and messages of accounts whose vendor can never be read: this is their only home.
CREATE TABLE kept_tickets(
    account TEXT NOT NULL, ticket TEXT NOT NULL, body TEXT NOT NULL, raw TEXT NOT NULL,
    PRIMARY KEY(account, ticket)) STRICT, WITHOUT ROWID;
CREATE TABLE kept_messages(
    account TEXT NOT NULL, ticket TEXT NOT NULL, id TEXT NOT NULL, at INTEGER NOT NULL, body TEXT NOT NULL, raw TEXT NOT NULL,
    PRIMARY KEY(account, ticket, id)) STRICT, WITHOUT ROWID;
