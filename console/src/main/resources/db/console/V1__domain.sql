-- Moments are ISO-8601 UTC text, days are ISO dates, truth is 0 or 1.

-- The secrets are what nodes of the site make pseudonyms with. The night key is overwritten each
-- noon by one made from it; nobody can go back. See node/SiteSecrets.
CREATE TABLE site (
  id TEXT NOT NULL PRIMARY KEY CHECK (length(id) BETWEEN 1 AND 40 AND id NOT GLOB '*[^a-z0-9-]*'),
  name TEXT NOT NULL,
  hold INTEGER NOT NULL DEFAULT 0 CHECK (hold IN (0, 1)),
  training INTEGER NOT NULL DEFAULT 0 CHECK (training IN (0, 1)),
  offers_per_night INTEGER NOT NULL DEFAULT 1 CHECK (offers_per_night BETWEEN 1 AND 10),
  tries INTEGER NOT NULL DEFAULT 3 CHECK (tries BETWEEN 1 AND 10),
  retry_after_seconds INTEGER NOT NULL DEFAULT 120 CHECK (retry_after_seconds >= 1),
  night TEXT NOT NULL,
  night_key BLOB NOT NULL CHECK (length(night_key) = 32),
  campaign_secret BLOB NOT NULL CHECK (length(campaign_secret) = 32)
) STRICT;

CREATE TABLE node (
  site TEXT NOT NULL REFERENCES site (id),
  id TEXT NOT NULL CHECK (length(id) BETWEEN 1 AND 40 AND id NOT GLOB '*[^a-z0-9-]*'),
  added_at TEXT NOT NULL,
  hold INTEGER NOT NULL DEFAULT 0 CHECK (hold IN (0, 1)),
  training INTEGER NOT NULL DEFAULT 0 CHECK (training IN (0, 1)),
  PRIMARY KEY (site, id)
) STRICT, WITHOUT ROWID;

-- What the node was told last. The revision only grows, also past one the node reports itself.
CREATE TABLE node_schedule (
  site TEXT NOT NULL,
  node TEXT NOT NULL,
  revision INTEGER NOT NULL CHECK (revision >= 0),
  -- Of the content without revision and moments: an equal one needs no new revision.
  digest TEXT,
  issued_at TEXT,
  valid_until TEXT,
  envelope BLOB,
  -- When the broker last confirmed it.
  published_at TEXT,
  -- Why nothing newer could be published, for a person to mend.
  problem TEXT,
  PRIMARY KEY (site, node),
  FOREIGN KEY (site, node) REFERENCES node (site, id)
) STRICT;

CREATE TRIGGER node_schedule_never_goes_back BEFORE UPDATE OF revision ON node_schedule
WHEN new.revision < old.revision
BEGIN SELECT RAISE(ABORT, 'the revision of a schedule only grows'); END;

-- What the node says of itself.
CREATE TABLE node_heard (
  site TEXT NOT NULL,
  node TEXT NOT NULL,
  presence TEXT CHECK (presence IN ('ONLINE', 'OFFLINE', 'LOST')),
  presence_boot TEXT,
  presence_since TEXT,
  heard_at TEXT,
  state TEXT,
  state_at TEXT,
  refusals INTEGER NOT NULL DEFAULT 0,
  last_refusal TEXT,
  last_refusal_at TEXT,
  PRIMARY KEY (site, node),
  FOREIGN KEY (site, node) REFERENCES node (site, id)
) STRICT;

-- Who may connect to the broker. Nodes have a site and a node, people's programs none.
CREATE TABLE broker_account (
  username TEXT NOT NULL PRIMARY KEY,
  password_hash TEXT NOT NULL,
  site TEXT,
  node TEXT,
  created_at TEXT NOT NULL,
  FOREIGN KEY (site, node) REFERENCES node (site, id)
) STRICT;

CREATE TABLE campaign (
  id TEXT NOT NULL PRIMARY KEY CHECK (length(id) BETWEEN 1 AND 60 AND id NOT GLOB '*[^a-z0-9-]*'),
  title TEXT NOT NULL,
  -- Every message of it names both: who speaks, and where to object.
  sender TEXT NOT NULL,
  contact TEXT NOT NULL,
  starts_on TEXT NOT NULL,
  ends_on TEXT NOT NULL,
  CHECK (starts_on <= ends_on)
) STRICT;

