package org.towncrier.console.message;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.towncrier.protocol.CampaignId;
import org.towncrier.protocol.MessageId;
import org.towncrier.protocol.NodeId;
import org.towncrier.protocol.ScheduledMessage.Priority;
import org.towncrier.protocol.SiteId;
import org.towncrier.protocol.Window;

/** The rows of messages and their versions. The rules are in {@link Messages} and the schema. */
@Repository
class VersionStore {
  private static final String VERSION =
      "SELECT m.campaign, v.* FROM message_version v JOIN message m ON m.id = v.message ";

  private final JdbcClient db;
  private final WordingStore wordings;

  VersionStore(JdbcClient db) {
    this.db = db;
    this.wordings = new WordingStore(db);
  }

  boolean exists(MessageId id) {
    return db.sql("SELECT count(*) FROM message WHERE id = ?")
            .param(id.value())
            .query(Integer.class)
            .single()
        > 0;
  }

  /**
   * The number of the version that a message is at: the newest that was not discarded, or the
   * newest when all were.
   */
  static final String CURRENT =
      """
      (SELECT number FROM message_version WHERE message = m.id
        ORDER BY discarded_at IS NOT NULL, number DESC LIMIT 1)
      """;

  /** A version that may speak or is paused, without its words and picture. */
  record Standing(MessageId message, int number, MessageStatus status, List<Window> windows) {}

  /** Every version of one campaign's messages that its message is at. */
  List<MessageVersion> newestOf(CampaignId campaign) {
    return versions(
        VERSION
            + """
            WHERE m.campaign = ?
              AND v.number =\s"""
            + CURRENT
            + "ORDER BY m.created_at, m.rowid",
        campaign.value());
  }

  Optional<MessageVersion> newest(MessageId id) {
    return versions(VERSION + "WHERE v.message = ? AND v.number = " + CURRENT, id.value()).stream()
        .findFirst();
  }

  /** All of them, the newest first. */
  List<MessageVersion> all(MessageId id) {
    return versions(VERSION + "WHERE v.message = ? ORDER BY v.number DESC", id.value());
  }

  /** Some of them, the newest first. */
  List<MessageVersion> some(MessageId id, int limit, long offset) {
    return versions(
        VERSION + "WHERE v.message = ? ORDER BY v.number DESC LIMIT ? OFFSET ?",
        id.value(),
        limit,
        offset);
  }

  /** What each version is at, without reading its words and pictures. */
  List<MessageStatus> statuses(MessageId id) {
    return db.sql("SELECT status, paused_at, discarded_at FROM message_version WHERE message = ?")
        .param(id.value())
        .query((row, n) -> status(row))
        .list();
  }

  /** Every place that any version names. */
  Set<Target> everyTarget(MessageId id) {
    return Set.copyOf(
        db.sql("SELECT DISTINCT site, node FROM version_target WHERE message = ?")
            .param(id.value())
            .query((row, n) -> target(row))
            .list());
  }

  Optional<MessageVersion> one(MessageId id, int number) {
    return versions(VERSION + "WHERE v.message = ? AND v.number = ?", id.value(), number).stream()
        .findFirst();
  }

  /** The highest number that was given out, discarded drafts included. */
  int highest(MessageId id) {
    return db.sql("SELECT max(number) FROM message_version WHERE message = ?")
        .param(id.value())
        .query(Integer.class)
        .single();
  }

  /** The version that a second person said yes to and that is not over: on air, to come, paused. */
  Optional<MessageVersion> standing(MessageId id) {
    return versions(
            VERSION + "WHERE v.message = ? AND v.status IN ('APPROVED', 'LIVE')", id.value())
        .stream()
        .findFirst();
  }

  List<Standing> standing() {
    return standing(
        """
        WHERE v.status IN ('APPROVED', 'LIVE')
        """);
  }

  /** What stands, with where and when and without its words, in the order nodes are told it. */
  List<PlannedMessage> planned() {
    return db.sql(
            """
            SELECT v.message, v.number, v.title, v.priority, v.paused_at,
              (SELECT count(*) FROM version_wording w
                WHERE w.message = v.message AND w.number = v.number) AS wordings
            FROM message_version v
            JOIN message m ON m.id = v.message
            WHERE v.status IN ('APPROVED', 'LIVE') ORDER BY m.created_at, m.rowid
            """)
        .query(
            (row, n) -> {
              MessageId id = new MessageId(row.getString("message"));
              int number = row.getInt("number");
              return new PlannedMessage(
                  id,
                  row.getString("title"),
                  Priority.valueOf(row.getString("priority")),
                  row.getString("paused_at") != null,
                  row.getInt("wordings"),
                  targets(id, number),
                  windows(id, number));
            })
        .list();
  }

