-- The secret of an authenticator app (base32), and the last time step whose code was used: each
-- code works once.
ALTER TABLE person ADD COLUMN totp_secret TEXT;
ALTER TABLE person ADD COLUMN totp_step INTEGER NOT NULL DEFAULT 0;
