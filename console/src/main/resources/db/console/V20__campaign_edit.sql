-- Grows with each change: who saves says which one they read, and nobody's changes are lost unseen.
ALTER TABLE campaign ADD COLUMN edit INTEGER NOT NULL DEFAULT 1 CHECK (edit >= 1);
