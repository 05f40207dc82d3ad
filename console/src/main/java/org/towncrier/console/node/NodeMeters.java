package org.towncrier.console.node;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** How many nodes there are, how many are there, and how many do not yet do what they should. */
@Component
class NodeMeters implements MeterBinder {
  private final JdbcClient db;

  NodeMeters(JdbcClient db) {
    this.db = db;
  }

  @Override
  public void bindTo(MeterRegistry meters) {
    gauge(meters, "towncrier.nodes", "Nodes", "SELECT count(*) FROM node WHERE left_at IS NULL");
    gauge(
        meters,
        "towncrier.nodes.online",
        "Nodes that are connected",
        "SELECT count(*) FROM node_heard h JOIN node n ON n.site = h.site AND n.id = h.node"
            + " WHERE h.presence = 'ONLINE' AND n.left_at IS NULL");
    gauge(
        meters,
        "towncrier.nodes.behind",
        "Nodes that do not apply the schedule they should",
        "SELECT count(*) FROM node_schedule p JOIN node n ON n.site = p.site AND n.id = p.node"
            + " LEFT JOIN node_heard h ON h.site = p.site AND h.node = p.node"
            + " WHERE n.left_at IS NULL AND coalesce(h.state ->> '$.revision', 0) < p.revision");
    gauge(
        meters,
        "towncrier.nodes.unpublished",
        "Nodes whose newest schedule could not be made, or is not at the broker",
        "SELECT count(*) FROM node_schedule p JOIN node n ON n.site = p.site AND n.id = p.node"
            + " WHERE n.left_at IS NULL AND (p.problem IS NOT NULL OR p.published_at IS NULL)");
  }

  private void gauge(MeterRegistry meters, String name, String what, String sql) {
    Gauge.builder(name, () -> db.sql(sql).query(Long.class).single())
        .description(what)
        .register(meters);
  }
}