  /** Those that nodes of a site are to be told. Paused ones are not among them. */
  List<Standing> speaking(SiteId site, NodeId node) {
    return standing(
        """
        WHERE v.status IN ('APPROVED', 'LIVE') AND v.paused_at IS NULL AND EXISTS (
          SELECT 1 FROM version_target t WHERE t.message = v.message AND t.number = v.number
            AND t.site = ? AND (t.node IS NULL OR t.node = ?))
        """,
        site.value(),
        node.value());
  }

  private List<Standing> standing(String where, Object... params) {
    return db.sql(
            "SELECT v.message, v.number, v.status, v.paused_at, v.discarded_at FROM message_version"
                + " v JOIN message m ON m.id = v.message "
                + where
                + "ORDER BY m.created_at, m.rowid")
        .params(params)
        .query(
            (row, n) -> {
              MessageId id = new MessageId(row.getString("message"));
              int number = row.getInt("number");
              return new Standing(id, number, status(row), windows(id, number));
            })
        .list();
  }

  /** Every site, and every node as {@code site/node}. */
  Set<String> places() {
    return Set.copyOf(
        db.sql(
                "SELECT id FROM site UNION SELECT site || '/' || id FROM node"
                    + " WHERE retiring_since IS NULL")
            .query(String.class)
            .list());
  }

  /** What people call it. */
  String name(SiteId site) {
    return db.sql("SELECT name FROM site WHERE id = ?")
        .param(site.value())
        .query(String.class)
        .optional()
        .orElse(site.value());
  }

  void insertMessage(MessageId id, CampaignId campaign, Instant at) {
    db.sql("INSERT INTO message (id, campaign, created_at) VALUES (?, ?, ?)")
        .params(id.value(), campaign.value(), at.toString())
        .update();
  }

  /** Its edits go on where those of the version before ended: a page shows one of them for ever. */
  void insertVersion(MessageId id, int number, Draft draft, String author, Instant at) {
    db.sql(
            """
            INSERT INTO message_version (message, number, edit, status, title, kind, priority,
              author, created_at)
            VALUES (?1, ?2,
              (SELECT coalesce(max(edit), 0) + 1 FROM message_version WHERE message = ?1),
              'DRAFT', ?3, ?4, ?5, ?6, ?7)
            """)
        .params(
            id.value(),
            number,
            draft.title().strip(),
            draft.kind().name(),
            draft.priority().name(),
            author,
            at.toString())
        .update();
    wordings.insert(id, number, draft);
    insertSchedule(id, number, draft);
  }

  void updateDraft(MessageId id, int number, Draft draft) {
    db.sql(
            """
            UPDATE message_version SET title = ?, kind = ?, priority = ?, edit = edit + 1
            WHERE message = ? AND number = ?
            """)
        .params(
            draft.title().strip(), draft.kind().name(), draft.priority().name(), id.value(), number)
        .update();
    wordings.rewrite(id, number, draft);
    for (String table : List.of("version_target", "version_window")) {
      db.sql("DELETE FROM " + table + " WHERE message = ? AND number = ?")
          .params(id.value(), number)
          .update();
    }
    insertSchedule(id, number, draft);
  }

  void addEditor(MessageId id, int number, String username) {
    db.sql("INSERT OR IGNORE INTO version_editor (message, number, username) VALUES (?, ?, ?)")
        .params(id.value(), number, username)
        .update();
  }

  Set<String> editors(MessageId id, int number) {
    return Set.copyOf(
        db.sql("SELECT lower(username) FROM version_editor WHERE message = ? AND number = ?")
            .params(id.value(), number)
            .query(String.class)
            .list());
  }

  void submitted(MessageVersion version, String who, Instant at) {
    db.sql(
            """
            UPDATE message_version SET status = 'SUBMITTED', submitted_by = ?, submitted_at = ?,
              reason = NULL
            WHERE message = ? AND number = ?
            """)
        .params(who, at.toString(), version.message().value(), version.number())
        .update();
  }

  void decided(
      MessageVersion version,
      MessageStatus status,
      String who,
      @Nullable String reason,
      Instant at) {
    db.sql(
            """
            UPDATE message_version SET status = ?, decided_by = ?, decided_at = ?, reason = ?
            WHERE message = ? AND number = ?
            """)
        .params(
            Arrays.asList(
                status.name(),
                who,
                at.toString(),
                reason,
                version.message().value(),
                version.number()))
        .update();
  }

