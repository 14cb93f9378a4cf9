-- Nothing here says who anybody is, what a space is for, or when anything came.
CREATE TABLE setting (name text PRIMARY KEY, value bytea NOT NULL);
CREATE TABLE space (
  id bytea PRIMARY KEY,
  quota bigint NOT NULL,
  used bigint NOT NULL DEFAULT 0,
  access_version bigint NOT NULL DEFAULT 1
) WITH (fillfactor = 70);
CREATE TABLE access (
  space bytea NOT NULL REFERENCES space (id) ON DELETE CASCADE,
  key bytea NOT NULL,
  rights smallint NOT NULL,
  PRIMARY KEY (space, key)
);
CREATE TABLE note (
  space bytea PRIMARY KEY REFERENCES space (id) ON DELETE CASCADE,
  version bigint NOT NULL,
  body bytea NOT NULL
);
CREATE TABLE stream (
  space bytea NOT NULL REFERENCES space (id) ON DELETE CASCADE,
  stream bigint NOT NULL,
  sid uuid NOT NULL UNIQUE DEFAULT gen_random_uuid(),
  log bytea NOT NULL,
  head bigint NOT NULL,
  chain bytea NOT NULL,
  PRIMARY KEY (space, stream)
) WITH (fillfactor = 70);
CREATE TABLE feed (
  sid uuid NOT NULL REFERENCES stream (sid) ON DELETE CASCADE,
  feed bytea NOT NULL,
  seq bigint NOT NULL,
  hash bytea NOT NULL,
  PRIMARY KEY (sid, feed)
) WITH (fillfactor = 70);
-- No foreign key: records come in great numbers, and only under the lock of their stream.
CREATE TABLE record (
  sid uuid NOT NULL,
  gseq bigint NOT NULL,
  feed bytea NOT NULL,
  fseq bigint NOT NULL,
  chain bytea NOT NULL,
  body bytea NOT NULL,
  PRIMARY KEY (sid, gseq)
);
CREATE UNIQUE INDEX record_feed ON record (sid, feed, fseq);
-- Sealed bytes do not get smaller.
ALTER TABLE record ALTER COLUMN body SET STORAGE EXTERNAL;
CREATE TABLE chunk (
  space bytea NOT NULL REFERENCES space (id) ON DELETE CASCADE,
  name bytea NOT NULL,
  size bigint NOT NULL,
  PRIMARY KEY (space, name)
);
CREATE TABLE voucher (hash bytea PRIMARY KEY, times bigint NOT NULL, expires bigint NOT NULL);
CREATE TABLE mailbox (
  id bytea NOT NULL,
  number bigint NOT NULL,
  expires bigint NOT NULL,
  body bytea NOT NULL,
  PRIMARY KEY (id, number)
);
CREATE INDEX mailbox_expires ON mailbox (expires);
