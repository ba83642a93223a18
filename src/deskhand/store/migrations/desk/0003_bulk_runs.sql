-- Changes of several tickets at once whose results nobody has read yet: which tickets, by which items of the outbox.
CREATE TABLE bulk_runs(id TEXT PRIMARY KEY, made_at INTEGER NOT NULL, run TEXT NOT NULL) STRICT, WITHOUT ROWID;
