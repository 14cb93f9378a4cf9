-- What two people do in a pairing: meetings by a guide, sealed answers, excerpts, thanks. What they are is in the objects; this is
-- where to find them. Written by `meetings::project` alone.

-- where the objects of meetings are
CREATE TABLE meeting_part (
    -- The space in which the object stands.
    sid   INTEGER NOT NULL,
    kind  INTEGER NOT NULL,
    id    BLOB    NOT NULL,
    -- The id of the pairing's space or, while it is tracked alone, of the pairing.
    home  BLOB    NOT NULL,
    -- What it is about: a session, a meeting, an entry, a sealed object; none where it is about nothing.
    of    BLOB,
    -- Depends on the kind: how far a meeting is, which kind of matter is sealed, what became of an excerpt.
    state INTEGER NOT NULL,
    -- Milliseconds since 1970 UTC.
    at_ms INTEGER NOT NULL,
    PRIMARY KEY (sid, kind, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX meeting_part_home ON meeting_part (home, kind, at_ms);
CREATE INDEX meeting_part_of ON meeting_part (of, kind) WHERE of IS NOT NULL;
