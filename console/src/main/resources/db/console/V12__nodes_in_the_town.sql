-- Where sites and nodes are (WGS 84, degrees), as an administrator says; both numbers or neither.
ALTER TABLE site ADD COLUMN latitude REAL CHECK (latitude BETWEEN -90 AND 90);
ALTER TABLE site ADD COLUMN longitude REAL CHECK (longitude BETWEEN -180 AND 180);
ALTER TABLE node ADD COLUMN latitude REAL CHECK (latitude BETWEEN -90 AND 90);
ALTER TABLE node ADD COLUMN longitude REAL CHECK (longitude BETWEEN -180 AND 180);

-- A node that is taken out of its site: first it is told to fall silent and to hand over what it
-- knows of phones, then its account is shut. Its row stays, since history names it.
ALTER TABLE node ADD COLUMN retiring_since TEXT;
ALTER TABLE node ADD COLUMN left_at TEXT;
