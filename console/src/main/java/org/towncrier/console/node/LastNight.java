package org.towncrier.console.node;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.towncrier.console.ConsoleSettings;
import org.towncrier.protocol.NodeState;

/**
 * How long each adapter looked for phones in the last whole night, noon to noon. A zero of outcomes
 * says nothing without it.
 */
@Component
public class LastNight {
  private final JdbcClient db;
  private final InstantSource clock;
  private final ConsoleSettings settings;

  LastNight(JdbcClient db, InstantSource clock, ConsoleSettings settings) {
    this.db = db;
    this.clock = clock;
    this.settings = settings;
  }

  /**
   * One adapter's night.
   *
   * @param looked how long it looked
   * @param share of the permitted hours, in percent
   */
  public record Looked(String adapter, Duration looked, long share) {}

  /**
   * What the adapters of each node did, by {@link NodeView#id}; nodes that did nothing are not in
   * it.
   */
  public Map<String, List<Looked>> of(List<NodeView> nodes) {
    record Row(String node, String adapter, long seconds) {}
    LocalDate night = night();
    Map<String, List<Row>> rows = new HashMap<>();
    db.sql(
            "SELECT site || '/' || node AS id, adapter, sum(seconds) AS seconds FROM coverage"
                + " WHERE hour >= ? AND hour < ? GROUP BY site, node, adapter ORDER BY adapter")
        .params(noon(night).toString(), noon(night.plusDays(1)).toString())
        .query((row, n) -> new Row(row.getString(1), row.getString(2), row.getLong(3)))
        .list()
        .forEach(row -> rows.computeIfAbsent(row.node(), id -> new ArrayList<>()).add(row));
    Map<String, List<Looked>> looked = new HashMap<>();
    for (NodeView node : nodes) {
      long permitted = permitted(hours(node), night).toSeconds();
      List<Looked> adapters =
          rows.getOrDefault(node.id(), List.of()).stream()
              .map(
                  row ->
                      new Looked(
                          row.adapter(),
                          Duration.ofSeconds(row.seconds()),
                          permitted == 0 ? 0 : Math.round(100.0 * row.seconds() / permitted)))
              .toList();
      if (!adapters.isEmpty()) {
        looked.put(node.id(), adapters);
      }
    }
    return looked;
  }

  /** How long the node might have looked. */
  Duration permitted(NodeView node) {
    return permitted(hours(node), night());
  }

  /** The hours of the node's own file; what the settings say while it has not said. */
  public NodeState.PermittedHours hours(NodeView node) {
    NodeState.PermittedHours own = node.state() == null ? null : node.state().permittedHours();
    return own != null
        ? own
        : new NodeState.PermittedHours(
            settings.permittedHours().start(), settings.permittedHours().end(), settings.zone());
  }

  private static Duration permitted(NodeState.PermittedHours hours, LocalDate night) {
    boolean nextDay = !hours.end().isAfter(hours.start());
    // What begins before noon belongs to the night before.
    LocalDate first = hours.start().isBefore(LocalTime.NOON) ? night.plusDays(1) : night;
    ZonedDateTime from = first.atTime(hours.start()).atZone(hours.zone());
    ZonedDateTime to = first.plusDays(nextDay ? 1 : 0).atTime(hours.end()).atZone(hours.zone());
    return Duration.between(from, to);
  }

  private LocalDate night() {
    ZonedDateTime now = clock.instant().atZone(settings.zone());
    LocalDate tonight =
        now.toLocalTime().isBefore(LocalTime.NOON)
            ? now.toLocalDate().minusDays(1)
            : now.toLocalDate();
    return tonight.minusDays(1);
  }

  private Instant noon(LocalDate day) {
    return day.atTime(LocalTime.NOON).atZone(settings.zone()).toInstant();
  }
}
