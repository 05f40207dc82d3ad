-- Which wording was offered, where a message has several; empty where it has one.
ALTER TABLE open_offer ADD COLUMN variant TEXT NOT NULL DEFAULT '';

CREATE TABLE unreported_by_variant (
  message  TEXT NOT NULL,
  variant  TEXT NOT NULL,
  hour     INTEGER NOT NULL, -- start of the hour, seconds since 1970
  outcome  TEXT NOT NULL,
  reason   TEXT NOT NULL, -- of WITHHELD; empty for all others
  training INTEGER NOT NULL,
  count    INTEGER NOT NULL CHECK (count > 0),
  PRIMARY KEY (message, variant, hour, outcome, reason, training)
) WITHOUT ROWID;
INSERT INTO unreported_by_variant
  SELECT message, '', hour, outcome, reason, training, count FROM unreported_outcome;
DROP TABLE unreported_outcome;
ALTER TABLE unreported_by_variant RENAME TO unreported_outcome;
