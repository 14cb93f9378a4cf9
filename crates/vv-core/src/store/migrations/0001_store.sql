-- The store: the log of records, what is merged from it, and what this computer alone knows.
--
-- A table is a projection, which `verify` rebuilds from the log and compares, unless the comment before it begins with
-- `log` (the log itself) or `local` (what a machine knows).

-- local: small facts about this file by name
CREATE TABLE meta (
    name  TEXT PRIMARY KEY,
    value ANY NOT NULL
) STRICT, WITHOUT ROWID;

-- local: the secret keys of this device, of the account and of the journal
CREATE TABLE secret (
    name TEXT PRIMARY KEY,
    key  BLOB NOT NULL
) STRICT, WITHOUT ROWID;

-- log: the spaces whose records are here; kind 0 is the account's own log
CREATE TABLE space (
    sid  INTEGER PRIMARY KEY,
    id   BLOB    NOT NULL UNIQUE,
    kind INTEGER NOT NULL
) STRICT;

-- log: the feeds and how far each has come
CREATE TABLE feed (
    fid         INTEGER PRIMARY KEY,
    space       INTEGER NOT NULL REFERENCES space,
    stream      INTEGER NOT NULL,
    feed        BLOB    NOT NULL,
    public_key  BLOB    NOT NULL,
    -- The public signing key of the device behind it, and which life of its feed in this stream it is.
    device      BLOB    NOT NULL,
    incarnation BLOB    NOT NULL,
    head_seq    INTEGER NOT NULL,
    head_hash   BLOB    NOT NULL,
    -- The logical time up to which its device has counted.
    hlc         INTEGER NOT NULL,
    UNIQUE (space, stream, feed),
    UNIQUE (space, stream, device, incarnation)
) STRICT;

-- log: the records as they were sealed; a record whose content was erased keeps its header and the hash of the rest
CREATE TABLE record (
    rid   INTEGER PRIMARY KEY,
    fid   INTEGER NOT NULL REFERENCES feed,
    seq   INTEGER NOT NULL,
    type  INTEGER NOT NULL,
    obj   BLOB    NOT NULL,
    hlc   INTEGER NOT NULL,
    -- 0 merged, 1 holds something this version does not know, 2 stub.
    state INTEGER NOT NULL,
    raw   BLOB    NOT NULL,
    UNIQUE (fid, seq)
) STRICT;

CREATE INDEX record_obj ON record (obj, hlc);

-- local: records that were lost to a damage and are known to be lost
CREATE TABLE gap (
    fid      INTEGER NOT NULL REFERENCES feed,
    from_seq INTEGER NOT NULL,
    to_seq   INTEGER NOT NULL,
    found_at INTEGER NOT NULL,
    PRIMARY KEY (fid, from_seq)
) STRICT, WITHOUT ROWID;

CREATE TABLE obj (
    oid     INTEGER PRIMARY KEY,
    space   INTEGER NOT NULL REFERENCES space,
    id      BLOB    NOT NULL,
    kind    INTEGER NOT NULL,
    created INTEGER NOT NULL,
    updated INTEGER NOT NULL,
    erased  INTEGER NOT NULL,
    UNIQUE (space, id)
) STRICT;

CREATE TABLE field (
    oid   INTEGER NOT NULL,
    field INTEGER NOT NULL,
    value BLOB    NOT NULL,
    hlc   INTEGER NOT NULL,
    fid   INTEGER NOT NULL,
    PRIMARY KEY (oid, field)
) STRICT, WITHOUT ROWID;

CREATE TABLE element (
    oid     INTEGER NOT NULL,
    field   INTEGER NOT NULL,
    element BLOB    NOT NULL,
    tag     BLOB    NOT NULL,
    removed INTEGER NOT NULL,
    PRIMARY KEY (oid, field, element, tag)
) STRICT, WITHOUT ROWID;

CREATE TABLE doc (
    oid   INTEGER NOT NULL,
    field INTEGER NOT NULL,
    codec INTEGER NOT NULL,
    -- Empty while one update has made the text: that stands in the log.
    state BLOB    NOT NULL,
    text  TEXT    NOT NULL,
    PRIMARY KEY (oid, field)
) STRICT;

-- local: how many editing sessions of this device's present feed have saved in an object
CREATE TABLE doc_session (
    obj    BLOB    NOT NULL,
    feed   BLOB    NOT NULL,
    number INTEGER NOT NULL,
    PRIMARY KEY (obj, feed)
) STRICT, WITHOUT ROWID;

-- local: the backups this notebook has made and proven
CREATE TABLE backup (
    path    TEXT    PRIMARY KEY,
    made_at INTEGER NOT NULL,
    size    INTEGER NOT NULL,
    entries INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
