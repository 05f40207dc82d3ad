-- Days that people know by name, such as a festival: chosen by it when a message is scheduled.
CREATE TABLE event (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 80),
  first_day TEXT NOT NULL,
  last_day TEXT NOT NULL,
  CHECK (first_day <= last_day)
) STRICT;
