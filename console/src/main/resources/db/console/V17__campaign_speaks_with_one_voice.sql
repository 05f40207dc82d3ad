-- Who speaks and how to object stand in every message of a campaign: what a second person reads or
-- has read must not change under them.
CREATE TRIGGER campaign_speaks_with_one_voice BEFORE UPDATE OF sender, contact ON campaign
WHEN (new.sender <> old.sender OR new.contact <> old.contact) AND EXISTS (
  SELECT 1 FROM message m JOIN message_version v ON v.message = m.id
  WHERE m.campaign = new.id AND v.discarded_at IS NULL AND v.status NOT IN ('DRAFT', 'RETURNED'))
BEGIN SELECT RAISE(ABORT, 'a message of this campaign was read by a second person'); END;
