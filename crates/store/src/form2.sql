-- What a document's text is to those of lower rows: `twin` is the first with the same sketch, `near` the first of others
-- that it resembles. It hangs on the two texts alone, and can be computed again.
CREATE TABLE likeness (
    document INTEGER PRIMARY KEY REFERENCES document (id),
    twin     INTEGER NOT NULL REFERENCES document (id),
    near     BLOB NOT NULL
) STRICT;

-- What servers gave, by the address that was asked for: `landed` is where it was in the end, `etag` and `modified` what
-- the server called that version.
CREATE TABLE answer (
    id         INTEGER PRIMARY KEY,
    address    TEXT NOT NULL,
    landed     TEXT NOT NULL,
    media_type TEXT,
    etag       TEXT,
    modified   TEXT,
    blob       INTEGER NOT NULL REFERENCES blob (id),
    run        INTEGER NOT NULL REFERENCES run (id)
) STRICT;
CREATE INDEX answer_by_address ON answer (address, id);
