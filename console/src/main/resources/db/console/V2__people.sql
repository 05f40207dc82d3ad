-- People are never deleted, only disabled: a name in the history must go on meaning one person.
CREATE TABLE person (
  id INTEGER PRIMARY KEY,
  username TEXT NOT NULL UNIQUE COLLATE NOCASE,
  display_name TEXT NOT NULL,
  -- Null until a one-time link was used.
  password_hash TEXT,
  enabled INTEGER NOT NULL DEFAULT 1 CHECK (enabled IN (0, 1)),
  -- Grows with every change of roles, password or standing: sessions begun under an older one end.
  stamp INTEGER NOT NULL DEFAULT 1,
  created_at TEXT NOT NULL
) STRICT;

CREATE TABLE person_role (
  person_id INTEGER NOT NULL REFERENCES person (id),
  role TEXT NOT NULL CHECK (role IN ('AUTHOR', 'APPROVER', 'EVALUATOR', 'ADMINISTRATOR')),
  PRIMARY KEY (person_id, role)
) STRICT, WITHOUT ROWID;

-- A link that was used or replaced is deleted; the token itself is nowhere.
CREATE TABLE one_time_link (
  token_hash TEXT PRIMARY KEY,
  person_id INTEGER NOT NULL UNIQUE REFERENCES person (id),
  expires_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
