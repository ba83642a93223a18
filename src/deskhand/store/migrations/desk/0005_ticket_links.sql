-- Tickets that belong together; each pair stands once. `link_accounts` says which account a link leads to that was removed, so that the
-- link is whole again once the account comes back.
CREATE TABLE ticket_links(
    account TEXT NOT NULL,
    ticket TEXT NOT NULL,
    other_account TEXT NOT NULL,
    other_ticket TEXT NOT NULL,
    kind TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY(account, ticket, other_account, other_ticket)) STRICT, WITHOUT ROWID;
CREATE INDEX ticket_links_other ON ticket_links(other_account, other_ticket);
CREATE TABLE link_accounts(
    account TEXT PRIMARY KEY NOT NULL, vendor TEXT NOT NULL, base_url TEXT NOT NULL, label TEXT NOT NULL) STRICT, WITHOUT ROWID;
