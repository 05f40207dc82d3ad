package org.towncrier.console.node;

import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.towncrier.protocol.MalformedPayloadException;
import org.towncrier.protocol.NodeState;
import org.towncrier.protocol.Presence;
import org.towncrier.protocol.WireJson;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** What pages show of nodes: what each was told beside what it says of itself. Only reads. */
@Component
public class NodeOverview {
  private static final Logger LOG = LoggerFactory.getLogger(NodeOverview.class);

  /** SQLite would take the index of the key, and walk each envelope to what lies behind it. */
  private static final String NODE =
      """
      SELECT n.site, n.id, s.name AS site_name, n.hold, s.hold AS site_hold,
        n.training OR s.training AS training, c.revision, c.issued_at, c.valid_until,
        c.published_at, c.problem, h.presence, h.presence_since, h.state, h.state_at,
        n.training AS own_training, coalesce(h.refusals, 0) AS refusals, h.last_refusal,
        h.last_refusal_at, n.latitude, n.longitude, n.retiring_since,
        (SELECT json_group_object(o.message, coalesce(
            (SELECT v.title FROM message_version v
              WHERE v.message = o.message AND v.status IN ('APPROVED', 'LIVE')), o.message))
          FROM schedule_left_out o WHERE o.site = n.site AND o.node = n.id) AS left_out
      FROM node n JOIN site s ON s.id = n.site
      LEFT JOIN node_schedule c INDEXED BY node_schedule_without_envelope ON c.site = n.site AND c.node = n.id
      LEFT JOIN node_heard h ON h.site = n.site AND h.node = n.id
      WHERE n.left_at IS NULL
      """;

  private static final JsonMapper JSON = new JsonMapper();
  private static final TypeReference<Map<String, String>> TITLES = new TypeReference<>() {};

  private final JdbcClient db;

  NodeOverview(JdbcClient db) {
    this.db = db;
  }

  /** Every node that its site still has, by site. */
  public List<NodeView> all() {
    return db.sql(NODE + "ORDER BY n.site, n.id").query((row, n) -> view(row)).list();
  }

  /** One node, when there is such a one. */
  public Optional<NodeView> one(String site, String node) {
    return db.sql(NODE + "AND n.site = ? AND n.id = ?")
        .params(site, node)
        .query((row, n) -> view(row))
        .optional();
  }

  private static NodeView view(ResultSet row) throws SQLException {
    String presence = row.getString("presence");
    return new NodeView(
        row.getString("site"),
        row.getString("site_name"),
        row.getString("id"),
        row.getBoolean("hold"),
        row.getBoolean("site_hold"),
        row.getBoolean("training"),
        presence == null ? null : Presence.Status.valueOf(presence),
        moment(row, "presence_since"),
        row.getLong("revision"),
        moment(row, "issued_at"),
        moment(row, "valid_until"),
        moment(row, "published_at"),
        row.getString("problem"),
        JSON.readValue(row.getString("left_out"), TITLES),
        state(row.getString("state")),
        moment(row, "state_at"),
        row.getBoolean("own_training"),
        row.getLong("refusals"),
        row.getString("last_refusal"),
        moment(row, "last_refusal_at"),
        position(row),
        moment(row, "retiring_since"));
  }

  private static @Nullable NodeState state(@Nullable String json) {
    if (json == null) {
      return null;
    }
    try {
      return WireJson.read(json.getBytes(StandardCharsets.UTF_8), NodeState.class);
    } catch (MalformedPayloadException unreadable) {
      // Stored by an older console, say: the node says it again within the minute.
      LOG.warn("a stored state cannot be read: {}", unreadable.getMessage());
      return null;
    }
  }

  static @Nullable Position position(ResultSet row) throws SQLException {
    double latitude = row.getDouble("latitude");
    boolean known = !row.wasNull();
    double longitude = row.getDouble("longitude");
    return known && !row.wasNull() ? new Position(latitude, longitude) : null;
  }

  private static @Nullable Instant moment(ResultSet row, String column) throws SQLException {
    String text = row.getString(column);
    return text == null ? null : Instant.parse(text);
  }
}
