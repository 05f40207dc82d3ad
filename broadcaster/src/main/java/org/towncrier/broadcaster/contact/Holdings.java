package org.towncrier.broadcaster.contact;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.towncrier.broadcaster.store.NodeStore;
import org.towncrier.protocol.ContactTalk.Departed;
import org.towncrier.protocol.NodeId;
import org.towncrier.protocol.NodeSchedule;

/**
 * Which phones are this node's to give: those that every set of nodes which may still be in force
 * somewhere gives to it. A node that takes phones over from others holds them only once {@link
 * #waitingFor each} has said that it goes by the same set, and what it knows of phones; so a phone
 * is never two nodes' at once, however far apart their schedules are.
 */
final class Holdings {
  private static final Logger log = LoggerFactory.getLogger(Holdings.class);

  /** Nobody's phones: with fresh records nothing is ours before the others have been asked. */
  private static final List<NodeId> NOBODY = List.of();

  /**
   * How long after its schedule has ended a node's share is left alone that is named no more and
   * has not handed over what it knows: until all it may know has ended too.
   */
  private static final Duration FORGOTTEN = ContactBook.LONGEST_CAMPAIGN.plusDays(1);

  static final List<String> TABLES = List.of("share_nodes", "share_departed", "share_term");

  private final NodeStore store;
  private final NodeId node;
  private List<List<NodeId>> sets = List.of();
  private Map<NodeId, Instant> departed = Map.of();
  private Instant validUntil = Instant.EPOCH;
  private @Nullable List<NodeId> heard = List.of();
  private final Set<NodeId> confirmed = new HashSet<>();
  private final Set<NodeId> handedOver = new HashSet<>();
  private long turn;
  private boolean known;

  Holdings(NodeStore store, NodeId node) {
    this.store = store;
    this.node = node;
  }

  /** Takes on the nodes of a schedule. */
  void learn(NodeSchedule schedule, Instant now) {
    if (!known) {
      read();
      known = true;
    }
    heard = schedule.heardNodes();
    List<NodeId> next = schedule.siteNodes().stream().distinct().sorted().toList();
    // While ours was over, others may have taken the phones; theirs to tell what came of them.
    Instant valid = schedule.validUntil().truncatedTo(ChronoUnit.SECONDS);
    boolean lapsed =
        sets.isEmpty()
            || (valid.isAfter(validUntil) && !validUntil.isAfter(latest(now, schedule.issuedAt())));
    Map<NodeId, Instant> gone = new TreeMap<>(departed);
    Instant until = latest(validUntil, valid).plus(FORGOTTEN);
    sets.forEach(set -> set.forEach(named -> gone.putIfAbsent(named, until)));
    List<NodeId> everHeard = schedule.heardNodes();
    if (sets.isEmpty() && everHeard != null) {
      everHeard.forEach(before -> gone.putIfAbsent(before, until));
    }
    gone.keySet().removeAll(next);
    if (lapsed) {
      write(List.of(NOBODY, next), gone, valid);
    } else if (!next.equals(newest())) {
      List<List<NodeId>> more = new ArrayList<>(sets);
      more.remove(next);
      more.add(next);
      write(more, gone, valid);
    } else if (!valid.equals(validUntil) || !gone.equals(departed)) {
      write(sets, gone, valid);
    }
    if (!settle(now) && isTakingOver()) {
      log.info(
          "Before the node asks all phones of its share it waits for word from {}, and from {},"
              + " which its site has no more",
          waitingFor(),
          departed.keySet());
    }
  }

  /** Whether the phone is this node's to give. */
  boolean holds(Pseudonym share) {
    return !sets.isEmpty()
        && sets.stream().allMatch(set -> !set.isEmpty() && Shares.owner(share, set).equals(node));
  }

  /** Whose to give the phone is, by the newest schedule. */
  NodeId owner(Pseudonym share) {
    return Shares.owner(share, newest());
  }

  /** The nodes that the newest schedule names, in order; none before there is one. */
  List<NodeId> newest() {
    return sets.isEmpty() ? NOBODY : sets.get(sets.size() - 1);
  }

  Map<NodeId, Instant> departed() {
    return departed;
  }

