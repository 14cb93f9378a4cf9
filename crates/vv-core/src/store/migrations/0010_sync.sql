-- Sync: the places through which spaces travel, and how far each space has come there. All of it is what this computer alone
-- knows: another device has its own places and its own progress.

-- local: folders and servers
CREATE TABLE place (
    pid       INTEGER PRIMARY KEY,
    -- 1 folder, 2 server.
    kind      INTEGER NOT NULL,
    address   TEXT    NOT NULL UNIQUE,
    -- What its administrator gave out for making spaces there; empty where none is asked for.
    voucher   TEXT    NOT NULL,
    added_at  INTEGER NOT NULL,
    -- 0 in use, 1 paused by the person, 2 paused until an alarm is answered.
    paused    INTEGER NOT NULL,
    paused_at INTEGER NOT NULL,
    -- When all was last in step; 0 before the first time.
    in_step_at INTEGER NOT NULL
) STRICT;

-- local: the spaces that were made or found at a place
CREATE TABLE place_space (
    pid    INTEGER NOT NULL,
    sid    INTEGER NOT NULL,
    -- The bytes that were sent and received for it.
    sent     INTEGER NOT NULL,
    received INTEGER NOT NULL,
    -- The records that were received and found to be what was signed.
    verified INTEGER NOT NULL,
    PRIMARY KEY (pid, sid)
) STRICT, WITHOUT ROWID;

-- local: how far each stream was read from a server, and the hash of the stream up to there
CREATE TABLE place_stream (
    pid    INTEGER NOT NULL,
    sid    INTEGER NOT NULL,
    stream INTEGER NOT NULL,
    log_id BLOB    NOT NULL,
    gseq   INTEGER NOT NULL,
    chain  BLOB    NOT NULL,
    PRIMARY KEY (pid, sid, stream)
) STRICT, WITHOUT ROWID;

-- local: the first 16 bytes of the hash of a stream after each of its records, 64 to a row
CREATE TABLE chain_block (
    pid    INTEGER NOT NULL,
    sid    INTEGER NOT NULL,
    stream INTEGER NOT NULL,
    block  INTEGER NOT NULL,
    chains BLOB    NOT NULL,
    PRIMARY KEY (pid, sid, stream, block)
) STRICT, WITHOUT ROWID;

-- local: up to which record a feed of this device is at a place
CREATE TABLE feed_sent (
    pid INTEGER NOT NULL,
    fid INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    PRIMARY KEY (pid, fid)
) STRICT, WITHOUT ROWID;

-- local: the files of a folder that were read, and those of one's own that lie there
CREATE TABLE segment (
    pid       INTEGER NOT NULL,
    space     BLOB    NOT NULL,
    feed      BLOB    NOT NULL,
    name      TEXT    NOT NULL,
    first_seq INTEGER NOT NULL,
    last_seq  INTEGER NOT NULL,
    -- When a file of one's own was replaced by a larger one and may go; 0 while it is needed.
    replaced_at INTEGER NOT NULL,
    PRIMARY KEY (pid, space, feed, name)
) STRICT, WITHOUT ROWID;

-- local: how far the feeds in a folder say that they have come
CREATE TABLE folder_head (
    pid   INTEGER NOT NULL,
    space BLOB    NOT NULL,
    feed  BLOB    NOT NULL,
    seq   INTEGER NOT NULL,
    PRIMARY KEY (pid, space, feed)
) STRICT, WITHOUT ROWID;

-- local: what records of others say that they had seen of a stream, and was not compared yet
CREATE TABLE claim (
    pid    INTEGER NOT NULL,
    sid    INTEGER NOT NULL,
    stream INTEGER NOT NULL,
    -- The id of the log.
    of     BLOB    NOT NULL,
    number INTEGER NOT NULL,
    hash   BLOB    NOT NULL,
    since  INTEGER NOT NULL,
    rounds INTEGER NOT NULL,
    PRIMARY KEY (pid, sid, stream, of, number, hash)
) STRICT, WITHOUT ROWID;

-- local: the chunks of files that are to be sent to a place or fetched from it
CREATE TABLE chunk_due (
    pid  INTEGER NOT NULL,
    sid  INTEGER NOT NULL,
    name BLOB    NOT NULL,
    PRIMARY KEY (pid, sid, name)
) STRICT, WITHOUT ROWID;

-- local: up to which row of the log files were looked for
CREATE TABLE chunk_looked (
    pid INTEGER NOT NULL,
    sid INTEGER NOT NULL,
    rid INTEGER NOT NULL,
    PRIMARY KEY (pid, sid)
) STRICT, WITHOUT ROWID;

-- local: chunks of files that were deleted here and are to go from a place
CREATE TABLE chunk_gone (
    pid  INTEGER NOT NULL,
    name BLOB    NOT NULL,
    PRIMARY KEY (pid, name)
) STRICT, WITHOUT ROWID;

-- local: records of which a place was asked to keep only header and hash
CREATE TABLE purged (
    pid INTEGER NOT NULL,
    fid INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    PRIMARY KEY (pid, fid, seq)
) STRICT, WITHOUT ROWID;

CREATE INDEX record_stub ON record (fid, seq) WHERE state = 2;

-- local: what went wrong at a place and waits for the person
CREATE TABLE alarm (
    aid         INTEGER PRIMARY KEY,
    pid         INTEGER NOT NULL,
    sid         INTEGER NOT NULL,
    kind        INTEGER NOT NULL,
    count       INTEGER NOT NULL,
    raised_at   INTEGER NOT NULL,
    answered_at INTEGER NOT NULL,
    UNIQUE (pid, sid, kind, answered_at)
) STRICT;