CREATE TABLE message (
  id TEXT NOT NULL PRIMARY KEY CHECK (length(id) BETWEEN 1 AND 60 AND id NOT GLOB '*[^a-z0-9-]*'),
  campaign TEXT NOT NULL REFERENCES campaign (id),
  created_at TEXT NOT NULL
) STRICT;

-- A version is what is said, where and when: that is what the second person approves, whole.
CREATE TABLE message_version (
  message TEXT NOT NULL REFERENCES message (id),
  number INTEGER NOT NULL CHECK (number >= 1),
  -- Grows with each save, so that nobody approves words other than those they read.
  edit INTEGER NOT NULL DEFAULT 1,
  status TEXT NOT NULL CHECK (status IN
    ('DRAFT', 'SUBMITTED', 'RETURNED', 'APPROVED', 'LIVE', 'REPLACED', 'ENDED', 'CANCELLED')),
  title TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('TEXT', 'VCARD', 'IMAGE')),
  text TEXT NOT NULL,
  -- JSON of a Contact, for VCARD.
  contact TEXT,
  -- JPEG, for IMAGE.
  image BLOB,
  object_name TEXT NOT NULL,
  priority TEXT NOT NULL CHECK (priority IN ('NORMAL', 'HIGH', 'URGENT')),
  author TEXT NOT NULL,
  created_at TEXT NOT NULL,
  submitted_by TEXT,
  submitted_at TEXT,
  decided_by TEXT,
  decided_at TEXT,
  -- Why it was returned.
  reason TEXT,
  PRIMARY KEY (message, number)
) STRICT;

-- One version is being worked on, and one may speak, at most.
CREATE UNIQUE INDEX one_open_version ON message_version (message)
  WHERE status IN ('DRAFT', 'SUBMITTED', 'RETURNED');
CREATE UNIQUE INDEX one_approved_version ON message_version (message)
  WHERE status IN ('APPROVED', 'LIVE');

