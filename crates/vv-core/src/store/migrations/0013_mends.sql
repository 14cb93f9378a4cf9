-- What is told of records that were put aside, and what a person decided about feeds that have split.

-- 0 while nobody has decided, 1 what came from elsewhere and was left aside, 2 what was here and gave way.
ALTER TABLE evidence ADD COLUMN settled INTEGER NOT NULL DEFAULT 0;

CREATE INDEX evidence_feed ON evidence (fid, settled);

-- local: files of folders that are not whole yet, by their way from the folder
CREATE TABLE file_not_whole (
    pid   INTEGER NOT NULL,
    name  TEXT    NOT NULL,
    since INTEGER NOT NULL,
    PRIMARY KEY (pid, name)
) STRICT, WITHOUT ROWID;

CREATE INDEX record_cut ON record (fid) WHERE state = 3;

-- local: spaces in which a record stands that this version must understand to write there, and does not
CREATE TABLE space_stopped (
    sid     INTEGER PRIMARY KEY,
    -- The version that did not understand it.
    version TEXT    NOT NULL
) STRICT;
