package org.towncrier.town.bench;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import javax.imageio.ImageIO;
import org.apache.datasketches.hll.HllSketch;
import org.apache.datasketches.hll.TgtHllType;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.towncrier.protocol.MessageId;
import org.towncrier.protocol.NodeState;
import org.towncrier.protocol.Outcome;
import org.towncrier.protocol.WireJson;
import org.towncrier.protocol.WithheldReason;
import org.towncrier.town.stage.NodePlan;

/**
 * What a console has written down after two years: campaigns back to back, messages in many
 * versions and some with pictures, the counts of every hour of every night at every node, and who
 * did what. Written into the file of a console that is not running, through the schema's own rules.
 * The same every time.
 */
final class TwoYears {
  private static final ZoneId ZONE = ZoneId.of("Europe/London");
  private static final int CAMPAIGNS = 9;
  private static final int CAMPAIGN_DAYS = 84;
  private static final int MESSAGES = 36;

  /** The last campaign began so long ago, and has as long to go. */
  private static final int INTO_THE_LAST = 42;

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
  private static final int AUDIT_ROWS = 15_000;

  private final Random random = new Random(2);
  private final LocalDate today;
  private final Instant now;
  private final List<NodePlan> nodes;
  private final List<String> authors;
  private final List<String> approvers;
  private final List<byte[]> pictures = new ArrayList<>();

  TwoYears(Instant now, List<NodePlan> nodes, List<String> authors, List<String> approvers) {
    this.now = now;
    this.today = now.atZone(ZONE).toLocalDate();
    this.nodes = nodes;
    this.authors = authors;
    this.approvers = approvers;
  }

  /** How much of everything there is now, in words. */
  String write(Path database) throws IOException, SQLException {
    // Close to what a phone takes at most (512 KiB), and smaller ones as people make them.
    for (int width : new int[] {240, 320, 400, 480, 640}) {
      pictures.add(picture(width));
    }
    SQLiteConfig config = new SQLiteConfig();
    config.enforceForeignKeys(true);
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    try (Connection db = config.createConnection("jdbc:sqlite:" + database)) {
      db.setAutoCommit(false);
      for (int c = 0; c < CAMPAIGNS; c++) {
        campaign(db, c);
      }
      counts(db);
      seen(db);
      audit(db);
      heard(db);
      db.commit();
      return "%d nodes, %d people, %d messages in %d versions, %d of them with a picture, %d hourly counts, %d sketches of phones, %d entries in the audit trail"
          .formatted(
              rows(db, "node"),
              rows(db, "person"),
              rows(db, "message"),
              rows(db, "message_version"),
              rows(db, "version_wording WHERE image IS NOT NULL"),
              rows(db, "outcome_count"),
              rows(db, "phones_seen"),
              rows(db, "audit"));
    }
  }

  private LocalDate start(int campaign) {
    return today.minusDays(INTO_THE_LAST + (long) (CAMPAIGNS - 1 - campaign) * CAMPAIGN_DAYS);
  }

  private static String campaignId(int campaign) {
    return "season-" + (campaign + 1);
  }

  private static String messageId(int campaign, int message) {
    return campaignId(campaign) + "-message-" + (message + 1);
  }

  private void campaign(Connection db, int c) throws SQLException {
    LocalDate start = start(c);
    LocalDate end = start.plusDays(CAMPAIGN_DAYS - 1);
    update(
        db,
        "INSERT INTO campaign (id, title, sender, contact, starts_on, ends_on)"
            + " VALUES (?, ?, ?, ?, ?, ?)",
        campaignId(c),
        "Safer evenings, season " + (c + 1),
        "The community safety team",
        "Questions or objections: 01530 454704",
        start.toString(),
        end.toString());
    for (int m = 0; m < MESSAGES; m++) {
      String id = messageId(c, m);
      Instant begun = at(start.plusDays(m), LocalTime.of(10, m));
      update(
          db,
          "INSERT INTO message (id, campaign, created_at) VALUES (?, ?, ?)",
          id,
          campaignId(c),
          begun.toString());
      int versions = 1 + m % 5;
      for (int v = 1; v <= versions; v++) {
        boolean last = v == versions;
        version(db, c, m, v, begun.plus(Duration.ofHours(v)), last ? fate(c, m) : replaced(v));
      }
    }
  }

  /** What became of a version, as the steps that led there. */
  private enum Fate {
    DRAFT,
    SUBMITTED,
    RETURNED,
    APPROVED,
    LIVE,
    REPLACED,
    ENDED,
    CANCELLED
  }

