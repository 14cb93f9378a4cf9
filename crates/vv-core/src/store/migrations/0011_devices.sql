-- Devices, accounts and epochs: a person with several devices, a notebook with several spaces, a space with several epochs.
--
-- The operations of account logs and the epochs are projections of the log. Secrets, what waits and what was refused are
-- what this computer alone knows.

-- local: the secrets of the person's account, one of each generation, by the public key that belongs to it
CREATE TABLE account_secret (
    public     BLOB    PRIMARY KEY,
    generation INTEGER NOT NULL,
    secret     BLOB    NOT NULL
) STRICT, WITHOUT ROWID;

-- local: accounts whose log can be read here, with the key of that log; the person's own is the first
CREATE TABLE account (
    space   INTEGER PRIMARY KEY REFERENCES space,
    id      BLOB    NOT NULL UNIQUE,
    log_key BLOB    NOT NULL
) STRICT;

-- operations of account logs, by their hash
CREATE TABLE account_op (
    space INTEGER NOT NULL,
    hash  BLOB    NOT NULL,
    type  INTEGER NOT NULL,
    -- The signed operation as it stands in its record.
    body  BLOB    NOT NULL,
    PRIMARY KEY (space, hash)
) STRICT, WITHOUT ROWID;

-- devices of accounts, as their logs say
CREATE TABLE device (
    space       INTEGER NOT NULL,
    -- The operation that added it.
    certificate BLOB    NOT NULL,
    sign        BLOB    NOT NULL,
    open        BLOB    NOT NULL,
    -- Milliseconds since 1970 UTC, as whoever added it said.
    added_at    INTEGER NOT NULL,
    -- The place among the devices by seniority, from 0.
    place       INTEGER NOT NULL,
    -- When it was revoked, as whoever did said; none while it belongs to the account.
    revoked_at  INTEGER,
    PRIMARY KEY (space, certificate)
) STRICT, WITHOUT ROWID;

CREATE INDEX device_certificate ON device (certificate);

-- generations of the keys of accounts, as their logs say
CREATE TABLE account_key (
    space      INTEGER NOT NULL,
    public     BLOB    NOT NULL,
    generation INTEGER NOT NULL,
    -- 1 for the one that everything new is wrapped to.
    current    INTEGER NOT NULL,
    PRIMARY KEY (space, public)
) STRICT, WITHOUT ROWID;

-- epochs of spaces, as their control streams say
CREATE TABLE epoch (
    space  INTEGER NOT NULL,
    -- The hash of the operation.
    hash   BLOB    NOT NULL,
    epoch  BLOB    NOT NULL,
    height INTEGER NOT NULL,
    op     BLOB    NOT NULL,
    PRIMARY KEY (space, hash)
) STRICT, WITHOUT ROWID;

-- local: the keys of epochs, as far as this device was given them, and the names they have in headers
CREATE TABLE epoch_key (
    space      INTEGER NOT NULL REFERENCES space,
    epoch      BLOB    NOT NULL,
    control_id BLOB    NOT NULL,
    content    BLOB,
    history    BLOB,
    control    BLOB,
    process    BLOB,
    PRIMARY KEY (space, epoch)
) STRICT, WITHOUT ROWID;

-- local: the epoch in which this device writes in a space
CREATE TABLE epoch_in_use (
    space INTEGER PRIMARY KEY REFERENCES space,
    epoch BLOB    NOT NULL
) STRICT;

-- local: feeds whose device was revoked, and up to which record they count; feeds that have split
CREATE TABLE feed_limit (
    fid   INTEGER PRIMARY KEY REFERENCES feed,
    upto  INTEGER,
    split INTEGER NOT NULL
) STRICT;

-- local: two different records at one place of a feed: the one that is not in the log
CREATE TABLE evidence (
    hash BLOB    PRIMARY KEY,
    fid  INTEGER NOT NULL,
    seq  INTEGER NOT NULL,
    at   INTEGER NOT NULL,
    raw  BLOB    NOT NULL
) STRICT, WITHOUT ROWID;

-- local: records that wait for something that is not here yet
CREATE TABLE parked (
    hash   BLOB    PRIMARY KEY,
    space  BLOB    NOT NULL,
    stream INTEGER NOT NULL,
    feed   BLOB    NOT NULL,
    seq    INTEGER NOT NULL,
    why    INTEGER NOT NULL,
    at     INTEGER NOT NULL,
    raw    BLOB    NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX parked_place ON parked (space, stream, feed, seq);

-- local: records that were refused, and why
CREATE TABLE refused (
    hash   BLOB    PRIMARY KEY,
    space  BLOB    NOT NULL,
    feed   BLOB    NOT NULL,
    seq    INTEGER NOT NULL,
    reason TEXT    NOT NULL,
    at     INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- local: records during whose merging the program ended, and how often
CREATE TABLE suspect (
    hash  BLOB    PRIMARY KEY,
    times INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
