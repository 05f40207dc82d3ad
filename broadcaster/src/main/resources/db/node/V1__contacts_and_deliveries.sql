-- Phones appear here only as pseudonyms: 64 bits of an HMAC of their address (see RATIONALE.md).
-- night_phone is under tonight's key and lives until noon; campaign_phone is under a campaign's key
-- and lives until the campaign ends. No table holds both, so neither can be traced to the other.

-- Written and deleted again to see whether the disk takes anything.
CREATE TABLE store_probe (bytes BLOB NOT NULL);

CREATE TABLE site_keys (
  only_row        INTEGER PRIMARY KEY CHECK (only_row = 1),
  site            TEXT NOT NULL,
  night           TEXT NOT NULL, -- the local day at whose noon this key's night began
  night_key       BLOB NOT NULL,
  campaign_secret BLOB NOT NULL
);

-- Stays after the campaign has ended, so that one which outlives its 92 days does not begin anew.
CREATE TABLE campaign (
  id         TEXT PRIMARY KEY,
  first_seen INTEGER NOT NULL, -- seconds since 1970
  ends_at    INTEGER NOT NULL, -- seconds since 1970; 92 days after first_seen at most
  forgotten  INTEGER NOT NULL DEFAULT 0 -- its rows below have been deleted
);

-- A phone that was asked, or may have been: not asked about this message again.
CREATE TABLE asked (
  campaign       TEXT NOT NULL REFERENCES campaign (id),
  campaign_phone INTEGER NOT NULL,
  message        TEXT NOT NULL,
  training       INTEGER NOT NULL,
  PRIMARY KEY (campaign, campaign_phone, message, training)
) WITHOUT ROWID;

-- A phone that refused: not asked again in this campaign.
CREATE TABLE refusal (
  campaign       TEXT NOT NULL REFERENCES campaign (id),
  campaign_phone INTEGER NOT NULL,
  training       INTEGER NOT NULL,
  PRIMARY KEY (campaign, campaign_phone, training)
) WITHOUT ROWID;

-- An offer that began and whose end is not written down yet. One found at a start is UNRESOLVED.
CREATE TABLE open_offer (
  id       INTEGER PRIMARY KEY AUTOINCREMENT,
  message  TEXT NOT NULL,
  training INTEGER NOT NULL,
  hour     INTEGER NOT NULL -- start of the hour in which it began, seconds since 1970
);

-- What a phone has had tonight.
CREATE TABLE tonight (
  night_phone INTEGER NOT NULL,
  training    INTEGER NOT NULL,
  offers      INTEGER NOT NULL DEFAULT 0, -- that count against the nightly budget
  unsupported INTEGER NOT NULL DEFAULT 0, -- it has no Object Push
  not_before  INTEGER NOT NULL DEFAULT 0, -- the next try, milliseconds since 1970
  PRIMARY KEY (night_phone, training)
) WITHOUT ROWID;

-- What a phone has had of one message tonight.
CREATE TABLE tonight_message (
  night_phone INTEGER NOT NULL,
  message     TEXT NOT NULL,
  training    INTEGER NOT NULL,
  tries       INTEGER NOT NULL DEFAULT 0,
  counted     INTEGER NOT NULL DEFAULT 0, -- offered or withheld: a further WITHHELD is not counted
  PRIMARY KEY (night_phone, message, training)
) WITHOUT ROWID;

-- Offers that ended, since the last report.
CREATE TABLE unreported_outcome (
  message  TEXT NOT NULL,
  hour     INTEGER NOT NULL, -- start of the hour, seconds since 1970
  outcome  TEXT NOT NULL,
  reason   TEXT NOT NULL, -- of WITHHELD; empty for all others
  training INTEGER NOT NULL,
  count    INTEGER NOT NULL CHECK (count > 0),
  PRIMARY KEY (message, hour, outcome, reason, training)
) WITHOUT ROWID;
