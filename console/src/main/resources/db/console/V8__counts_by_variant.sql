-- Which wording was offered, as nodes were told; empty where the message had one, and for WITHHELD.
CREATE TABLE outcome_count_by_variant (
  message TEXT NOT NULL,
  variant TEXT NOT NULL DEFAULT '',
  hour TEXT NOT NULL,
  site TEXT NOT NULL,
  node TEXT NOT NULL,
  outcome TEXT NOT NULL,
  -- Empty unless the outcome is WITHHELD.
  reason TEXT NOT NULL,
  training INTEGER NOT NULL CHECK (training IN (0, 1)),
  count INTEGER NOT NULL,
  PRIMARY KEY (message, hour, site, node, outcome, reason, training, variant)
) STRICT, WITHOUT ROWID;
INSERT INTO outcome_count_by_variant
    (message, hour, site, node, outcome, reason, training, count)
  SELECT message, hour, site, node, outcome, reason, training, count FROM outcome_count;
DROP TABLE outcome_count;
ALTER TABLE outcome_count_by_variant RENAME TO outcome_count;
CREATE INDEX outcome_of_variant ON outcome_count (message, variant) WHERE variant <> '';
