-- What pages show of years of hourly counts, kept added up by the rows themselves: whoever writes
-- a count, in whatever way, the totals follow in the same transaction.
CREATE TABLE outcome_total (
  message TEXT NOT NULL,
  training INTEGER NOT NULL CHECK (training IN (0, 1)),
  outcome TEXT NOT NULL,
  reason TEXT NOT NULL,
  count INTEGER NOT NULL,
  PRIMARY KEY (message, training, outcome, reason)
) STRICT, WITHOUT ROWID;
INSERT INTO outcome_total (message, training, outcome, reason, count)
  SELECT message, training, outcome, reason, sum(count) FROM outcome_count
  GROUP BY message, training, outcome, reason;

CREATE TRIGGER outcome_total_grows AFTER INSERT ON outcome_count
BEGIN
  INSERT INTO outcome_total (message, training, outcome, reason, count)
    VALUES (new.message, new.training, new.outcome, new.reason, new.count)
    ON CONFLICT DO UPDATE SET count = count + excluded.count;
END;
CREATE TRIGGER outcome_total_follows AFTER UPDATE OF count ON outcome_count
BEGIN
  UPDATE outcome_total SET count = count + new.count - old.count
    WHERE message = new.message AND training = new.training
      AND outcome = new.outcome AND reason = new.reason;
END;
CREATE TRIGGER outcome_total_shrinks AFTER DELETE ON outcome_count
BEGIN
  UPDATE outcome_total SET count = count - old.count
    WHERE message = old.message AND training = old.training
      AND outcome = old.outcome AND reason = old.reason;
END;

-- Tonight's counts, out of all nights.
CREATE INDEX outcome_count_by_hour ON outcome_count (hour);

CREATE TABLE coverage_total (
  site TEXT NOT NULL,
  node TEXT NOT NULL,
  seconds INTEGER NOT NULL,
  PRIMARY KEY (site, node)
) STRICT, WITHOUT ROWID;
INSERT INTO coverage_total (site, node, seconds)
  SELECT site, node, sum(seconds) FROM coverage GROUP BY site, node;

CREATE TRIGGER coverage_total_grows AFTER INSERT ON coverage
BEGIN
  INSERT INTO coverage_total (site, node, seconds) VALUES (new.site, new.node, new.seconds)
    ON CONFLICT DO UPDATE SET seconds = seconds + excluded.seconds;
END;
CREATE TRIGGER coverage_total_follows AFTER UPDATE OF seconds ON coverage
BEGIN
  UPDATE coverage_total SET seconds = seconds + new.seconds - old.seconds
    WHERE site = new.site AND node = new.node;
END;
CREATE TRIGGER coverage_total_shrinks AFTER DELETE ON coverage
BEGIN
  UPDATE coverage_total SET seconds = seconds - old.seconds
    WHERE site = old.site AND node = old.node;
END;

CREATE INDEX phones_seen_by_hour ON phones_seen (hour, training, site);

-- Which version a message is at, and which one speaks, without turning the pages that hold pictures.
CREATE INDEX version_standing
  ON message_version (message, number, discarded_at, status, paused_at, title);
CREATE INDEX version_by_status ON message_version (status, message, number, paused_at, discarded_at);
