-- What lets a program speak for a person. Rows stay: the trail names them.
CREATE TABLE api_token (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  person_id INTEGER NOT NULL REFERENCES person (id),
  -- Names such as messages:read, a space between.
  scopes TEXT NOT NULL CHECK (length(scopes) > 0),
  created_by TEXT NOT NULL,
  created_at TEXT NOT NULL,
  -- Null works until it is revoked.
  expires_at TEXT,
  -- Null until its person has taken it; the secret itself is nowhere.
  secret_hash TEXT UNIQUE,
  last_used_at TEXT,
  revoked_at TEXT,
  revoked_by TEXT
) STRICT;

CREATE TRIGGER api_token_is_never_deleted BEFORE DELETE ON api_token
BEGIN SELECT RAISE(ABORT, 'a token is revoked, not deleted'); END;
CREATE TRIGGER api_token_never_grows BEFORE UPDATE OF person_id, scopes, expires_at ON api_token
BEGIN SELECT RAISE(ABORT, 'a token is never given more; make another'); END;
CREATE TRIGGER api_token_has_one_secret BEFORE UPDATE OF secret_hash ON api_token
WHEN old.secret_hash IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a token is taken once'); END;
CREATE TRIGGER api_token_stays_revoked BEFORE UPDATE OF revoked_at ON api_token
WHEN old.revoked_at IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a revoked token does not come back'); END;

-- The token by which somebody did something; empty when they did it on a page.
ALTER TABLE audit ADD COLUMN via TEXT NOT NULL DEFAULT '';