  private static Fate replaced(int version) {
    return version % 2 == 0 ? Fate.RETURNED : Fate.REPLACED;
  }

  private static Fate fate(int campaign, int message) {
    if (campaign < CAMPAIGNS - 1) {
      return message % 7 == 6 ? Fate.CANCELLED : Fate.ENDED;
    }
    return switch (message % 6) {
      case 0, 1 -> Fate.LIVE;
      case 2 -> Fate.SUBMITTED;
      case 3 -> Fate.DRAFT;
      case 4 -> Fate.APPROVED;
      default -> Fate.RETURNED;
    };
  }

  private void version(Connection db, int c, int m, int v, Instant at, Fate fate)
      throws SQLException {
    String id = messageId(c, m);
    String author = authors.get((c + m) % authors.size());
    String approver = approvers.get((c + m + v) % approvers.size());
    boolean picture = m % 4 == 3;
    boolean card = m % 9 == 5 && !picture;
    update(
        db,
        """
        INSERT INTO message_version
          (message, number, edit, status, title, kind, priority, author, created_at)
        VALUES (?, ?, ?, 'DRAFT', ?, ?, 'NORMAL', ?, ?)
        """,
        id,
        v,
        v,
        "Getting home from the square, " + (m + 1) + " of season " + (c + 1),
        picture ? "IMAGE" : card ? "VCARD" : "TEXT",
        author,
        at.toString());
    update(
        db,
        """
        INSERT INTO version_wording (message, number, place, file_name, contact, image)
        VALUES (?, ?, 1, ?, ?, ?)
        """,
        id,
        v,
        picture ? "map.jpg" : card ? "safety.vcf" : "home.txt",
        card
            ? "{\"name\":\"Community Safety\",\"organisation\":\"The council\",\"numbers\":[{\"label\":\"Office\",\"dial\":\"01530 454704\"}]}"
            : null,
        picture ? pictures.get((m + v) % pictures.size()) : null);
    update(
        db,
        """
        INSERT INTO wording_text (message, number, place, position, language, words)
        VALUES (?, ?, 1, 1, 'en', ?)
        """,
        id,
        v,
        picture
            ? "A map of the square with the taxi rank"
            : "The last bus to Ashby leaves the square at 23:15. Taxis wait by the clock tower"
                + " until three, with marshals. Wording "
                + v
                + ".");
    update(
        db,
        "INSERT INTO version_editor (message, number, username) VALUES (?, ?, ?)",
        id,
        v,
        author);
    for (String site : nodes.stream().map(n -> n.site().value()).distinct().toList()) {
      update(
          db,
          "INSERT INTO version_target (message, number, site, node) VALUES (?, ?, ?, NULL)",
          id,
          v,
          site);
    }
    for (int w = 0; w < 2; w++) {
      update(
          db,
          """
          INSERT INTO version_window
            (message, number, first_day, last_day, days, opens, closes, zone)
          VALUES (?, ?, ?, ?, ?, ?, ?, ?)
          """,
          id,
          v,
          start(c).toString(),
          start(c).plusDays(CAMPAIGN_DAYS - 1).toString(),
          w == 0 ? "4,5,6" : "7,1",
          w == 0 ? "19:00" : "20:00",
          w == 0 ? "03:00" : "23:30",
          ZONE.getId());
    }
    move(db, id, v, author, approver, at, fate);
  }

  private void move(
      Connection db, String id, int v, String author, String approver, Instant at, Fate fate)
      throws SQLException {
    if (fate == Fate.DRAFT) {
      return;
    }
    update(
        db,
        "UPDATE message_version SET status = 'SUBMITTED', submitted_by = ?, submitted_at = ?"
            + " WHERE message = ? AND number = ?",
        author,
        at.plusSeconds(600).toString(),
        id,
        v);
    if (fate == Fate.SUBMITTED) {
      return;
    }
    update(
        db,
        "UPDATE message_version SET status = ?, decided_by = ?, decided_at = ?, reason = ?"
            + " WHERE message = ? AND number = ?",
        fate == Fate.RETURNED ? "RETURNED" : "APPROVED",
        approver,
        at.plusSeconds(1200).toString(),
        fate == Fate.RETURNED ? "Say when the last bus leaves." : null,
        id,
        v);
    if (fate != Fate.RETURNED && fate != Fate.APPROVED) {
      update(
          db, "UPDATE message_version SET status = 'LIVE' WHERE message = ? AND number = ?", id, v);
      update(
          db,
          "UPDATE message_version SET status = ? WHERE message = ? AND number = ?",
          fate.name(),
          id,
          v);
    }
  }

