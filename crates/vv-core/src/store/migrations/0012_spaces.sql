-- Spaces that several people share. Their operations and members are projections of control streams; who waits to come in, and
-- where one waits oneself, is what this computer alone knows.

-- operations of the control streams of shared spaces, by the hash of their record
CREATE TABLE space_op (
    space  INTEGER NOT NULL,
    hash   BLOB    NOT NULL,
    -- The account behind the feed.
    author BLOB    NOT NULL,
    feed   BLOB    NOT NULL,
    hlc    INTEGER NOT NULL,
    type   INTEGER NOT NULL,
    body   BLOB    NOT NULL,
    PRIMARY KEY (space, hash)
) STRICT, WITHOUT ROWID;

-- members of shared spaces, as the operations make them
CREATE TABLE member (
    space   INTEGER NOT NULL,
    account BLOB    NOT NULL,
    role    INTEGER NOT NULL,
    history INTEGER NOT NULL,
    PRIMARY KEY (space, account)
) STRICT, WITHOUT ROWID;

-- local: spaces that this person has asked to come into
CREATE TABLE space_asked (
    space         BLOB    PRIMARY KEY,
    link          TEXT    NOT NULL,
    -- The secret that opens the answer.
    answer_secret BLOB    NOT NULL,
    request       BLOB    NOT NULL,
    sealed        BLOB    NOT NULL,
    made_at       INTEGER NOT NULL,
    declined      INTEGER NOT NULL,
    my_name       TEXT    NOT NULL
) STRICT, WITHOUT ROWID;

-- local: others who have asked to come into a space
CREATE TABLE space_request (
    request  BLOB    PRIMARY KEY,
    space    BLOB    NOT NULL,
    invite   BLOB    NOT NULL,
    sealed   BLOB    NOT NULL,
    -- 0 while it waits, 1 when it was approved and the answer is due, 2 when it was answered, 3 when it was declined.
    state    INTEGER NOT NULL,
    by_file  INTEGER NOT NULL,
    at       INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- local: invitations under which whoever asks is let in at once by this device
CREATE TABLE space_open_door (
    invite BLOB PRIMARY KEY
) STRICT, WITHOUT ROWID;
