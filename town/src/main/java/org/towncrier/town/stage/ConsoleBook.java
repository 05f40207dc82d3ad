package org.towncrier.town.stage;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.sqlite.SQLiteConfig;
import org.towncrier.hardware.emulator.Receipt;
import org.towncrier.protocol.Envelope;
import org.towncrier.protocol.MalformedPayloadException;
import org.towncrier.protocol.MessageId;
import org.towncrier.protocol.NodeSchedule;
import org.towncrier.protocol.NodeState;
import org.towncrier.protocol.Outcome;
import org.towncrier.protocol.ScheduledMessage;
import org.towncrier.protocol.WireJson;
import org.towncrier.town.street.Receipts.ObjectSeen;

/**
 * What a console has written down, read from its file and not through its code: also while the
 * console runs in another process, is dead, or counts wrongly.
 */
public final class ConsoleBook {
  private final Path file;

  /**
   * @param data the console's folder
   */
  public ConsoleBook(Path data) {
    this.file = data.resolve("console.db");
  }

  /** Live counts, by message and outcome. */
  public Map<MessageId, Map<Outcome, Long>> counts() throws IOException {
    Map<MessageId, Map<Outcome, Long>> counts = new HashMap<>();
    query(
        "SELECT message, outcome, sum(count) FROM outcome_count WHERE training = 0"
            + " GROUP BY message, outcome",
        row ->
            counts
                .computeIfAbsent(
                    new MessageId(row.getString(1)), id -> new EnumMap<>(Outcome.class))
                .put(Outcome.valueOf(row.getString(2)), row.getLong(3)));
    return counts;
  }

  /** Live acceptances of each wording that is compared with others, by the name of its file. */
  public Map<String, Long> acceptedByFile() throws IOException {
    Map<String, Long> accepted = new HashMap<>();
    query(
        "SELECT w.file_name, sum(o.count) FROM outcome_count o JOIN version_wording w"
            + " ON w.message = o.message AND w.variant = o.variant"
            + " WHERE o.outcome = 'ACCEPTED' AND o.training = 0 GROUP BY w.file_name",
        row -> accepted.put(row.getString(1), row.getLong(2)));
    return accepted;
  }

  /** The title of each message, as its newest version has it. */
  public Map<MessageId, String> titles() throws IOException {
    Map<MessageId, String> titles = new HashMap<>();
    query(
        "SELECT message, title FROM message_version ORDER BY number",
        row -> titles.put(new MessageId(row.getString(1)), row.getString(2)));
    return titles;
  }

  /** What every node was told last. */
  public List<NodeSchedule> schedules() throws IOException {
    List<NodeSchedule> schedules = new ArrayList<>();
    query(
        "SELECT envelope FROM node_schedule WHERE envelope IS NOT NULL",
        row ->
            schedules.add(
                WireJson.read(
                    WireJson.read(row.getBytes(1), Envelope.class).payload(), NodeSchedule.class)));
    return schedules;
  }

  /** Which message an object that a phone received belongs to. */
  public Map<ObjectSeen, MessageId> objects() throws IOException {
    Map<ObjectSeen, MessageId> objects = new HashMap<>();
    for (NodeSchedule schedule : schedules()) {
      for (ScheduledMessage message : schedule.messages()) {
        for (ScheduledMessage.Wording wording : message.wordings()) {
          objects.put(
              new ObjectSeen(wording.object().name(), Receipt.sha256(wording.object().content())),
              message.id());
        }
      }
    }
    return objects;
  }

  /** What each node said of itself last. */
  public List<NodeState> states() throws IOException {
    List<NodeState> states = new ArrayList<>();
    query(
        "SELECT state FROM node_heard WHERE state IS NOT NULL",
        row ->
            states.add(
                WireJson.read(row.getString(1).getBytes(StandardCharsets.UTF_8), NodeState.class)));
    return states;
  }

  private void query(String sql, Reader reader) throws IOException {
    SQLiteConfig config = new SQLiteConfig();
    config.setBusyTimeout(10_000);
    try (Connection connection = config.createConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        reader.read(rows);
      }
    } catch (SQLException | MalformedPayloadException e) {
      throw new IOException("The console's book " + file + " can't be read", e);
    }
  }

  private interface Reader {
    void read(ResultSet row) throws SQLException, MalformedPayloadException;
  }
}
