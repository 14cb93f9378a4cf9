-- The journal: projections of the kinds Entry and Attachment, written by `journal::project` alone, and what this machine
-- knows about editing. `verify` rebuilds every table here that is not marked `-- local` and compares it row by row.

CREATE TABLE entry (
    id               BLOB    PRIMARY KEY,
    -- Milliseconds since 0001-01-01T00:00 of the day the entry belongs to at the time of its own wall clock.
    -- The order everywhere is (order_key, id); order_key / 86400000 is the day, order_key % 86400000 the time of day.
    order_key        INTEGER NOT NULL,
    title            TEXT    NOT NULL,
    -- The title, or the first words where there is none, in lower case; for links.
    title_key        TEXT    NOT NULL,
    excerpt          TEXT    NOT NULL,
    -- Tags in order of spelling, a line feed between them.
    tags             TEXT    NOT NULL,
    -- The instant of writing, milliseconds since 1970 UTC, and how many seconds its wall clock is ahead of UTC.
    at_ms            INTEGER NOT NULL,
    at_offset        INTEGER NOT NULL,
    time_zone        TEXT,
    starred          INTEGER NOT NULL,
    trashed_at       INTEGER,
    origin           INTEGER NOT NULL,
    source_app       TEXT,
    source_id        TEXT,
    word_count       INTEGER NOT NULL,
    attachment_count INTEGER NOT NULL,
    -- Eight bytes of a hash over all that is searched; when it changes, the entry waits for the index.
    content_mark     INTEGER NOT NULL,
    -- The clock of the newest record of the entry, milliseconds since 1970 UTC.
    changed_at       INTEGER NOT NULL
) STRICT;

CREATE INDEX entry_timeline ON entry (order_key, id, word_count) WHERE trashed_at IS NULL;
CREATE INDEX entry_starred ON entry (order_key, id) WHERE trashed_at IS NULL AND starred = 1;
CREATE INDEX entry_trash ON entry (order_key, id) WHERE trashed_at IS NOT NULL;
CREATE INDEX entry_title ON entry (title_key, order_key) WHERE trashed_at IS NULL;
CREATE INDEX entry_source ON entry (source_app, source_id) WHERE source_id IS NOT NULL;

CREATE TABLE entry_tag (
    -- The tag in lower case: tags are compared so.
    tag_key   TEXT    NOT NULL,
    -- 1 when the entry lies in the trash.
    trashed   INTEGER NOT NULL,
    order_key INTEGER NOT NULL,
    entry     BLOB    NOT NULL,
    tag       TEXT    NOT NULL,
    PRIMARY KEY (tag_key, trashed, order_key, entry)
) STRICT, WITHOUT ROWID;

CREATE TABLE attachment (
    id     BLOB    PRIMARY KEY,
    entry  BLOB    NOT NULL,
    name   TEXT    NOT NULL,
    mime   TEXT    NOT NULL,
    size   INTEGER NOT NULL,
    blake3 BLOB    NOT NULL,
    width  INTEGER,
    height INTEGER
) STRICT, WITHOUT ROWID;

CREATE INDEX attachment_entry ON attachment (entry, id);

-- local: what was typed since the last save, one row for each editing session with unsaved words
CREATE TABLE entry_draft (
    session BLOB    PRIMARY KEY,
    title   TEXT    NOT NULL,
    text    TEXT    NOT NULL,
    kept_at INTEGER NOT NULL
) STRICT;

-- local: what the editor of a draft showed before those words, so that they merge with what others wrote meanwhile
CREATE TABLE entry_draft_base (
    session BLOB PRIMARY KEY,
    entry   BLOB NOT NULL,
    -- The program that runs the session; it holds a lock on the file of this name as long as it lives.
    owner   BLOB NOT NULL,
    title   TEXT NOT NULL,
    state   BLOB NOT NULL
) STRICT;

CREATE INDEX entry_draft_base_entry ON entry_draft_base (entry);

-- local: small pictures, made when first needed
CREATE TABLE thumbnail (
    attachment BLOB PRIMARY KEY,
    mime       TEXT NOT NULL,
    bytes      BLOB NOT NULL
) STRICT;

-- local: sealed chunks whose keys are gone from the notebook and whose files are still to be removed
CREATE TABLE chunk_to_remove (
    name BLOB PRIMARY KEY
) STRICT, WITHOUT ROWID;
