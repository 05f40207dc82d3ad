-- The schedule that the node applies: the exact bytes that the console signed, which are verified
-- again whenever they are read back.
CREATE TABLE schedule (
  slot INTEGER PRIMARY KEY CHECK (slot = 1),
  revision INTEGER NOT NULL CHECK (revision >= 1),
  envelope BLOB NOT NULL,
  received_at_ms INTEGER NOT NULL
);

-- The highest revision ever applied from each key: an older one never comes back.
CREATE TABLE schedule_floor (
  key_id TEXT PRIMARY KEY,
  revision INTEGER NOT NULL
);

-- Each start of the node, in order, with the sequences its reports have used up.
CREATE TABLE report_boot (
  ordinal INTEGER PRIMARY KEY AUTOINCREMENT,
  boot TEXT NOT NULL UNIQUE,
  last_seq INTEGER NOT NULL DEFAULT 0
);

-- Reports, the exact bytes. Those without acked_at_s are the console's still to confirm.
CREATE TABLE report (
  ordinal INTEGER NOT NULL REFERENCES report_boot (ordinal),
  seq INTEGER NOT NULL CHECK (seq >= 1),
  payload BLOB NOT NULL,
  made_at_s INTEGER NOT NULL,
  acked_at_s INTEGER,
  PRIMARY KEY (ordinal, seq)
);

CREATE INDEX report_unacked ON report (ordinal, seq) WHERE acked_at_s IS NULL;
CREATE INDEX report_acked ON report (acked_at_s) WHERE acked_at_s IS NOT NULL;

-- The latest moment the node is sure to have lived, and the start of the machine (not of the node)
-- in which its clock was last known to be set.
CREATE TABLE clock (
  slot INTEGER PRIMARY KEY CHECK (slot = 1),
  latest_ms INTEGER NOT NULL,
  synchronised_boot TEXT
);
