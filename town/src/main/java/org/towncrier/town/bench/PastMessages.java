package org.towncrier.town.bench;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;
import org.towncrier.town.stage.NodePlan;

/** Campaigns back to back, their messages in many versions, some with pictures. */
final class PastMessages {
  private final Seasons seasons;
  private final List<NodePlan> nodes;
  private final List<String> authors;
  private final List<String> approvers;
  private final Random random;
  private final List<byte[]> pictures = new ArrayList<>();

  PastMessages(
      Seasons seasons,
      List<NodePlan> nodes,
      List<String> authors,
      List<String> approvers,
      Random random)
      throws IOException {
    this.seasons = seasons;
    this.nodes = nodes;
    this.authors = authors;
    this.approvers = approvers;
    this.random = random;
    // Close to what a phone takes at most (512 KiB), and smaller ones as people make them.
    for (int width : new int[] {240, 320, 400, 480, 640}) {
      pictures.add(picture(width));
    }
  }

  void write(Connection db) throws SQLException {
    for (int c = 0; c < Seasons.CAMPAIGNS; c++) {
      campaign(db, c);
    }
  }

  private void campaign(Connection db, int c) throws SQLException {
    LocalDate start = seasons.start(c);
    LocalDate end = start.plusDays(Seasons.CAMPAIGN_DAYS - 1);
    TwoYears.update(
        db,
        "INSERT INTO campaign (id, title, sender, contact, starts_on, ends_on)"
            + " VALUES (?, ?, ?, ?, ?, ?)",
        Seasons.campaignId(c),
        "Safer evenings, season " + (c + 1),
        "The community safety team",
        "Questions or objections: 01530 454704",
        start.toString(),
        end.toString());
    for (int m = 0; m < Seasons.MESSAGES; m++) {
      String id = Seasons.messageId(c, m);
      Instant begun = Seasons.at(start.plusDays(m), LocalTime.of(10, m));
      TwoYears.update(
          db,
          "INSERT INTO message (id, campaign, created_at) VALUES (?, ?, ?)",
          id,
          Seasons.campaignId(c),
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
    if (campaign < Seasons.CAMPAIGNS - 1) {
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
    String id = Seasons.messageId(c, m);
    String author = authors.get((c + m) % authors.size());
    String approver = approvers.get((c + m + v) % approvers.size());
    boolean picture = m % 4 == 3;
    boolean card = m % 9 == 5 && !picture;
    TwoYears.update(
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
    TwoYears.update(
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
    TwoYears.update(
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
    // Whoever looks at what is open finds something of their own to discard.
    boolean open = fate == Fate.DRAFT || fate == Fate.RETURNED;
    for (String editor : open ? authors : List.of(author)) {
      TwoYears.update(
          db,
          "INSERT INTO version_editor (message, number, username) VALUES (?, ?, ?)",
          id,
          v,
          editor);
    }
    for (String site : nodes.stream().map(n -> n.site().value()).distinct().toList()) {
      TwoYears.update(
          db,
          "INSERT INTO version_target (message, number, site, node) VALUES (?, ?, ?, NULL)",
          id,
          v,
          site);
    }
    for (int w = 0; w < 2; w++) {
      TwoYears.update(
          db,
          """
          INSERT INTO version_window
            (message, number, first_day, last_day, days, opens, closes, zone)
          VALUES (?, ?, ?, ?, ?, ?, ?, ?)
          """,
          id,
          v,
          seasons.start(c).toString(),
          seasons.start(c).plusDays(Seasons.CAMPAIGN_DAYS - 1).toString(),
          w == 0 ? "4,5,6" : "7,1",
          w == 0 ? "19:00" : "20:00",
          w == 0 ? "03:00" : "23:30",
          Seasons.ZONE.getId());
    }
    move(db, id, v, author, approver, at, fate);
  }

  private void move(
      Connection db, String id, int v, String author, String approver, Instant at, Fate fate)
      throws SQLException {
    if (fate == Fate.DRAFT) {
      return;
    }
    TwoYears.update(
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
    TwoYears.update(
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
      TwoYears.update(
          db, "UPDATE message_version SET status = 'LIVE' WHERE message = ? AND number = ?", id, v);
      TwoYears.update(
          db,
          "UPDATE message_version SET status = ? WHERE message = ? AND number = ?",
          fate.name(),
          id,
          v);
    }
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
}
