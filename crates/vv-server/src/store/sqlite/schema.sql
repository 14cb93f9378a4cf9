-- Nothing here says who anybody is, what a space is for, or when anything came. Tables have no row numbers of their own,
-- and streams draw theirs at random, so that the file keeps no order in which spaces were made.
CREATE TABLE setting (name TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE space (
  id BLOB PRIMARY KEY,
  quota INTEGER NOT NULL,
  used INTEGER NOT NULL DEFAULT 0,
  access_version INTEGER NOT NULL DEFAULT 1
) WITHOUT ROWID;
CREATE TABLE access (
  space BLOB NOT NULL REFERENCES space (id) ON DELETE CASCADE,
  key BLOB NOT NULL,
  rights INTEGER NOT NULL,
  PRIMARY KEY (space, key)
) WITHOUT ROWID;
CREATE TABLE note (
  space BLOB PRIMARY KEY REFERENCES space (id) ON DELETE CASCADE,
  version INTEGER NOT NULL,
  body BLOB NOT NULL
) WITHOUT ROWID;
CREATE TABLE stream (
  space BLOB NOT NULL REFERENCES space (id) ON DELETE CASCADE,
  stream INTEGER NOT NULL,
  sid INTEGER NOT NULL UNIQUE,
  log BLOB NOT NULL,
  head INTEGER NOT NULL,
  chain BLOB NOT NULL,
  PRIMARY KEY (space, stream)
) WITHOUT ROWID;
CREATE TABLE feed (
  sid INTEGER NOT NULL REFERENCES stream (sid) ON DELETE CASCADE,
  feed BLOB NOT NULL,
  seq INTEGER NOT NULL,
  hash BLOB NOT NULL,
  PRIMARY KEY (sid, feed)
) WITHOUT ROWID;
CREATE TABLE record (
  sid INTEGER NOT NULL REFERENCES stream (sid) ON DELETE CASCADE,
  gseq INTEGER NOT NULL,
  feed BLOB NOT NULL,
  fseq INTEGER NOT NULL,
  chain BLOB NOT NULL,
  body BLOB NOT NULL,
  PRIMARY KEY (sid, gseq)
) WITHOUT ROWID;
CREATE UNIQUE INDEX record_feed ON record (sid, feed, fseq);
CREATE TABLE chunk (
  space BLOB NOT NULL REFERENCES space (id) ON DELETE CASCADE,
  name BLOB NOT NULL,
  size INTEGER NOT NULL,
  PRIMARY KEY (space, name)
) WITHOUT ROWID;
CREATE TABLE voucher (hash BLOB PRIMARY KEY, times INTEGER NOT NULL, expires INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE mailbox (
  id BLOB NOT NULL,
  number INTEGER NOT NULL,
  expires INTEGER NOT NULL,
  body BLOB NOT NULL,
  PRIMARY KEY (id, number)
) WITHOUT ROWID;
CREATE INDEX mailbox_expires ON mailbox (expires);
