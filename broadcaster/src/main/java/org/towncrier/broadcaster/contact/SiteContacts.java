package org.towncrier.broadcaster.contact;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.towncrier.broadcaster.loop.EventLoop;
import org.towncrier.broadcaster.store.StoreException;
import org.towncrier.protocol.ContactNote;
import org.towncrier.protocol.ContactTalk;
import org.towncrier.protocol.ContactTalk.Answer;
import org.towncrier.protocol.ContactTalk.Claim;
import org.towncrier.protocol.ContactTalk.Departed;
import org.towncrier.protocol.ContactTalk.Join;
import org.towncrier.protocol.ContactTalk.Joined;
import org.towncrier.protocol.ContactTalk.Phones;
import org.towncrier.protocol.ContactTalk.Result;
import org.towncrier.protocol.MalformedPayloadException;
import org.towncrier.protocol.NodeId;
import org.towncrier.protocol.UntrustedException;
import org.towncrier.protocol.WireJson;

/**
 * What this node and the other nodes of its site say to each other about phones, so that budget,
 * offers and refusals hold across the site. Used on the event loop.
 *
 * <p>Everything is sealed, and may be lost, late, twice or out of order: then fewer phones are
 * asked, never one twice.
 */
public final class SiteContacts {
  private static final Logger log = LoggerFactory.getLogger(SiteContacts.class);

  /** Results that are not confirmed, and questions that are not answered, are said again. */
  private static final Duration AGAIN = Duration.ofSeconds(10);

  /** How far two nodes' clocks may be apart for a claim between them. */
  private static final Duration SKEW = Duration.ofSeconds(60);

  /** The never-list is said again: it is short, and must reach everybody. */
  private static final Duration NEVER_AGAIN = Duration.ofMinutes(10);

  private final EventLoop loop;
  private final ContactBook book;
  private final NodeId node;
  private final Consumer<byte[]> line;
  private final Claims claims;
  private final SecureRandom random = new SecureRandom();
  private final Map<NodeId, Outgoing> outgoing = new LinkedHashMap<>();
  private final Map<NodeId, Snapshot> snapshots = new HashMap<>();
  private final Map<NodeId, Told> told = new HashMap<>();
  private boolean flushing;
  private boolean connected;
  private boolean greeted;
  private long connection;
  private long challenge;
  private long challengeTurn = -1;
  private Instant neverSaidAt = Instant.EPOCH;

  /** What waits to be said to one node. */
  private static final class Outgoing {
    final List<Claim> claims = new ArrayList<>();
    final List<Answer> answers = new ArrayList<>();
    final List<Result> results = new ArrayList<>();
    final List<Long> settled = new ArrayList<>();
    @Nullable Join join;
    boolean hello;
    List<Phones> never = List.of();
  }

  /** The pages of one answer, as far as they have come. */
  private record Snapshot(long challenge, long id, int pages, BitSet come) {}

  private record Told(long challenge, Instant at) {}

  /**
   * The book's voice, from now on.
   *
   * @param line takes a {@link ContactNote} for the site's topic
   */
  public SiteContacts(EventLoop loop, ContactBook book, Consumer<byte[]> line) {
    this.loop = loop;
    this.book = book;
    this.node = book.node();
    this.line = line;
    this.claims =
        new Claims(
            loop,
            new Claims.Telling(
                (owner, claim) -> to(owner).claims.add(claim),
                (owner, result) -> to(owner).results.add(result),
                book::answered));
    book.speaksThrough(this, claims);
  }

  /** The broker is there. */
  public void connected() {
    connected = true;
    claims.connected(true);
    neverSaidAt = Instant.EPOCH;
    greeted = false;
    long mine = ++connection;
    again(mine);
    book.changed();
  }

  /** The broker is gone: this node offers to its own share alone. */
  public void disconnected() {
    connected = false;
    outgoing.clear();
    claims.connected(false);
    book.changed();
  }

  /** What came on the site's topic. */
  public void receive(byte[] payload) {
    try {
      ContactNote note = WireJson.read(payload, ContactNote.class);
      if (note.to().equals(node) && !note.from().equals(node) && book.isReady()) {
        take(note.from(), book.seal().open(note));
      }
    } catch (UntrustedException | MalformedPayloadException e) {
      log.debug("Something on the site's topic is not obeyed: {}", e.getMessage());
    } catch (StoreException e) {
      log.warn("What another node said could not be written down: {}", e.getMessage());
    }
  }

  /** Which phones are ours to give has changed, or is about to. */
  void shareChanged() {
    if (connected) {
      greet();
      askToJoin();
    }
  }

  /** A phone asked to be left alone. */
  void neverChanged() {
    neverSaidAt = Instant.EPOCH;
    sayNever();
  }

  private void again(long mine) {
    if (!connected || mine != connection) {
      return;
    }
    loop.after(AGAIN, () -> again(mine));
    if (book.isReady()) {
      greet();
      claims.tellAgain(book.holdings().newest());
      askToJoin();
      sayNever();
    }
  }

