-- INSERT OR REPLACE deletes without a DELETE, and so without its trigger.
CREATE TRIGGER audit_is_added_to_at_its_end BEFORE INSERT ON audit
WHEN new.id > 0 AND new.id <= (SELECT max(id) FROM audit)
BEGIN SELECT RAISE(ABORT, 'the audit trail is only added to'); END;
