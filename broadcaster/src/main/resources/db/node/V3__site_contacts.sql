-- Which phones are this node's to give. Each row is a set of nodes among which phones are, or may
-- somewhere still be, shared out; the last is the newest schedule's. A phone is ours while all rows
-- give it to us. No nodes: nobody's, until the others have said what they know.
CREATE TABLE share_nodes (
  place INTEGER PRIMARY KEY AUTOINCREMENT,
  nodes TEXT NOT NULL -- in order, with commas between
);

-- Nodes that the newest schedule names no more, and until when they may go by an older one.
CREATE TABLE share_departed (
  node    TEXT PRIMARY KEY,
  until_s INTEGER NOT NULL
);

-- The end of the newest schedule's validity: a share outlives it only if a newer one came in time.
CREATE TABLE share_term (
  slot          INTEGER PRIMARY KEY CHECK (slot = 1),
  valid_until_s INTEGER NOT NULL
);

-- Claims that this node has granted to another and has not heard the end of. The two halves bear
-- different random numbers, so that a phone's two pseudonyms stay apart here as everywhere.
CREATE TABLE claim_tonight (
  id          INTEGER PRIMARY KEY, -- drawn at random by who claimed
  night_phone INTEGER NOT NULL,
  training    INTEGER NOT NULL,
  message     TEXT NOT NULL
);

-- Until the end is heard, the phone counts as one that has refused.
CREATE TABLE claim_campaign (
  id             INTEGER PRIMARY KEY, -- drawn at random by who claimed
  campaign       TEXT NOT NULL REFERENCES campaign (id),
  campaign_phone INTEGER NOT NULL,
  message        TEXT NOT NULL,
  training       INTEGER NOT NULL
);

-- A phone whose owner asked to be left alone.
CREATE TABLE never (
  campaign       TEXT NOT NULL REFERENCES campaign (id),
  campaign_phone INTEGER NOT NULL,
  PRIMARY KEY (campaign, campaign_phone)
) WITHOUT ROWID;
