-- Days are ISO dates, moments are RFC 3339 in UTC. Bytes named `packed` are compressed with Zstandard.

-- One intake: every row that carries its number was taken in then.
CREATE TABLE run (
    id      INTEGER PRIMARY KEY,
    at      TEXT NOT NULL,
    version TEXT NOT NULL
) STRICT;

-- Bytes by their SHA-256.
CREATE TABLE blob (
    id     INTEGER PRIMARY KEY,
    sha256 BLOB NOT NULL UNIQUE,
    size   INTEGER NOT NULL,
    packed BLOB NOT NULL
) STRICT;

-- An article as found. The same origin found again with other bytes, or with other things said of it, is a new row.
CREATE TABLE item (
    id         INTEGER PRIMARY KEY,
    origin     TEXT NOT NULL,
    name       TEXT NOT NULL,
    media_type TEXT,
    sidecar    TEXT NOT NULL,
    blob       INTEGER NOT NULL REFERENCES blob (id),
    run        INTEGER NOT NULL REFERENCES run (id)
) STRICT;
CREATE INDEX item_by_origin ON item (origin, id);

-- What reads: parse and extract stages with their options, packs and code. Claims are kept by who made them.
CREATE TABLE reader (
    id     INTEGER PRIMARY KEY,
    sha256 TEXT NOT NULL UNIQUE,
    parts  TEXT NOT NULL
) STRICT;

-- An item read by a reader, once.
CREATE TABLE reading (
    id     INTEGER PRIMARY KEY,
    item   INTEGER NOT NULL REFERENCES item (id),
    reader INTEGER NOT NULL REFERENCES reader (id),
    run    INTEGER NOT NULL REFERENCES run (id),
    UNIQUE (reader, item)
) STRICT;

CREATE TABLE document (
    id        INTEGER PRIMARY KEY,
    reading   INTEGER NOT NULL REFERENCES reading (id),
    document  TEXT NOT NULL,
    address   TEXT NOT NULL,
    published TEXT,
    head      TEXT NOT NULL,
    sketch    BLOB NOT NULL,
    packed    BLOB NOT NULL
) STRICT;
CREATE INDEX document_by_reading ON document (reading);
CREATE INDEX document_by_address ON document (address);

-- `sources` holds, in JSON, id and name of who says it and of who relays it.
CREATE TABLE claim (
    id        INTEGER PRIMARY KEY,
    document  INTEGER NOT NULL REFERENCES document (id),
    claim     TEXT NOT NULL,
    indicator TEXT NOT NULL,
    subject   TEXT,
    object    TEXT,
    part_of   TEXT,
    sources   TEXT NOT NULL,
    json      TEXT NOT NULL
) STRICT;
CREATE INDEX claim_by_document ON claim (document);
CREATE INDEX claim_by_claim ON claim (claim);

-- What could not be read, with the reason.
CREATE TABLE set_aside (
    reading INTEGER NOT NULL REFERENCES reading (id),
    json    TEXT NOT NULL
) STRICT;
CREATE INDEX set_aside_by_reading ON set_aside (reading);

-- `heard` is the newest day of publication among the documents that speak of it; `sha256` is that of both.
CREATE TABLE finding (
    id      INTEGER PRIMARY KEY,
    sha256  BLOB NOT NULL UNIQUE,
    finding TEXT NOT NULL,
    heard   TEXT,
    json    TEXT NOT NULL
) STRICT;
CREATE INDEX finding_by_finding ON finding (finding);

-- A group of claims that was reconciled: the print is a hash of the claims, of what the reconciler was told of them, and
-- of the reconciler itself. `findings` are rows, `said` is what the reconciler said besides. All of it can be computed
-- again.
CREATE TABLE verdict (
    print    BLOB NOT NULL PRIMARY KEY,
    findings BLOB NOT NULL,
    said     TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- A report that was written. `run` is the last intake that it knows of; `findings` the rows of all findings
-- known then, `folder` where its files go; they are `placed` once they are all there.
CREATE TABLE report (
    id       INTEGER PRIMARY KEY,
    as_of    TEXT NOT NULL,
    start    TEXT NOT NULL,
    run      INTEGER NOT NULL REFERENCES run (id),
    reader   INTEGER NOT NULL REFERENCES reader (id),
    previous INTEGER REFERENCES report (id),
    folder   TEXT NOT NULL,
    head     TEXT NOT NULL,
    findings BLOB NOT NULL,
    placed   INTEGER NOT NULL
) STRICT;
CREATE INDEX report_by_day ON report (as_of, id);

CREATE TABLE report_file (
    report INTEGER NOT NULL REFERENCES report (id),
    path   TEXT NOT NULL,
    blob   INTEGER NOT NULL REFERENCES blob (id),
    PRIMARY KEY (report, path)
) STRICT;