  /** Once in each connection: others may have said something while this node was away. */
  private void greet() {
    if (!greeted) {
      greeted = true;
      others().forEach(other -> to(other).hello = true);
    }
  }

  private List<NodeId> others() {
    return book.holdings().newest().stream().filter(other -> !other.equals(node)).toList();
  }

  private void take(NodeId from, ContactTalk talk) {
    claims.heard(from);
    if (talk.hello()) {
      to(from).never = book.never();
    }
    Instant now = loop.now();
    boolean fresh =
        Duration.between(talk.at(), now).abs().compareTo(SKEW) <= 0 && !book.isNearNoon(now);
    for (Result result : talk.results()) {
      book.settle(result, now);
      to(from).settled.add(result.id());
    }
    if (fresh) {
      for (Claim claim : talk.claims()) {
        to(from).answers.add(book.answer(claim, now));
      }
    }
    talk.answers().forEach(answer -> claims.answered(from, answer, book.nightEnds()));
    talk.settled().forEach(id -> claims.settled(from, id));
    book.addNever(talk.never());
    Join join = talk.join();
    if (join != null) {
      answer(from, join);
    }
    Joined joined = talk.joined();
    if (joined != null) {
      joined(from, joined);
    }
  }

  private void askToJoin() {
    Holdings holdings = book.holdings();
    if (!holdings.isTakingOver()) {
      return;
    }
    if (challengeTurn != holdings.turn()) {
      challengeTurn = holdings.turn();
      challenge = random.nextLong();
      snapshots.clear();
    }
    Join join = new Join(challenge, holdings.newest());
    holdings.waitingFor().forEach(other -> to(other).join = join);
    holdings.departed().keySet().forEach(left -> to(left).join = join);
  }

  private void answer(NodeId from, Join join) {
    Holdings holdings = book.holdings();
    List<Departed> departed =
        holdings.departed().entrySet().stream()
            .map(left -> new Departed(left.getKey(), left.getValue()))
            .toList();
    Facts.Frame frame =
        new Facts.Frame(
            join.challenge(),
            holdings.newest(),
            holdings.isOver(loop.now()),
            random.nextLong(),
            departed);
    boolean mayTakeOver = frame.over() && !join.nodes().contains(node);
    if (!join.nodes().equals(holdings.newest()) && !mayTakeOver) {
      send(from, new Outgoing(), Facts.otherwise(frame));
      return;
    }
    Told before = told.get(from);
    Instant now = loop.now();
    if (before != null
        && before.challenge() == join.challenge()
        && Duration.between(before.at(), now).abs().compareTo(AGAIN.dividedBy(2)) < 0) {
      return;
    }
    told.put(from, new Told(join.challenge(), now));
    book.facts(frame).forEach(page -> send(from, new Outgoing(), page));
    if (holdings.waitingFor().contains(from)) {
      // It goes by our set now: no need to wait for our next question.
      askToJoin();
    }
  }

  private void joined(NodeId from, Joined page) {
    Holdings holdings = book.holdings();
    boolean named = holdings.waitingFor().contains(from) && page.nodes().equals(holdings.newest());
    boolean left = holdings.departed().containsKey(from) && page.over();
    if (page.challenge() != challenge || challengeTurn != holdings.turn() || !(named || left)) {
      return;
    }
    book.add(page);
    Snapshot known = snapshots.get(from);
    if (known == null || known.id() != page.snapshot()) {
      known = new Snapshot(challenge, page.snapshot(), page.pages(), new BitSet());
      snapshots.put(from, known);
    }
    known.come().set(page.page());
    if (known.come().cardinality() == known.pages()) {
      snapshots.remove(from);
      if (left) {
        book.handOver(from);
      } else {
        book.confirm(from, page.departed());
      }
    }
  }

  private void sayNever() {
    Instant now = loop.now();
    if (!connected
        || !book.isReady()
        || Duration.between(neverSaidAt, now).abs().compareTo(NEVER_AGAIN) < 0) {
      return;
    }
    neverSaidAt = now;
    List<Phones> never = book.never();
    if (!never.isEmpty()) {
      others().forEach(other -> to(other).never = never);
    }
  }

  /** What is said to a node in one turn of the loop goes in one note. */
  private Outgoing to(NodeId other) {
    if (!flushing) {
      flushing = true;
      loop.execute(this::flush);
    }
    return outgoing.computeIfAbsent(other, each -> new Outgoing());
  }

  private void flush() {
    flushing = false;
    Map<NodeId, Outgoing> all = new LinkedHashMap<>(outgoing);
    outgoing.clear();
    all.forEach((other, said) -> send(other, said, null));
  }

  private void send(NodeId other, Outgoing said, @Nullable Joined joined) {
    if (!connected || !book.isReady()) {
      return;
    }
    ContactTalk talk =
        new ContactTalk(
            loop.now(),
            said.hello,
            said.claims,
            said.answers,
            said.results,
            said.settled,
            said.join,
            joined,
            said.never);
    line.accept(WireJson.write(book.seal().seal(node, other, talk)));
  }
}