  /** The hours of every night at every node, from 19:00 on. */
  private void counts(Connection db) throws SQLException {
    try (PreparedStatement row =
        db.prepareStatement(
            "INSERT INTO outcome_count"
                + " (message, hour, site, node, outcome, reason, training, count)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?)")) {
      for (int c = 0; c < CAMPAIGNS; c++) {
        for (int day = 0; day < CAMPAIGN_DAYS; day++) {
          LocalDate night = start(c).plusDays(day);
          if (night.isAfter(today)) {
            break;
          }
          for (int m = 0; m < A_NIGHT; m++) {
            String message = messageId(c, (day / 7 * A_NIGHT + m) % MESSAGES);
            for (int hour = 0; hour < NIGHT_HOURS; hour++) {
              count(row, message, at(night, LocalTime.of(19, 0)).plus(Duration.ofHours(hour)));
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
    long days = CAMPAIGNS * (long) CAMPAIGN_DAYS - (CAMPAIGN_DAYS - INTO_THE_LAST);
    try (PreparedStatement phones =
            db.prepareStatement("INSERT INTO phones_seen VALUES (?, ?, ?, 0, ?)");
        PreparedStatement looked =
            db.prepareStatement("INSERT INTO coverage VALUES (?, ?, ?, 'hci0', ?)")) {
      for (long ago = days; ago >= 0; ago--) {
        Instant first = at(today.minusDays(ago), LocalTime.of(19, 0));
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

  private void audit(Connection db) throws SQLException {
    try (PreparedStatement row =
        db.prepareStatement(
            "INSERT INTO audit (at, who, what, subject, detail) VALUES (?, ?, ?, ?, ?)")) {
      for (int i = 0; i < AUDIT_ROWS; i++) {
        NodePlan node = nodes.get(i % nodes.size());
        int c = i * CAMPAIGNS / AUDIT_ROWS;
        row.setString(1, now.minus(Duration.ofMinutes((AUDIT_ROWS - i) * 70L)).toString());
        row.setString(2, i % 2 == 0 ? authors.get(i % authors.size()) : approvers.get(0));
        row.setString(3, List.of("edited", "submitted", "approved", "held", "resumed").get(i % 5));
        row.setString(4, i % 5 < 3 ? "message " + messageId(c, i % MESSAGES) : "node " + node);
        row.setString(5, i % 5 < 3 ? "version " + (1 + i % 5) : "");
        row.addBatch();
      }
      row.executeBatch();
    }
  }

  /** Every node as it last told of itself, most of them moments ago. */
  private void heard(Connection db) throws SQLException {
    for (int n = 0; n < nodes.size(); n++) {
      NodePlan node = nodes.get(n);
      Instant at = n % 7 == 6 ? now.minus(Duration.ofDays(2)) : now;
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
                      new MessageId(messageId(CAMPAIGNS - 1, 0)),
                      NodeState.MessageState.Status.ON_AIR),
                  new NodeState.MessageState(
                      new MessageId(messageId(CAMPAIGNS - 1, 7)),
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
      update(
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

  private static Instant at(LocalDate day, LocalTime time) {
    return day.atTime(time).atZone(ZONE).toInstant();
  }

  /** Noise compresses badly: a square of this width has about as many bytes as it has pixels. */
  private byte[] picture(int width) throws IOException {
    BufferedImage image = new BufferedImage(width, width, BufferedImage.TYPE_INT_RGB);
    Graphics2D pen = image.createGraphics();
    for (int y = 0; y < width; y += 2) {
      for (int x = 0; x < width; x += 2) {
        pen.setColor(new Color(random.nextInt(0x1000000)));
        pen.fillRect(x, y, 2, 2);
      }
    }
    pen.dispose();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(image, "jpeg", bytes);
    return bytes.toByteArray();
  }

  private static long rows(Connection db, String table) throws SQLException {
    try (Statement statement = db.createStatement();
        ResultSet row = statement.executeQuery("SELECT count(*) FROM " + table)) {
      row.next();
      return row.getLong(1);
    }
  }

  private static void update(Connection db, String sql, @Nullable Object... values)
      throws SQLException {
    try (PreparedStatement statement = db.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        statement.setObject(i + 1, values[i]);
      }
      statement.executeUpdate();
    }
  }
}
