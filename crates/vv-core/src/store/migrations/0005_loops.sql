-- Loops, goals and intentions: projections written by `loops::project`, `goals::project` and `intentions::project` alone.
-- A day is the number of days since 0001-01-01, which is day 1.

CREATE TABLE loop (
    id           BLOB    PRIMARY KEY,
    title        TEXT    NOT NULL,
    why          TEXT    NOT NULL,
    begun_on     INTEGER NOT NULL,
    -- The day it was closed on; none while it is open.
    closed_on    INTEGER,
    -- Until this day it does not wait for anybody.
    parked_until INTEGER,
    -- The day on which it surfaced because it had been open for long; it does so once.
    surfaced_on  INTEGER,
    trashed_at   INTEGER,
    -- The latest day on which something filled it, or the day it was begun on.
    touched_on   INTEGER NOT NULL,
    changed_at   INTEGER NOT NULL
) STRICT;

CREATE INDEX loop_open ON loop (touched_on) WHERE trashed_at IS NULL AND closed_on IS NULL;
CREATE INDEX loop_closed ON loop (closed_on) WHERE trashed_at IS NULL AND closed_on IS NOT NULL;

CREATE TABLE loop_filling (
    loop    BLOB    NOT NULL,
    id      BLOB    NOT NULL,
    -- 0 gain, 1 practise, 2 feedback, 3 reflect.
    part    INTEGER NOT NULL,
    on_day  INTEGER NOT NULL,
    -- Milliseconds since 1970 UTC of its making.
    made_at INTEGER NOT NULL,
    entry   BLOB,
    words   TEXT    NOT NULL,
    -- Who gave it: the person whose words they are, or with whom it was tried.
    who     TEXT    NOT NULL,
    -- Where it comes from: a course, a book, a talk.
    source  TEXT    NOT NULL,
    -- The day on which was asked whether it was used; asked once.
    asked_on INTEGER,
    PRIMARY KEY (loop, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX loop_filling_entry ON loop_filling (entry) WHERE entry IS NOT NULL;
CREATE INDEX loop_filling_day ON loop_filling (on_day, part);

CREATE TABLE loop_closing (
    loop      BLOB    NOT NULL,
    -- Milliseconds since 1970 UTC.
    closed_at INTEGER NOT NULL,
    on_day    INTEGER NOT NULL,
    then_was  TEXT    NOT NULL,
    now_is    TEXT    NOT NULL,
    PRIMARY KEY (loop, closed_at)
) STRICT, WITHOUT ROWID;

CREATE TABLE goal (
    id          BLOB    PRIMARY KEY,
    wish        TEXT    NOT NULL,
    best_result TEXT    NOT NULL,
    obstacle    TEXT    NOT NULL,
    if_then     TEXT    NOT NULL,
    -- The smallest version that still counts, for a full week.
    fallback    TEXT    NOT NULL,
    first_step  TEXT    NOT NULL,
    why         TEXT    NOT NULL,
    review_on   INTEGER,
    -- The key of the template it was made from.
    objective   TEXT    NOT NULL,
    -- Observable behaviours, one on each line.
    behaviours  TEXT    NOT NULL,
    loop        BLOB,
    begun_on    INTEGER NOT NULL,
    ended_on    INTEGER,
    -- 0 reached, 1 let go.
    ending      INTEGER,
    ending_words TEXT   NOT NULL,
    trashed_at  INTEGER,
    changed_at  INTEGER NOT NULL
) STRICT;

CREATE INDEX goal_review ON goal (review_on) WHERE trashed_at IS NULL AND ended_on IS NULL;
CREATE INDEX goal_loop ON goal (loop) WHERE loop IS NOT NULL;

CREATE TABLE goal_point (
    goal      BLOB    NOT NULL,
    id        BLOB    NOT NULL,
    -- 0 progress, 1 a week that was skipped, with its reason.
    kind      INTEGER NOT NULL,
    on_day    INTEGER NOT NULL,
    made_at   INTEGER NOT NULL,
    words     TEXT    NOT NULL,
    entry     BLOB,
    -- The behaviour it is evidence of; empty when of none in particular.
    behaviour TEXT    NOT NULL,
    PRIMARY KEY (goal, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX goal_point_entry ON goal_point (entry) WHERE entry IS NOT NULL;

CREATE TABLE intention (
    id           BLOB    PRIMARY KEY,
    text         TEXT    NOT NULL,
    due_on       INTEGER NOT NULL,
    made_on      INTEGER NOT NULL,
    -- Where it came from: the entry and the words in it.
    entry        BLOB,
    from_words   TEXT    NOT NULL,
    loop         BLOB,
    -- 0 done, 1 let go; none while it waits.
    answer       INTEGER,
    answered_on  INTEGER,
    answer_words TEXT    NOT NULL,
    -- How often it was moved to another day.
    moved        INTEGER NOT NULL,
    trashed_at   INTEGER,
    changed_at   INTEGER NOT NULL
) STRICT;

CREATE INDEX intention_due ON intention (due_on) WHERE trashed_at IS NULL AND answer IS NULL;
CREATE INDEX intention_answered ON intention (answered_on) WHERE trashed_at IS NULL AND answer IS NOT NULL;
CREATE INDEX intention_loop ON intention (loop) WHERE loop IS NOT NULL;
CREATE INDEX intention_entry ON intention (entry) WHERE entry IS NOT NULL;
