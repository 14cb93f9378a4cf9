-- People that entries name, and notes of who helped: projections written by `people::project`, `journal::project` and
-- `helped::project` alone. A day is the number of days since 0001-01-01, which is day 1.

-- a person as somebody wrote them down; of two that are one, the first leads to the other
CREATE TABLE person (
    id          BLOB    PRIMARY KEY,
    name        TEXT    NOT NULL,
    about       TEXT    NOT NULL,
    merged_into BLOB,
    changed_at  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- the other names of a person
CREATE TABLE person_name (
    person BLOB NOT NULL,
    name   TEXT NOT NULL,
    PRIMARY KEY (person, name)
) STRICT, WITHOUT ROWID;

-- which entries name whom; a person may not have arrived yet, or be deleted
CREATE TABLE entry_person (
    entry  BLOB    NOT NULL,
    person BLOB    NOT NULL,
    -- The place of the first mention among the people of the entry.
    place  INTEGER NOT NULL,
    PRIMARY KEY (entry, person)
) STRICT, WITHOUT ROWID;

CREATE INDEX entry_person_person ON entry_person (person);

-- who helped, with what, on which day
CREATE TABLE helped (
    id         BLOB    PRIMARY KEY,
    person     BLOB    NOT NULL,
    -- The name at the time of writing; stays when the person is deleted.
    who        TEXT    NOT NULL,
    subject    TEXT    NOT NULL,
    on_day     INTEGER NOT NULL,
    entry      BLOB,
    changed_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX helped_day ON helped (on_day);
CREATE INDEX helped_entry ON helped (entry) WHERE entry IS NOT NULL;
