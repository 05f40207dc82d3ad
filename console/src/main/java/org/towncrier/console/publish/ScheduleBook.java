package org.towncrier.console.publish;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.towncrier.console.ConsoleSettings;
import org.towncrier.console.store.Transactions;
import org.towncrier.protocol.CampaignId;
import org.towncrier.protocol.ContactRules;
import org.towncrier.protocol.MessageId;
import org.towncrier.protocol.NodeId;
import org.towncrier.protocol.NodeSchedule;
import org.towncrier.protocol.ScheduledMessage;
import org.towncrier.protocol.SigningKey;
import org.towncrier.protocol.SiteId;
import org.towncrier.protocol.Topic;
import org.towncrier.protocol.WireJson;

/** Writes each node's schedule, numbers and signs it, and remembers what the broker has. */
@Component
class ScheduleBook {
  /** Beyond this no counting from one ever comes; a node that says so is damaged. */
  private static final long LAST_REVISION = 1L << 50;

  private final JdbcClient db;
  private final Transactions transactions;
  private final OnAir onAir;
  private final SigningKey key;
  private final ConsoleSettings.Schedule settings;

  ScheduleBook(
      JdbcClient db,
      Transactions transactions,
      OnAir onAir,
      SigningKey key,
      ConsoleSettings settings) {
    this.db = db;
    this.transactions = transactions;
    this.onAir = onAir;
    this.key = key;
    this.settings = settings.schedule();
  }

  /**
   * How long the last schedule of a node holds that is taken out of its site. Once it has run out
   * the node holds no phones any more, and so may hand over to the others what it knows.
   */
  static final Duration FAREWELL = Duration.ofMinutes(5);

  /** A node, as a key. */
  record Place(SiteId site, NodeId node) {
    Topic topic() {
      return new Topic(site, node, Topic.Kind.SCHEDULE);
    }
  }

  /** What a node is to be told, signed, and since when the broker has it. */
  record Sealed(
      Place place,
      long revision,
      byte[] envelope,
      Instant issuedAt,
      Instant validUntil,
      @Nullable Instant publishedAt) {}

  private record Kept(
      long revision,
      @Nullable String digest,
      @Nullable Instant issuedAt,
      @Nullable Instant validUntil) {}

  private record Standing(boolean hold, boolean training, boolean leaving, ContactRules contact) {}

  List<Place> places() {
    return db.sql("SELECT site, id FROM node WHERE left_at IS NULL ORDER BY site, id")
        .query((row, n) -> new Place(new SiteId(row.getString(1)), new NodeId(row.getString(2))))
        .list();
  }

  /**
   * Writes the node's schedule anew if it says something else than the one before, or that one is
   * due for renewal, or the node applies a newer one (which a console restored from a backup has
   * forgotten).
   *
   * @param reported the revision that the node applies; 0 when it is not known
   * @return whether there is a new one
   */
  boolean rewrite(Place place, Instant at, long reported) {
    return transactions.write(() -> rewriteWithin(place, at, reported));
  }

  private boolean rewriteWithin(Place place, Instant at, long reported) {
    Optional<Standing> standing = standing(place);
    if (standing.isEmpty()) {
      return false;
    }
    Kept kept = kept(place);
    if (reported >= LAST_REVISION) {
      leftOut(place, List.of());
      problem(place, "The node says that it applies revision " + reported + ", which cannot be.");
      return false;
    }
    long revision = Math.max(kept.revision(), reported) + 1;
    Fitting fitting =
        Fitting.of(
            messages -> schedule(place, standing.get(), revision, at, messages),
            messages(place, standing.get(), at));
    leftOut(place, fitting.leftOut());
    NodeSchedule schedule = fitting.schedule();
    String digest = digest(schedule);
    boolean due =
        kept.issuedAt() == null
            || !at.isBefore(kept.issuedAt().plus(renewAfter(place, standing.get(), kept, at)))
            // The clock was set back: what is signed for later is of no use now.
            || kept.issuedAt().isAfter(at);
    if (digest.equals(kept.digest()) && !due && reported <= kept.revision()) {
      problem(place, fitting.problem());
      return false;
    }
    byte[] envelope = WireJson.write(key.seal(Topic.Kind.SCHEDULE, schedule));
    db.sql(
            "INSERT INTO node_schedule"
                + " (site, node, revision, digest, issued_at, valid_until, envelope, problem)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (site, node) DO UPDATE SET"
                + " revision = excluded.revision, digest = excluded.digest,"
                + " issued_at = excluded.issued_at, valid_until = excluded.valid_until,"
                + " envelope = excluded.envelope, published_at = NULL,"
                + " problem = excluded.problem")
        .params(
            Arrays.asList(
                place.site().value(),
                place.node().value(),
                revision,
                digest,
                schedule.issuedAt().toString(),
                schedule.validUntil().toString(),
                envelope,
                fitting.problem()))
        .update();
    return true;
  }

