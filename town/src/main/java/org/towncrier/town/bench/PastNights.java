package org.towncrier.town.bench;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.apache.datasketches.hll.HllSketch;
import org.apache.datasketches.hll.TgtHllType;
import org.towncrier.protocol.MessageId;
import org.towncrier.protocol.NodeState;
import org.towncrier.protocol.Outcome;
import org.towncrier.protocol.WireJson;
import org.towncrier.protocol.WithheldReason;
import org.towncrier.town.stage.NodePlan;

/** What the nodes told: the counts and phones of every hour of every night, and how they are. */
final class PastNights {
  private static final int NIGHT_HOURS = 9;

  /** Of the messages of a campaign, so many are on air in one night at one site. */
  private static final int A_NIGHT = 2;

  private static final List<Outcome> OUTCOMES =
      List.of(
          Outcome.ACCEPTED,
          Outcome.DECLINED_OR_IGNORED,
          Outcome.UNANSWERED,
          Outcome.UNSUPPORTED,
          Outcome.UNREACHABLE);

  private final Seasons seasons;
  private final List<NodePlan> nodes;
  private final Random random;

  PastNights(Seasons seasons, List<NodePlan> nodes, Random random) {
    this.seasons = seasons;
    this.nodes = nodes;
    this.random = random;
  }

  void write(Connection db) throws SQLException {
    counts(db);
    seen(db);
    heard(db);
  }

  /** The hours of every night at every node, from 19:00 on. */
  private void counts(Connection db) throws SQLException {
    try (PreparedStatement row =
        db.prepareStatement(
            "INSERT INTO outcome_count"
                + " (message, hour, site, node, outcome, reason, training, count)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?)")) {
      for (int c = 0; c < Seasons.CAMPAIGNS; c++) {
        for (int day = 0; day < Seasons.CAMPAIGN_DAYS; day++) {
          LocalDate night = seasons.start(c).plusDays(day);
          if (night.isAfter(seasons.today())) {
            break;
          }
          for (int m = 0; m < A_NIGHT; m++) {
            String message = Seasons.messageId(c, (day / 7 * A_NIGHT + m) % Seasons.MESSAGES);
            for (int hour = 0; hour < NIGHT_HOURS; hour++) {
              count(
                  row,
                  message,
                  Seasons.at(night, LocalTime.of(19, 0)).plus(Duration.ofHours(hour)));
            }
          }
        }
      }
      row.executeBatch();
    }
  }

  private void count(PreparedStatement row, String message, Instant hour) throws SQLException {
    for (NodePlan node : nodes) {
      for (Outcome outcome : OUTCOMES) {
        count(row, message, hour, node, outcome, "");
      }
      count(row, message, hour, node, Outcome.WITHHELD, WithheldReason.values()[0].name());
    }
    row.executeBatch();
  }

  private void count(
      PreparedStatement row,
      String message,
      Instant hour,
      NodePlan node,
      Outcome outcome,
      String reason)
      throws SQLException {
    row.setString(1, message);
    row.setString(2, hour.toString());
    row.setString(3, node.site().value());
    row.setString(4, node.node().value());
    row.setString(5, outcome.name());
    row.setString(6, reason);
    row.setInt(7, 0);
    row.setInt(8, 1 + random.nextInt(30));
    row.addBatch();
  }

  /** What nodes saw and how long they looked, in the same hours. */
  private void seen(Connection db) throws SQLException {
    long days =
        Seasons.CAMPAIGNS * (long) Seasons.CAMPAIGN_DAYS
            - (Seasons.CAMPAIGN_DAYS - Seasons.INTO_THE_LAST);
    try (PreparedStatement phones =
            db.prepareStatement("INSERT INTO phones_seen VALUES (?, ?, ?, 0, ?)");
        PreparedStatement looked =
            db.prepareStatement("INSERT INTO coverage VALUES (?, ?, ?, 'hci0', ?)")) {
      for (long ago = days; ago >= 0; ago--) {
        Instant first = Seasons.at(seasons.today().minusDays(ago), LocalTime.of(19, 0));
        for (int hour = 0; hour < NIGHT_HOURS; hour++) {
          String at = first.plus(Duration.ofHours(hour)).toString();
          for (NodePlan node : nodes) {
            HllSketch sketch = new HllSketch(12, TgtHllType.HLL_4);
            for (int phone = 20 + random.nextInt(60); phone > 0; phone--) {
              sketch.update(random.nextLong());
            }
            phones.setString(1, node.site().value());
            phones.setString(2, node.node().value());
            phones.setString(3, at);
            phones.setBytes(4, sketch.toCompactByteArray());
            phones.addBatch();
            looked.setString(1, node.site().value());
            looked.setString(2, node.node().value());
            looked.setString(3, at);
            looked.setInt(4, 3000 + random.nextInt(600));
            looked.addBatch();
          }
        }
        phones.executeBatch();
        looked.executeBatch();
      }
    }
  }

  /** Every node as it last told of itself, most of them moments ago. */
  private void heard(Connection db) throws SQLException {
    for (int n = 0; n < nodes.size(); n++) {
      NodePlan node = nodes.get(n);
      Instant at = n % 7 == 6 ? seasons.now().minus(Duration.ofDays(2)) : seasons.now();
      NodeState state =
          new NodeState(
              node.site(),
              node.node(),
              new UUID(7, n),
              at,
              "0.1.0",
              1,
              null,
              null,
              false,
              false,
              List.of(
                  new NodeState.MessageState(
                      new MessageId(Seasons.messageId(Seasons.CAMPAIGNS - 1, 0)),
                      NodeState.MessageState.Status.ON_AIR),
                  new NodeState.MessageState(
                      new MessageId(Seasons.messageId(Seasons.CAMPAIGNS - 1, 7)),
                      NodeState.MessageState.Status.ON_AIR)),
              new NodeState.Clock(true, "synchronised"),
              List.of(
                  new NodeState.Adapter("hci0", NodeState.Adapter.Health.UP, ""),
                  new NodeState.Adapter(
                      "hci1",
                      n % 5 == 4 ? NodeState.Adapter.Health.DOWN : NodeState.Adapter.Health.UP,
                      n % 5 == 4 ? "does not answer; replug it" : "")),
              new NodeState.Disk(5_000_000_000L, true),
              n,
              12 + n);
      TwoYears.update(
          db,
          """
          INSERT OR REPLACE INTO node_heard
            (site, node, presence, presence_since, heard_at, state, state_at)
          VALUES (?, ?, 'ONLINE', ?, ?, ?, ?)
          """,
          node.site().value(),
          node.node().value(),
          at.minus(Duration.ofHours(3)).toString(),
          at.toString(),
          new String(WireJson.write(state), StandardCharsets.UTF_8),
          at.toString());
    }
  }
}
