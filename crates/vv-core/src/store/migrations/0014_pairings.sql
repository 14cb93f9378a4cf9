-- Pairings: two people who learn from each other. What stands in a pairing's space and what stands in the journal while somebody
-- tracks a pairing alone lies in the same tables; `sid` is the space, `home` the id of that space or, in the journal, of the pairing.
-- Written by `pairings::project` alone. A day is the number of days since 0001-01-01, which is day 1.

-- Which feed added an element; 0 while nobody knows, or while only its removal is here.
ALTER TABLE element ADD COLUMN fid INTEGER NOT NULL DEFAULT 0;

-- who else added an element under the tag of another
CREATE TABLE element_also (
    oid     INTEGER NOT NULL,
    field   INTEGER NOT NULL,
    element BLOB    NOT NULL,
    tag     BLOB    NOT NULL,
    fid     INTEGER NOT NULL,
    PRIMARY KEY (oid, field, element, tag, fid)
) STRICT, WITHOUT ROWID;

-- the person's own sides of their pairings
CREATE TABLE pairing (
    id         BLOB    PRIMARY KEY,
    name       TEXT    NOT NULL,
    person     BLOB,
    hope       TEXT    NOT NULL,
    why        TEXT    NOT NULL,
    -- The id of the space that both share; none while it is tracked alone.
    space      BLOB,
    -- Another space in which the two had begun at once, and which was left for this one.
    other      BLOB,
    earlier    BLOB,
    -- Whether the person would do it again: 1 or 0; none while they have not said.
    wish       INTEGER,
    trashed_at INTEGER,
    begun_on   INTEGER NOT NULL,
    changed_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX pairing_space ON pairing (space) WHERE space IS NOT NULL;

-- what the two agreed a pairing to be
CREATE TABLE charter (
    sid          INTEGER NOT NULL,
    home         BLOB    NOT NULL,
    id           BLOB    NOT NULL,
    kind         INTEGER NOT NULL,
    leads        INTEGER NOT NULL,
    first_about  TEXT    NOT NULL,
    second_about TEXT    NOT NULL,
    rhythm_days  INTEGER NOT NULL,
    minutes      INTEGER NOT NULL,
    sessions     INTEGER NOT NULL,
    begun_on     INTEGER NOT NULL,
    ends_on      INTEGER,
    programme    TEXT    NOT NULL,
    purpose      TEXT    NOT NULL,
    PRIMARY KEY (sid, home)
) STRICT, WITHOUT ROWID;

-- what somebody did or said in a pairing, each by the feed that wrote it
CREATE TABLE pair_act (
    sid    INTEGER NOT NULL,
    home   BLOB    NOT NULL,
    object BLOB    NOT NULL,
    place  INTEGER NOT NULL,
    fid    INTEGER NOT NULL,
    -- 1 when somebody who tracks the pairing alone noted it of the other.
    whose  INTEGER NOT NULL,
    what   INTEGER NOT NULL,
    at_ms  INTEGER NOT NULL,
    on_day INTEGER NOT NULL,
    number INTEGER,
    words  TEXT    NOT NULL,
    -- What it is about: another object, or a hash.
    of     BLOB,
    PRIMARY KEY (sid, home, object, place)
) STRICT, WITHOUT ROWID;

-- hours of a pairing
CREATE TABLE pair_session (
    sid       INTEGER NOT NULL,
    home      BLOB    NOT NULL,
    id        BLOB    NOT NULL,
    -- 1 open, 2 held, 3 cancelled.
    state     INTEGER NOT NULL,
    on_day    INTEGER NOT NULL,
    -- Milliseconds since 1970 UTC, and who said so; none while it has a day alone.
    starts_at INTEGER,
    start_fid INTEGER NOT NULL,
    minutes   INTEGER NOT NULL,
    place     TEXT    NOT NULL,
    zone      TEXT    NOT NULL,
    -- The place in its programme.
    number    INTEGER,
    lane      INTEGER NOT NULL,
    topic     TEXT    NOT NULL,
    live_case TEXT    NOT NULL,
    whose     INTEGER,
    uid       TEXT    NOT NULL,
    PRIMARY KEY (sid, home, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX pair_session_day ON pair_session (on_day) WHERE state = 1;

-- promises
CREATE TABLE promise (
    sid     INTEGER NOT NULL,
    home    BLOB    NOT NULL,
    id      BLOB    NOT NULL,
    -- Whose: 0 whoever began the home, 1 the other.
    owner   INTEGER NOT NULL,
    what    TEXT    NOT NULL,
    due_on  INTEGER,
    place   TEXT    NOT NULL,
    if_then TEXT    NOT NULL,
    small   TEXT    NOT NULL,
    session BLOB,
    made_on INTEGER NOT NULL,
    fid     INTEGER NOT NULL,
    PRIMARY KEY (sid, home, id)
) STRICT, WITHOUT ROWID;

-- goals
CREATE TABLE pair_goal (
    sid     INTEGER NOT NULL,
    home    BLOB    NOT NULL,
    id      BLOB    NOT NULL,
    lane    INTEGER NOT NULL,
    what    TEXT    NOT NULL,
    sign    TEXT    NOT NULL,
    made_on INTEGER NOT NULL,
    PRIMARY KEY (sid, home, id)
) STRICT, WITHOUT ROWID;

-- what is handed over
CREATE TABLE responsibility (
    sid        INTEGER NOT NULL,
    home       BLOB    NOT NULL,
    id         BLOB    NOT NULL,
    name       TEXT    NOT NULL,
    about      TEXT    NOT NULL,
    risk       INTEGER NOT NULL,
    rarity     INTEGER NOT NULL,
    decision   INTEGER NOT NULL,
    -- Names, a line feed between them.
    successors TEXT    NOT NULL,
    session    BLOB,
    PRIMARY KEY (sid, home, id)
) STRICT, WITHOUT ROWID;

-- agreements as they were put forward
CREATE TABLE agreement (
    sid       INTEGER NOT NULL,
    home      BLOB    NOT NULL,
    id        BLOB    NOT NULL,
    fid       INTEGER NOT NULL,
    at_ms     INTEGER NOT NULL,
    review_on INTEGER,
    text      BLOB    NOT NULL,
    PRIMARY KEY (sid, home, id)
) STRICT, WITHOUT ROWID;

-- who signed which text
CREATE TABLE agreement_signature (
    sid       INTEGER NOT NULL,
    home      BLOB    NOT NULL,
    agreement BLOB    NOT NULL,
    place     INTEGER NOT NULL,
    fid       INTEGER NOT NULL,
    whose     INTEGER NOT NULL,
    at_ms     INTEGER NOT NULL,
    hash      BLOB    NOT NULL,
    -- The text that was signed, whatever became of the agreement it was put forward in.
    text      BLOB    NOT NULL,
    PRIMARY KEY (sid, home, agreement, place)
) STRICT, WITHOUT ROWID;

-- what the person thinks of an hour before it
CREATE TABLE preparation (
    id       BLOB    PRIMARY KEY,
    pairing  BLOB    NOT NULL,
    session  BLOB    NOT NULL,
    thoughts TEXT    NOT NULL,
    want     TEXT    NOT NULL,
    changed_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX preparation_session ON preparation (session);

-- which private goal stands behind a goal that both see
CREATE TABLE goal_behind (
    pairing   BLOB NOT NULL,
    pair_goal BLOB NOT NULL,
    goal      BLOB NOT NULL,
    PRIMARY KEY (pairing, pair_goal, goal)
) STRICT, WITHOUT ROWID;

-- who is above or below the person at work
CREATE TABLE work_line (
    id       BLOB    PRIMARY KEY,
    person   BLOB,
    account  BLOB,
    name     TEXT    NOT NULL,
    relation INTEGER NOT NULL,
    since_on INTEGER,
    until_on INTEGER
) STRICT, WITHOUT ROWID;

-- for how many the person has room, by what they are in a pairing
CREATE TABLE capacity (
    part  INTEGER PRIMARY KEY,
    most  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- what the person decided when somebody came into their line
CREATE TABLE line_decision (
    pairing BLOB    NOT NULL,
    line    BLOB    NOT NULL,
    on_day  INTEGER NOT NULL,
    PRIMARY KEY (pairing, line)
) STRICT, WITHOUT ROWID;

-- local: what was typed into texts of pairings since their last save, and what their editors showed before
CREATE TABLE pair_draft (
    session BLOB    PRIMARY KEY,
    -- Which text, as the program writes it.
    paper   BLOB    NOT NULL,
    owner   BLOB    NOT NULL,
    text    TEXT    NOT NULL,
    state   BLOB    NOT NULL,
    kept_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
