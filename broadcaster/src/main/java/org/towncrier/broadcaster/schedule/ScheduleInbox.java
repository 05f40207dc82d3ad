package org.towncrier.broadcaster.schedule;

import java.time.InstantSource;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.towncrier.broadcaster.store.NodeStore;
import org.towncrier.broadcaster.store.StoreException;
import org.towncrier.protocol.Envelope;
import org.towncrier.protocol.Limits;
import org.towncrier.protocol.MalformedPayloadException;
import org.towncrier.protocol.NodeId;
import org.towncrier.protocol.NodeSchedule;
import org.towncrier.protocol.NodeState.Refusal;
import org.towncrier.protocol.SiteId;
import org.towncrier.protocol.Topic;
import org.towncrier.protocol.TrustedKey;
import org.towncrier.protocol.UntrustedException;
import org.towncrier.protocol.WireJson;

/**
 * Takes in what the console says this node should do, and obeys only what it can prove: signed by a
 * trusted key, meant for this node, not older than what it has, in time. Anything else leaves the
 * last good schedule in force, and is said to the console with its reason. Used on the event loop.
 *
 * <p>A schedule is written down before it is applied, as the very bytes that were signed; they are
 * verified again when the node starts.
 */
public final class ScheduleInbox {
  private static final Logger log = LoggerFactory.getLogger(ScheduleInbox.class);

  /** So that what somebody else wrote into a payload cannot fill the state. */
  private static final int LONGEST_REASON = 400;

  private final ScheduleRules rules;
  private final List<TrustedKey> trusted;
  private final NodeStore store;
  private final InstantSource clock;
  private final BooleanSupplier clockTrusted;
  private final Consumer<NodeSchedule> onApply;
  private @Nullable Signed applied;
  private @Nullable Refusal refused;
  private byte @Nullable [] unwritten;

  /** A schedule with the bytes that say so. */
  private record Signed(NodeSchedule schedule, Envelope envelope, byte[] bytes) {}

  /** Only the revision of something that is otherwise not to be believed. */
  private record Revision(long revision) {}

