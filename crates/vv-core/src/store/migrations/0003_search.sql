-- What search knows: the index over titles, texts and tags. All of it is what this machine knows, made from the entries
-- and made again when it is lost; nothing here is a record.

-- local: the terms of each entry outside the trash. The rows hold finished terms with spaces between them (see
-- search/terms.rs), so the plainest tokenizer splits them. The row id is the entry's place in time, so that newest first
-- is the order of the table itself. Prefixes of two, three and five letters have lists of their own; four letters are asked as
-- the five-letter prefixes that begin with them.
CREATE VIRTUAL TABLE search_text USING fts5(title, text, tags, tokenize = 'ascii', prefix = '2 3 5');

-- A removed term leaves the file at once, not at the next merge.
INSERT INTO search_text (search_text, rank) VALUES ('secure-delete', 1);

-- local: every term of the index, for the parts of words
CREATE VIRTUAL TABLE search_term USING fts5vocab(search_text, 'row');

-- local: which entry stands in which row of the index, and what is shown of it. The words stand here once more as they are
-- written, in order of time: a page of hits is then a few pages of the file instead of ten for each hit.
CREATE TABLE search_row (
    row       INTEGER PRIMARY KEY,
    entry     BLOB    NOT NULL UNIQUE,
    order_key INTEGER NOT NULL,
    title     TEXT    NOT NULL,
    -- in order of spelling, a line feed between them
    tags      TEXT    NOT NULL,
    text      TEXT    NOT NULL
) STRICT;

-- local: every word of the index with the number of entries that hold it, as a list that is read at once
CREATE TABLE search_words (
    one     INTEGER PRIMARY KEY CHECK (one = 1),
    -- the count of changes of the index that the list knows
    changes INTEGER NOT NULL,
    -- 4 bytes for each word, little endian
    counts  BLOB    NOT NULL,
    -- a line feed before, between and after the words
    words   TEXT    NOT NULL
) STRICT;

-- local: entries that changed since the index took them in; the latest change has the highest row id
CREATE TABLE search_dirty (
    entry BLOB PRIMARY KEY
) STRICT;

-- local: the version of the terms; how often the index was changed, so that a process knows when its own list of terms is
-- old; and whether the parts of the index were put together after the last large change
CREATE TABLE search_state (
    one     INTEGER PRIMARY KEY CHECK (one = 1),
    version INTEGER NOT NULL,
    changes INTEGER NOT NULL,
    settled INTEGER NOT NULL
) STRICT;
INSERT INTO search_state (one, version, changes, settled) VALUES (1, 1, 0, 1);