  /** Whether the newest schedule has run out: then this node holds nothing until it joins anew. */
  boolean isOver(Instant now) {
    return !now.isBefore(validUntil);
  }

  /** Grows whenever answers to older questions are of no more use. */
  long turn() {
    return turn;
  }

  /** The nodes that have yet to speak before this one holds its whole share; empty if none. */
  List<NodeId> waitingFor() {
    return sets.size() < 2
        ? List.of()
        : required().stream().filter(other -> !confirmed.contains(other)).toList();
  }

  /** Whether this node does not hold its whole share yet. */
  boolean isTakingOver() {
    return sets.size() > 1;
  }

  /** The node has said all it knows, and that it goes by the newest set, in this turn. */
  void confirm(NodeId other, List<Departed> alsoDeparted) {
    Map<NodeId, Instant> gone = new TreeMap<>(departed);
    for (Departed left : alsoDeparted) {
      if (!newest().contains(left.node()) && !handedOver.contains(left.node())) {
        gone.merge(left.node(), left.until(), Holdings::latest);
      }
    }
    if (!gone.equals(departed)) {
      write(sets, gone, validUntil);
    }
    confirmed.add(other);
  }

  /** A node that is named no more holds nothing any more, and has said all it knows. */
  void handOver(NodeId left) {
    handedOver.add(left);
    Map<NodeId, Instant> gone = new TreeMap<>(departed);
    if (gone.remove(left) != null) {
      write(sets, gone, validUntil);
    }
  }

  /**
   * Takes the whole share over, if nothing stands against it any more.
   *
   * @return whether it did
   */
  boolean settle(Instant now) {
    boolean clear =
        isTakingOver()
            && waitingFor().isEmpty()
            && departed.values().stream().noneMatch(now::isBefore);
    if (clear) {
      write(List.of(newest()), Map.of(), validUntil);
      log.info("The node's share of the phones is its own, among {} nodes", newest().size());
    }
    return clear;
  }

  private List<NodeId> required() {
    List<NodeId> asked = heard;
    return newest().stream()
        .filter(other -> !other.equals(node) && (asked == null || asked.contains(other)))
        .toList();
  }

  private void write(List<List<NodeId>> next, Map<NodeId, Instant> gone, Instant valid) {
    store.run(
        sql -> {
          sql.update("DELETE FROM share_nodes");
          for (List<NodeId> set : next) {
            sql.update(
                "INSERT INTO share_nodes (nodes) VALUES (?)",
                set.stream().map(NodeId::value).collect(Collectors.joining(",")));
          }
          sql.update("DELETE FROM share_departed");
          for (Map.Entry<NodeId, Instant> left : gone.entrySet()) {
            sql.update(
                "INSERT INTO share_departed (node, until_s) VALUES (?, ?)",
                left.getKey().value(),
                left.getValue().getEpochSecond());
          }
          sql.update(
              "INSERT INTO share_term (slot, valid_until_s) VALUES (1, ?)"
                  + " ON CONFLICT (slot) DO UPDATE SET valid_until_s = excluded.valid_until_s",
              valid.getEpochSecond());
          store.afterCommit(
              () -> {
                if (!next.equals(sets)) {
                  turn++;
                  confirmed.clear();
                  handedOver.clear();
                }
                sets = List.copyOf(next);
                departed = Map.copyOf(gone);
                validUntil = valid;
              });
        });
  }

  private void read() {
    store.run(
        sql -> {
          sets =
              sql.list(
                  "SELECT nodes FROM share_nodes ORDER BY place", row -> nodes(row.getString(1)));
          departed =
              sql
                  .list(
                      "SELECT node, until_s FROM share_departed",
                      row ->
                          Map.entry(
                              new NodeId(row.getString(1)), Instant.ofEpochSecond(row.getLong(2))))
                  .stream()
                  .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
          validUntil = Instant.ofEpochSecond(sql.number("SELECT valid_until_s FROM share_term"));
        });
  }

  private static List<NodeId> nodes(String text) {
    return text.isEmpty() ? NOBODY : Arrays.stream(text.split(",")).map(NodeId::new).toList();
  }

  private static Instant latest(Instant a, Instant b) {
    return a.isAfter(b) ? a : b;
  }
}
