-- Which version of the sanitizing rules made a message's body; 0 = it was made before that was stored.
ALTER TABLE messages ADD COLUMN washed INTEGER NOT NULL DEFAULT 0;
CREATE INDEX messages_by_rules ON messages(washed, at);

-- Why part of a conversation is missing here: its vendor does not give it, or gave something else.
CREATE TABLE gaps(ticket INTEGER PRIMARY KEY, words TEXT NOT NULL) STRICT;
