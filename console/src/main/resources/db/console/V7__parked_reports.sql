-- Reports that this console could not read, of a node newer than itself most likely. They are
-- confirmed, since nothing of them is lost, and read again whenever the console starts.
CREATE TABLE report_parked (
  site TEXT NOT NULL,
  node TEXT NOT NULL,
  boot TEXT NOT NULL,
  seq INTEGER NOT NULL CHECK (seq >= 1),
  payload BLOB NOT NULL,
  received_at TEXT NOT NULL,
  why TEXT NOT NULL,
  PRIMARY KEY (site, node, boot, seq)
) STRICT, WITHOUT ROWID;
