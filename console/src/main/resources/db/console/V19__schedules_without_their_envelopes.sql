-- What pages and metrics ask of a schedule lies behind its envelope, megabytes that SQLite walks to
-- get there. Here it lies by itself.
CREATE INDEX node_schedule_without_envelope ON node_schedule
  (site, node, revision, digest, issued_at, valid_until, published_at, problem);
