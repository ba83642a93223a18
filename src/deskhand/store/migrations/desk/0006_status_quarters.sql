-- How each account was in the last 24 hours: for each quarter of an hour (`at`, its beginning, UTC, milliseconds) the worst health, and
-- how many milliseconds of it the program ran. What has no row, and what is missing in `ran`, is time in which nobody looked.
CREATE TABLE status_quarters(
    account TEXT NOT NULL,
    at INTEGER NOT NULL,
    health TEXT NOT NULL,
    ran INTEGER NOT NULL,
    PRIMARY KEY(account, at)) STRICT, WITHOUT ROWID;