  void moved(MessageId id, int number, MessageStatus status) {
    db.sql(
            "UPDATE message_version SET status = ?, paused_at = NULL WHERE message = ? AND number = ?")
        .params(status.name(), id.value(), number)
        .update();
  }

  void paused(MessageVersion version, Instant at) {
    db.sql("UPDATE message_version SET paused_at = ? WHERE message = ? AND number = ?")
        .params(at.toString(), version.message().value(), version.number())
        .update();
  }

  /** It is again what it was before it was paused. */
  void resumed(MessageVersion version) {
    db.sql("UPDATE message_version SET paused_at = NULL WHERE message = ? AND number = ?")
        .params(version.message().value(), version.number())
        .update();
  }

  void discarded(MessageVersion version, Instant at) {
    db.sql(
            "UPDATE message_version SET status = 'CANCELLED', discarded_at = ?"
                + " WHERE message = ? AND number = ?")
        .params(at.toString(), version.message().value(), version.number())
        .update();
  }

  private void insertSchedule(MessageId id, int number, Draft draft) {
    for (Target target : draft.targets()) {
      db.sql("INSERT INTO version_target (message, number, site, node) VALUES (?, ?, ?, ?)")
          .params(
              Arrays.asList(
                  id.value(),
                  number,
                  target.site().value(),
                  target.node() == null ? null : target.node().value()))
          .update();
    }
    for (Window window : draft.windows()) {
      db.sql(
              """
              INSERT INTO version_window
                (message, number, first_day, last_day, days, opens, closes, zone)
              VALUES (?, ?, ?, ?, ?, ?, ?, ?)
              """)
          .params(
              id.value(),
              number,
              window.from().toString(),
              window.to().toString(),
              window.days().stream()
                  .map(day -> String.valueOf(day.getValue()))
                  .collect(Collectors.joining(",")),
              window.start().toString(),
              window.end().toString(),
              window.zone().getId())
          .update();
    }
  }

  private List<MessageVersion> versions(String sql, Object... params) {
    return db.sql(sql).params(params).query((row, n) -> version(row)).list();
  }

  private MessageVersion version(ResultSet row) throws SQLException {
    MessageId id = new MessageId(row.getString("message"));
    int number = row.getInt("number");
    return new MessageVersion(
        id,
        new CampaignId(row.getString("campaign")),
        number,
        row.getInt("edit"),
        status(row),
        new Draft(
            row.getString("title"),
            MessageKind.valueOf(row.getString("kind")),
            wordings.of(id, number),
            Priority.valueOf(row.getString("priority")),
            targets(id, number),
            windows(id, number)),
        row.getString("author"),
        Instant.parse(row.getString("created_at")),
        row.getString("submitted_by"),
        moment(row, "submitted_at"),
        row.getString("decided_by"),
        moment(row, "decided_at"),
        row.getString("reason"));
  }

  /** Paused and discarded are columns of their own beside the status. */
  private static MessageStatus status(ResultSet row) throws SQLException {
    MessageStatus status = MessageStatus.valueOf(row.getString("status"));
    if (row.getString("discarded_at") != null) {
      return MessageStatus.DISCARDED;
    }
    return status.speaks() && row.getString("paused_at") != null ? MessageStatus.PAUSED : status;
  }

  private static @Nullable Instant moment(ResultSet row, String column) throws SQLException {
    String text = row.getString(column);
    return text == null ? null : Instant.parse(text);
  }

  private List<Target> targets(MessageId id, int number) {
    return db.sql("SELECT * FROM version_target WHERE message = ? AND number = ? ORDER BY rowid")
        .params(id.value(), number)
        .query((row, n) -> target(row))
        .list();
  }

  private static Target target(ResultSet row) throws SQLException {
    String node = row.getString("node");
    return new Target(new SiteId(row.getString("site")), node == null ? null : new NodeId(node));
  }

  private List<Window> windows(MessageId id, int number) {
    return db.sql("SELECT * FROM version_window WHERE message = ? AND number = ? ORDER BY rowid")
        .params(id.value(), number)
        .query(
            (row, n) ->
                new Window(
                    LocalDate.parse(row.getString("first_day")),
                    LocalDate.parse(row.getString("last_day")),
                    Arrays.stream(row.getString("days").split(",", -1))
                        .map(day -> DayOfWeek.of(Integer.parseInt(day)))
                        .collect(Collectors.toSet()),
                    LocalTime.parse(row.getString("opens")),
                    LocalTime.parse(row.getString("closes")),
                    ZoneId.of(row.getString("zone"))))
        .list();
  }
}
