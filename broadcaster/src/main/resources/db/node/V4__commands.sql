-- Commands that this node has begun: each is done once, however often it arrives.
CREATE TABLE command_done (
  id      TEXT PRIMARY KEY,
  until_s INTEGER NOT NULL -- when the command itself expires; it can't come again after that
);
