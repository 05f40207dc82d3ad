-- A version that may speak can be paused: it is told to nobody until it is resumed.
ALTER TABLE message_version ADD COLUMN paused_at TEXT;
-- A draft that its own author put away. The message goes on as it was before that draft.
ALTER TABLE message_version ADD COLUMN discarded_at TEXT;

CREATE TRIGGER only_what_may_speak_is_paused BEFORE UPDATE OF paused_at ON message_version
WHEN new.paused_at IS NOT NULL AND new.status NOT IN ('APPROVED', 'LIVE')
BEGIN SELECT RAISE(ABORT, 'only an approved message can be paused'); END;

CREATE TRIGGER only_a_draft_is_discarded BEFORE UPDATE OF discarded_at ON message_version
WHEN old.discarded_at IS NOT NULL OR old.status NOT IN ('DRAFT', 'RETURNED')
BEGIN SELECT RAISE(ABORT, 'only a draft can be discarded'); END;

CREATE TRIGGER what_is_over_stays_over BEFORE UPDATE OF status ON message_version
WHEN old.status IN ('REPLACED', 'ENDED', 'CANCELLED') AND new.status <> old.status
BEGIN SELECT RAISE(ABORT, 'a version that is over does not come back'); END;

-- What was returned stays as it was read: mending it is another version, by the same authors.
DROP INDEX one_open_version;
CREATE UNIQUE INDEX one_open_version ON message_version (message)
  WHERE status IN ('DRAFT', 'SUBMITTED');
DROP TRIGGER version_is_fixed_once_submitted;
CREATE TRIGGER version_is_fixed_once_submitted BEFORE UPDATE OF
  title, kind, text, contact, image, object_name, priority, edit ON message_version
WHEN old.status <> 'DRAFT'
BEGIN SELECT RAISE(ABORT, 'a submitted message is not changed; withdraw it, or write a new version'); END;
