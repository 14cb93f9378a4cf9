-- Templates: pages a person begins entries from.

-- a person's templates, by the id of their object
CREATE TABLE template (
    id       BLOB PRIMARY KEY,
    name     TEXT NOT NULL,
    name_key TEXT NOT NULL,
    title    TEXT NOT NULL,
    text     TEXT NOT NULL,
    -- In order of spelling, a line feed between them.
    tags     TEXT NOT NULL
) STRICT, WITHOUT ROWID;