  private static final class RefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    RefusedException(String reason) {
      super(reason);
    }
  }

  /**
   * @param clockTrusted whether the clock is right; while it is not, expiry is not judged here (and
   *     the node is silent anyway)
   * @param onApply told of each schedule to obey from now on
   */
  public ScheduleInbox(
      SiteId site,
      NodeId node,
      Collection<TrustedKey> trusted,
      NodeStore store,
      InstantSource clock,
      BooleanSupplier clockTrusted,
      Consumer<NodeSchedule> onApply) {
    this.rules = new ScheduleRules(site, node);
    this.trusted = List.copyOf(trusted);
    this.store = store;
    this.clock = clock;
    this.clockTrusted = clockTrusted;
    this.onApply = onApply;
  }

  /** Applies what was kept from before, so that a node without a network goes on. */
  public void start() {
    Optional<byte[]> kept =
        store.inTransaction(
            sql -> sql.first("SELECT envelope FROM schedule", row -> row.getBytes(1)));
    if (kept.isEmpty()) {
      return;
    }
    try {
      // One past its validUntil is applied all the same: that it is over is for the round to say.
      apply(open(kept.get()));
    } catch (RefusedException | UntrustedException | MalformedPayloadException e) {
      refuse(kept.get(), "the schedule kept from before is not obeyed: " + e.getMessage());
    }
  }

  /** What arrived on the node's schedule topic. */
  public void receive(byte[] payload) {
    try {
      Signed signed = open(payload);
      if (!isRepeat(signed)) {
        judge(signed);
        keep(signed);
        apply(signed);
      }
      unwritten = null;
    } catch (RefusedException | UntrustedException | MalformedPayloadException e) {
      refuse(payload, String.valueOf(e.getMessage()));
    } catch (StoreException e) {
      unwritten = payload;
      refuse(payload, "the node " + e.getMessage());
    }
  }

  /** Tries again to take in a schedule that could not be written down when it arrived. */
  public void retry() {
    byte[] payload = unwritten;
    if (payload != null) {
      receive(payload);
    }
  }

  /** Why nothing may be offered: a newer schedule has come that could not be written down. */
  public Optional<String> trouble() {
    return unwritten == null
        ? Optional.empty()
        : Optional.of("has a newer schedule that it could not write down yet");
  }

  /** The schedule in force. */
  public Optional<NodeSchedule> applied() {
    return Optional.ofNullable(applied).map(Signed::schedule);
  }

  /** What was last refused, unless a newer one has been applied since. */
  public Optional<Refusal> refused() {
    return Optional.ofNullable(refused);
  }

  private Signed open(byte[] bytes)
      throws RefusedException, UntrustedException, MalformedPayloadException {
    NodeSchedule schedule =
        TrustedKey.open(trusted, Topic.Kind.SCHEDULE, bytes, NodeSchedule.class);
    Envelope envelope = WireJson.read(bytes, Envelope.class);
    if (envelope.payload().length > Limits.SCHEDULE_BYTES) {
      throw new RefusedException(
          "it has %d bytes, over the limit of %d"
              .formatted(envelope.payload().length, Limits.SCHEDULE_BYTES));
    }
    refuseFor(rules.objection(schedule));
    return new Signed(schedule, envelope, bytes);
  }

  /** The same again, as after each reconnection. */
  private boolean isRepeat(Signed signed) throws RefusedException {
    if (applied == null || applied.schedule().revision() != signed.schedule().revision()) {
      return false;
    }
    if (!Arrays.equals(applied.envelope().payload(), signed.envelope().payload())) {
      throw new RefusedException("it has the revision of the one in force, but says other things");
    }
    return true;
  }

  private void judge(Signed signed) throws RefusedException {
    long highest =
        store.inTransaction(
            sql ->
                sql
                    .list(
                        "SELECT key_id, revision FROM schedule_floor",
                        row -> trusts(row.getString(1)) ? row.getLong(2) : 0L)
                    .stream()
                    .mapToLong(Long::longValue)
                    .max()
                    .orElse(0));
    if (signed.schedule().revision() < highest) {
      throw new RefusedException(
          "it is older than revision %d, which was applied".formatted(highest));
    }
    if (clockTrusted.getAsBoolean()) {
      refuseFor(rules.objection(signed.schedule(), clock.instant()));
    }
  }

  private void keep(Signed signed) {
    long revision = signed.schedule().revision();
    store.run(
        sql -> {
          sql.update(
              "INSERT INTO schedule (slot, revision, envelope, received_at_ms) VALUES (1, ?, ?, ?)"
                  + " ON CONFLICT (slot) DO UPDATE SET revision = excluded.revision,"
                  + " envelope = excluded.envelope, received_at_ms = excluded.received_at_ms",
              revision,
              signed.bytes(),
              clock.millis());
          sql.update(
              "INSERT INTO schedule_floor (key_id, revision) VALUES (?, ?)"
                  + " ON CONFLICT (key_id) DO UPDATE SET revision = excluded.revision",
              signed.envelope().keyId(),
              revision);
        });
  }

  private void apply(Signed signed) {
    applied = signed;
    refused = null;
    NodeSchedule schedule = signed.schedule();
    log.info(
        "Schedule {} applied: {} messages, valid until {}",
        schedule.revision(),
        schedule.messages().size(),
        schedule.validUntil());
    onApply.accept(schedule);
  }

  private void refuse(byte[] payload, String reason) {
    String shown =
        reason.length() > LONGEST_REASON ? reason.substring(0, LONGEST_REASON) + "…" : reason;
    refused = new Refusal(revisionOf(payload), shown, clock.instant());
    log.warn("Schedule {} refused: {}", refused.revision(), shown);
  }

  private boolean trusts(String keyId) {
    return trusted.stream().anyMatch(key -> key.id().equals(keyId));
  }

  private static void refuseFor(Optional<String> objection) throws RefusedException {
    if (objection.isPresent()) {
      throw new RefusedException(objection.get());
    }
  }

  private static @Nullable Long revisionOf(byte[] payload) {
    try {
      byte[] inside = WireJson.read(payload, Envelope.class).payload();
      return WireJson.read(inside, Revision.class).revision();
    } catch (MalformedPayloadException unreadable) {
      return null;
    }
  }
}