  /** A farewell is said again when it ran out before the node had it, and else never. */
  private Duration renewAfter(Place place, Standing standing, Kept kept, Instant at) {
    if (!standing.leaving()) {
      return settings.renewEvery();
    }
    Instant over = kept.validUntil();
    boolean missed = over != null && !at.isBefore(over) && applied(place) < kept.revision();
    return missed ? Duration.ZERO : Duration.ofDays(36_500);
  }

  private long applied(Place place) {
    return db.sql(
            "SELECT coalesce(state ->> '$.revision', 0) FROM node_heard WHERE site = ? AND node = ?")
        .params(place.site().value(), place.node().value())
        .query(Long.class)
        .optional()
        .orElse(0L);
  }

  /** What the node is to be told. */
  Optional<Sealed> ready(Place place) {
    return db.sql(
            "SELECT revision, envelope, issued_at, valid_until, published_at FROM node_schedule"
                + " WHERE site = ? AND node = ? AND envelope IS NOT NULL")
        .params(place.site().value(), place.node().value())
        .query(
            (row, n) -> {
              String published = row.getString("published_at");
              return new Sealed(
                  place,
                  row.getLong("revision"),
                  row.getBytes("envelope"),
                  Instant.parse(row.getString("issued_at")),
                  Instant.parse(row.getString("valid_until")),
                  published == null ? null : Instant.parse(published));
            })
        .optional();
  }

  /** Nodes whose schedule the broker does not have. */
  Set<Place> unpublished() {
    return new LinkedHashSet<>(
        db.sql(
                "SELECT site, node FROM node_schedule"
                    + " WHERE published_at IS NULL AND digest IS NOT NULL")
            .query(
                (row, n) -> new Place(new SiteId(row.getString(1)), new NodeId(row.getString(2))))
            .list());
  }

  /** The broker has that revision. */
  void published(Place place, long revision, Instant at) {
    transactions.run(
        () ->
            db.sql(
                    "UPDATE node_schedule SET published_at = ?"
                        + " WHERE site = ? AND node = ? AND revision = ?")
                .params(at.toString(), place.site().value(), place.node().value(), revision)
                .update());
  }

  /** When the first schedule is due for renewal. */
  boolean anyDue(Instant at) {
    return db
        .sql(
            "SELECT s.issued_at FROM node_schedule s JOIN node n ON n.site = s.site AND n.id = s.node"
                + " WHERE s.issued_at IS NOT NULL AND n.retiring_since IS NULL"
                + " AND n.left_at IS NULL")
        .query(String.class)
        .list()
        .stream()
        .anyMatch(issued -> !at.isBefore(Instant.parse(issued).plus(settings.renewEvery())));
  }

  private List<ScheduledMessage> messages(Place place, Standing standing, Instant at) {
    return standing.leaving() ? List.of() : onAir.messagesFor(place.site(), place.node(), at);
  }

  private NodeSchedule schedule(
      Place place, Standing standing, long revision, Instant at, List<ScheduledMessage> messages) {
    boolean leaving = standing.leaving();
    Set<CampaignId> named =
        messages.stream().map(ScheduledMessage::campaign).collect(Collectors.toSet());
    return new NodeSchedule(
        place.site(),
        place.node(),
        revision,
        at,
        at.plus(leaving ? FAREWELL : settings.validFor()),
        standing.hold() || leaving,
        standing.training(),
        standing.contact(),
        sharing(place),
        heardBeside(place),
        onAir.campaigns().stream()
            // Whoever leaves still knows of phones in each, until it has handed that over.
            .filter(campaign -> leaving || named.contains(campaign.id()))
            .toList(),
        messages);
  }

