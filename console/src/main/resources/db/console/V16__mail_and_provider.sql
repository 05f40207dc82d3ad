-- Where one-time links are sent, and what a sign-in service knows somebody by: its address and its
-- own name for them, in one text. Both belong to one person at most.
ALTER TABLE person ADD COLUMN email TEXT COLLATE NOCASE;
ALTER TABLE person ADD COLUMN provider_subject TEXT;
UPDATE person SET email = username WHERE username LIKE '%_@_%.__%';
CREATE UNIQUE INDEX person_by_email ON person (email) WHERE email IS NOT NULL;
CREATE UNIQUE INDEX person_by_provider ON person (provider_subject)
  WHERE provider_subject IS NOT NULL;
