-- What a document's text is to those of lower rows: `twin` is the first with the same sketch, `near` the first of others
-- that it resembles. It hangs on the two texts alone, and can be computed again.
CREATE TABLE likeness (
    document INTEGER PRIMARY KEY REFERENCES document (id),
    twin     INTEGER NOT NULL REFERENCES document (id),
    near     BLOB NOT NULL
) STRICT;