  /** The nodes among which the site's phones are shared out; every node knows itself. */
  private List<NodeId> sharing(Place place) {
    return db.sql(
            "SELECT id FROM node WHERE site = ? AND left_at IS NULL"
                + " AND (retiring_since IS NULL OR id = ?) ORDER BY id")
        .params(place.site().value(), place.node().value())
        .query((row, n) -> new NodeId(row.getString(1)))
        .list();
  }

  /**
   * The other nodes of its site that were ever heard of. A node that takes over phones asks them
   * first; one that was never heard can't have asked a phone.
   */
  private List<NodeId> heardBeside(Place place) {
    return db.sql(
            "SELECT h.node FROM node_heard h JOIN node n ON n.site = h.site AND n.id = h.node"
                + " WHERE h.site = ? AND h.node <> ? AND h.heard_at IS NOT NULL"
                + " AND n.left_at IS NULL ORDER BY h.node")
        .params(place.site().value(), place.node().value())
        .query((row, n) -> new NodeId(row.getString(1)))
        .list();
  }

  /** Of all but revision and moments. */
  private static String digest(NodeSchedule schedule) {
    NodeSchedule content =
        new NodeSchedule(
            schedule.site(),
            schedule.node(),
            1,
            Instant.EPOCH,
            Instant.EPOCH,
            schedule.hold(),
            schedule.training(),
            schedule.contact(),
            schedule.siteNodes(),
            schedule.heardNodes(),
            schedule.campaigns(),
            schedule.messages());
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(WireJson.write(content)));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("This JDK lacks SHA-256", impossible);
    }
  }

  private Optional<Standing> standing(Place place) {
    return db.sql(
            "SELECT max(site.hold, node.hold) AS hold, max(site.training, node.training) AS training,"
                + " retiring_since IS NOT NULL AS leaving, offers_per_night, tries, retry_after_seconds"
                + " FROM node JOIN site ON site.id = node.site WHERE node.site = ? AND node.id = ?")
        .params(place.site().value(), place.node().value())
        .query(
            (row, n) ->
                new Standing(
                    row.getBoolean("hold"),
                    row.getBoolean("training"),
                    row.getBoolean("leaving"),
                    new ContactRules(
                        row.getInt("offers_per_night"),
                        row.getInt("tries"),
                        row.getInt("retry_after_seconds"))))
        .optional();
  }

  private Kept kept(Place place) {
    return db.sql(
            "SELECT revision, digest, issued_at, valid_until FROM node_schedule"
                + " WHERE site = ? AND node = ?")
        .params(place.site().value(), place.node().value())
        .query(
            (row, n) -> {
              String issued = row.getString("issued_at");
              String valid = row.getString("valid_until");
              return new Kept(
                  row.getLong("revision"),
                  row.getString("digest"),
                  issued == null ? null : Instant.parse(issued),
                  valid == null ? null : Instant.parse(valid));
            })
        .optional()
        .orElse(new Kept(0, null, null, null));
  }

  private void leftOut(Place place, List<MessageId> messages) {
    List<MessageId> before =
        db.sql("SELECT message FROM schedule_left_out WHERE site = ? AND node = ? ORDER BY rowid")
            .params(place.site().value(), place.node().value())
            .query((row, n) -> new MessageId(row.getString(1)))
            .list();
    if (before.equals(messages)) {
      return;
    }
    db.sql("DELETE FROM schedule_left_out WHERE site = ? AND node = ?")
        .params(place.site().value(), place.node().value())
        .update();
    for (MessageId message : messages) {
      db.sql("INSERT INTO schedule_left_out (site, node, message) VALUES (?, ?, ?)")
          .params(place.site().value(), place.node().value(), message.value())
          .update();
    }
  }

  private void problem(Place place, @Nullable String problem) {
    db.sql(
            "INSERT INTO node_schedule (site, node, revision, problem) VALUES (?, ?, 0, ?)"
                + " ON CONFLICT (site, node) DO UPDATE SET problem = excluded.problem"
                + " WHERE problem IS NOT excluded.problem")
        .params(Arrays.asList(place.site().value(), place.node().value(), problem))
        .update();
  }
}
