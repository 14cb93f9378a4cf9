-- What returns: the schedule of entries worth keeping, a projection written by `past::project` alone. A starred entry returns
-- without a row here until it is answered for the first time.

CREATE TABLE keepsake (
    -- Derived from the entry, so that two devices make the same one.
    id          BLOB    PRIMARY KEY,
    entry       BLOB    NOT NULL,
    -- 1 when the person marked it to be kept; a starred entry returns without that.
    kept        INTEGER NOT NULL,
    -- How often it was said to be still true.
    stage       INTEGER NOT NULL,
    -- The day it returns on, as the number of days since 0001-01-01, which is day 1.
    due_on      INTEGER NOT NULL,
    -- 1 when it shall not return any more.
    stopped     INTEGER NOT NULL,
    answered_on INTEGER,
    -- The entry that says what changed.
    became      BLOB
) STRICT;

CREATE INDEX keepsake_due ON keepsake (due_on, id) WHERE stopped = 0;
CREATE INDEX keepsake_answered ON keepsake (answered_on) WHERE answered_on IS NOT NULL;
CREATE UNIQUE INDEX keepsake_entry ON keepsake (entry);
