-- What is told of records that were put aside, and what a person decided about feeds that have split.

-- 0 while nobody has decided, 1 what came from elsewhere and was left aside, 2 what was here and gave way.
ALTER TABLE evidence ADD COLUMN settled INTEGER NOT NULL DEFAULT 0;

CREATE INDEX evidence_feed ON evidence (fid, settled);