-- Everybody who wrote some of a version. None of them may approve it.
CREATE TABLE version_editor (
  message TEXT NOT NULL,
  number INTEGER NOT NULL,
  username TEXT NOT NULL COLLATE NOCASE,
  PRIMARY KEY (message, number, username),
  FOREIGN KEY (message, number) REFERENCES message_version (message, number)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER editors_are_kept BEFORE DELETE ON version_editor
BEGIN SELECT RAISE(ABORT, 'who wrote a version is kept for ever'); END;

CREATE TRIGGER version_begins_as_a_draft BEFORE INSERT ON message_version
WHEN new.status <> 'DRAFT'
BEGIN SELECT RAISE(ABORT, 'a message version begins as a draft'); END;

CREATE TRIGGER version_needs_a_second_person BEFORE UPDATE OF status ON message_version
WHEN new.status = 'APPROVED' AND (new.decided_by IS NULL OR old.status <> 'SUBMITTED'
  OR EXISTS (SELECT 1 FROM version_editor
             WHERE message = new.message AND number = new.number AND username = new.decided_by))
BEGIN SELECT RAISE(ABORT, 'a message is approved by somebody who did not write it'); END;

CREATE TRIGGER version_goes_live_once_approved BEFORE UPDATE OF status ON message_version
WHEN new.status = 'LIVE' AND old.status NOT IN ('APPROVED', 'LIVE')
BEGIN SELECT RAISE(ABORT, 'a message goes live only after it was approved'); END;

CREATE TRIGGER version_is_fixed_once_submitted BEFORE UPDATE OF
  title, kind, text, contact, image, object_name, priority, edit ON message_version
WHEN old.status NOT IN ('DRAFT', 'RETURNED')
BEGIN SELECT RAISE(ABORT, 'a submitted message is not changed; withdraw it, or write a new version'); END;

CREATE TRIGGER version_history_is_kept BEFORE DELETE ON message_version
BEGIN SELECT RAISE(ABORT, 'versions are kept for ever'); END;

-- A null node means every node of the site, those added later included.
CREATE TABLE version_target (
  message TEXT NOT NULL,
  number INTEGER NOT NULL,
  site TEXT NOT NULL REFERENCES site (id),
  node TEXT,
  FOREIGN KEY (message, number) REFERENCES message_version (message, number)
) STRICT;
CREATE INDEX target_of_version ON version_target (message, number);

CREATE TABLE version_window (
  message TEXT NOT NULL,
  number INTEGER NOT NULL,
  first_day TEXT NOT NULL,
  last_day TEXT NOT NULL,
  -- ISO days of the week, 1 to 7, with commas between.
  days TEXT NOT NULL,
  opens TEXT NOT NULL,
  closes TEXT NOT NULL,
  zone TEXT NOT NULL,
  FOREIGN KEY (message, number) REFERENCES message_version (message, number)
) STRICT;
CREATE INDEX window_of_version ON version_window (message, number);

CREATE TRIGGER target_is_fixed_once_submitted BEFORE INSERT ON version_target
WHEN (SELECT status FROM message_version WHERE message = new.message AND number = new.number)
  NOT IN ('DRAFT', 'RETURNED')
BEGIN SELECT RAISE(ABORT, 'a submitted schedule is not changed'); END;
CREATE TRIGGER target_is_kept_once_submitted BEFORE DELETE ON version_target
WHEN (SELECT status FROM message_version WHERE message = old.message AND number = old.number)
  NOT IN ('DRAFT', 'RETURNED')
BEGIN SELECT RAISE(ABORT, 'a submitted schedule is not changed'); END;
CREATE TRIGGER window_is_fixed_once_submitted BEFORE INSERT ON version_window
WHEN (SELECT status FROM message_version WHERE message = new.message AND number = new.number)
  NOT IN ('DRAFT', 'RETURNED')
BEGIN SELECT RAISE(ABORT, 'a submitted schedule is not changed'); END;
CREATE TRIGGER window_is_kept_once_submitted BEFORE DELETE ON version_window
WHEN (SELECT status FROM message_version WHERE message = old.message AND number = old.number)
  NOT IN ('DRAFT', 'RETURNED')
BEGIN SELECT RAISE(ABORT, 'a submitted schedule is not changed'); END;

-- Each report once. No reference to node or message: history outlives both.
CREATE TABLE report (
  site TEXT NOT NULL,
  node TEXT NOT NULL,
  boot TEXT NOT NULL,
  seq INTEGER NOT NULL CHECK (seq >= 1),
  made_at TEXT NOT NULL,
  received_at TEXT NOT NULL,
  PRIMARY KEY (site, node, boot, seq)
) STRICT, WITHOUT ROWID;

-- Up to which sequence there is no gap: what is acknowledged.
CREATE TABLE report_boot (
  site TEXT NOT NULL,
  node TEXT NOT NULL,
  boot TEXT NOT NULL,
  gap_free INTEGER NOT NULL,
  last_at TEXT NOT NULL,
  PRIMARY KEY (site, node, boot)
) STRICT, WITHOUT ROWID;

CREATE TABLE outcome_count (
  message TEXT NOT NULL,
  hour TEXT NOT NULL,
  site TEXT NOT NULL,
  node TEXT NOT NULL,
  outcome TEXT NOT NULL,
  -- Empty unless the outcome is WITHHELD.
  reason TEXT NOT NULL,
  training INTEGER NOT NULL CHECK (training IN (0, 1)),
  count INTEGER NOT NULL,
  PRIMARY KEY (message, hour, site, node, outcome, reason, training)
) STRICT, WITHOUT ROWID;

CREATE TABLE coverage (
  site TEXT NOT NULL,
  node TEXT NOT NULL,
  hour TEXT NOT NULL,
  adapter TEXT NOT NULL,
  seconds INTEGER NOT NULL,
  PRIMARY KEY (site, node, hour, adapter)
) STRICT, WITHOUT ROWID;

-- HLL sketches of pseudonyms that nobody can make any more after noon.
CREATE TABLE phones_seen (
  site TEXT NOT NULL,
  node TEXT NOT NULL,
  hour TEXT NOT NULL,
  training INTEGER NOT NULL CHECK (training IN (0, 1)),
  sketch BLOB NOT NULL,
  PRIMARY KEY (site, node, hour, training)
) STRICT;

CREATE TABLE audit (
  id INTEGER PRIMARY KEY,
  at TEXT NOT NULL,
  who TEXT NOT NULL,
  what TEXT NOT NULL,
  subject TEXT NOT NULL,
  detail TEXT NOT NULL
) STRICT;
CREATE INDEX audit_of_subject ON audit (subject);
CREATE TRIGGER audit_is_not_changed BEFORE UPDATE ON audit
BEGIN SELECT RAISE(ABORT, 'the audit trail is only added to'); END;
CREATE TRIGGER audit_is_not_deleted BEFORE DELETE ON audit
BEGIN SELECT RAISE(ABORT, 'the audit trail is only added to'); END;
