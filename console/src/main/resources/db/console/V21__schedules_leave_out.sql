-- Messages that a node was not told because its schedule has no room for them.
CREATE TABLE schedule_left_out (
  site TEXT NOT NULL,
  node TEXT NOT NULL,
  message TEXT NOT NULL,
  PRIMARY KEY (message, site, node),
  FOREIGN KEY (site, node) REFERENCES node (site, id)
) STRICT;

CREATE INDEX schedule_left_out_by_node ON schedule_left_out (site, node);
