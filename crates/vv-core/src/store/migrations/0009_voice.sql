-- Sound: what is known of voice notes beside their files, and recordings that have not become a file yet.

-- voice notes, by the id of their file; written by `journal::project` alone
CREATE TABLE voice (
    attachment  BLOB    PRIMARY KEY,
    duration_ms INTEGER NOT NULL,
    -- The loudest moments one after the other, a byte each.
    peaks       BLOB    NOT NULL,
    -- 1 when it ended without being stopped.
    cut_short   INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- moments that were marked in voice notes
CREATE TABLE voice_mark (
    attachment BLOB    NOT NULL,
    at_ms      INTEGER NOT NULL,
    name       TEXT    NOT NULL,
    PRIMARY KEY (attachment, at_ms)
) STRICT, WITHOUT ROWID;

-- local: recordings that run, and those a crash left
CREATE TABLE recording (
    id    BLOB PRIMARY KEY,
    entry BLOB NOT NULL,
    -- The program that records; it holds a lock on the file of this name as long as it lives.
    owner BLOB NOT NULL,
    -- The name its file shall have.
    name  TEXT NOT NULL
) STRICT;

CREATE INDEX recording_entry ON recording (entry);

-- local: their sound as it was heard, half a second in each
CREATE TABLE recording_piece (
    recording BLOB    NOT NULL,
    number    INTEGER NOT NULL,
    -- How many samples it stands for; the last piece may end within a packet.
    samples   INTEGER NOT NULL,
    -- Packets of sound, each after its length in two bytes.
    packets   BLOB    NOT NULL,
    peaks     BLOB    NOT NULL,
    PRIMARY KEY (recording, number)
) STRICT;

-- local: moments that were marked while recording
CREATE TABLE recording_mark (
    recording BLOB    NOT NULL,
    at_ms     INTEGER NOT NULL,
    PRIMARY KEY (recording, at_ms)
) STRICT, WITHOUT ROWID;
