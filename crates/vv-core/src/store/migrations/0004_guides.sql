-- Guides: a person's own, and the runs of all of them. Everything here follows from the objects, except the drafts.

-- a person's own guides, by the id of their object
CREATE TABLE guide (
    id         BLOB    PRIMARY KEY,
    -- The id that stands in the file.
    guide      TEXT    NOT NULL,
    title      TEXT    NOT NULL,
    -- Milliseconds since 1970 UTC; null outside the trash.
    trashed_at INTEGER,
    changed_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX guide_name ON guide (guide, id);

-- runs, open and finished
CREATE TABLE guide_run (
    id          BLOB    PRIMARY KEY,
    guide       TEXT    NOT NULL,
    -- 0 open, 1 finished, 2 put away.
    status      INTEGER NOT NULL,
    started_at  INTEGER NOT NULL,
    finished_at INTEGER,
    changed_at  INTEGER NOT NULL,
    entry       BLOB
) STRICT, WITHOUT ROWID;

CREATE INDEX guide_run_status ON guide_run (status, changed_at);
CREATE INDEX guide_run_finished ON guide_run (guide, finished_at) WHERE status = 1;
CREATE INDEX guide_run_entry ON guide_run (entry) WHERE entry IS NOT NULL;

-- local: answers as they were typed since they were last saved
CREATE TABLE guide_draft (
    run     BLOB    NOT NULL,
    key     TEXT    NOT NULL,
    answer  BLOB    NOT NULL,
    kept_at INTEGER NOT NULL,
    PRIMARY KEY (run, key)
) STRICT, WITHOUT ROWID;
