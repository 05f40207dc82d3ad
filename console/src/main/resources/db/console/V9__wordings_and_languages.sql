-- What a phone receives of a version: one wording, or several to compare, of which each phone gets
-- one. Places count from 1. A picture is a JPEG; a contact is JSON.
CREATE TABLE version_wording (
  message TEXT NOT NULL,
  number INTEGER NOT NULL,
  place INTEGER NOT NULL CHECK (place BETWEEN 1 AND 4),
  -- By which its counts are known; null where it is the only wording.
  variant TEXT,
  file_name TEXT NOT NULL,
  contact TEXT,
  image BLOB,
  PRIMARY KEY (message, number, place),
  FOREIGN KEY (message, number) REFERENCES message_version (message, number)
) STRICT;
CREATE INDEX wording_of_variant ON version_wording (message, variant) WHERE variant IS NOT NULL;

-- The words of a wording in each of its languages, in the order in which phones show them.
CREATE TABLE wording_text (
  message TEXT NOT NULL,
  number INTEGER NOT NULL,
  place INTEGER NOT NULL,
  position INTEGER NOT NULL CHECK (position >= 1),
  language TEXT NOT NULL, -- BCP 47
  words TEXT NOT NULL,
  PRIMARY KEY (message, number, place, position),
  UNIQUE (message, number, place, language),
  FOREIGN KEY (message, number, place) REFERENCES version_wording (message, number, place)
    ON DELETE CASCADE
) STRICT;

INSERT INTO version_wording (message, number, place, file_name, contact, image)
  SELECT message, number, 1, object_name, contact, image FROM message_version;
INSERT INTO wording_text (message, number, place, position, language, words)
  SELECT message, number, 1, 1, 'en', text FROM message_version;

DROP TRIGGER version_is_fixed_once_submitted;
ALTER TABLE message_version DROP COLUMN text;
ALTER TABLE message_version DROP COLUMN contact;
ALTER TABLE message_version DROP COLUMN image;
ALTER TABLE message_version DROP COLUMN object_name;
CREATE TRIGGER version_is_fixed_once_submitted BEFORE UPDATE OF
  title, kind, priority, edit ON message_version
WHEN old.status <> 'DRAFT'
BEGIN SELECT RAISE(ABORT, 'a submitted message is not changed; withdraw it, or write a new version'); END;

CREATE TRIGGER wording_is_fixed_once_submitted BEFORE INSERT ON version_wording
WHEN (SELECT status FROM message_version WHERE message = new.message AND number = new.number)
  <> 'DRAFT'
BEGIN SELECT RAISE(ABORT, 'a submitted message is not changed; withdraw it, or write a new version'); END;
CREATE TRIGGER wording_is_kept_once_submitted BEFORE DELETE ON version_wording
WHEN (SELECT status FROM message_version WHERE message = old.message AND number = old.number)
  <> 'DRAFT'
BEGIN SELECT RAISE(ABORT, 'a submitted message is not changed; withdraw it, or write a new version'); END;
CREATE TRIGGER wording_is_written_anew BEFORE UPDATE ON version_wording
BEGIN SELECT RAISE(ABORT, 'the wordings of a draft are written anew, all of them'); END;
CREATE TRIGGER text_is_fixed_once_submitted BEFORE INSERT ON wording_text
WHEN (SELECT status FROM message_version WHERE message = new.message AND number = new.number)
  <> 'DRAFT'
BEGIN SELECT RAISE(ABORT, 'a submitted message is not changed; withdraw it, or write a new version'); END;
CREATE TRIGGER text_is_kept_once_submitted BEFORE DELETE ON wording_text
WHEN (SELECT status FROM message_version WHERE message = old.message AND number = old.number)
  <> 'DRAFT'
BEGIN SELECT RAISE(ABORT, 'a submitted message is not changed; withdraw it, or write a new version'); END;
CREATE TRIGGER text_is_written_anew BEFORE UPDATE ON wording_text
BEGIN SELECT RAISE(ABORT, 'the words of a draft are written anew, all of them'); END;
