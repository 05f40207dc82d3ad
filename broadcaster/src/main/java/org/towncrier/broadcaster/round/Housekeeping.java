package org.towncrier.broadcaster.round;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.towncrier.broadcaster.contact.ContactBook;
import org.towncrier.broadcaster.store.StoreException;
import org.towncrier.protocol.NodeSchedule;

/**
 * What has to be in the store before anything may be offered, and out of it when its time is over.
 * Whatever fails is tried again: a full disk ends some day.
 */
final class Housekeeping {
  private static final Logger log = LoggerFactory.getLogger(Housekeeping.class);

  /** How often a store that failed is tried again. */
  private static final Duration PROBE = Duration.ofSeconds(5);

  private final Memory memory;
  private final ContactBook contacts;
  private final Silence silence;
  private final Offers offers;
  private final Runnable onChange;
  private @Nullable NodeSchedule toLearn;
  private boolean learnt;
  private boolean settled;
  private Instant probeAt = Instant.MIN;

  /**
   * Nothing done yet.
   *
   * @param onChange called when what was decided about phones may no longer hold
   */
  Housekeeping(Memory memory, Silence silence, Offers offers, Runnable onChange) {
    this.memory = memory;
    this.contacts = memory.contacts();
    this.silence = silence;
    this.offers = offers;
    this.onChange = onChange;
  }

  /** The contact book is to take this schedule on. */
  void learn(NodeSchedule schedule) {
    toLearn = schedule;
    learnt = false;
  }

  /** Whether what the last end cut off is settled, and the newest schedule's rules are known. */
  boolean isDone() {
    return settled && learnt;
  }

  /** Whether the contact book knows the newest schedule's campaigns. */
  boolean knowsCampaigns() {
    return learnt;
  }

  /** Does what is to be done and can be. */
  void work(Instant now) {
    recover(now);
    if (memory.store().trouble().isPresent()) {
      return;
    }
    attempt(offers::writeDown);
    attempt(this::settle);
    if (silence.clockIsTrusted()) {
      attempt(() -> takeOn(now));
      if (memory.keys().trouble().isEmpty()) {
        attempt(() -> clear(now));
      }
    }
  }

  /** A store that fails has said so in its trouble, and its trouble silences the node. */
  void attempt(Runnable work) {
    try {
      work.run();
    } catch (StoreException e) {
      if (memory.store().trouble().isEmpty()) {
        throw e;
      }
      log.debug("Put off until the store can be written again", e);
    }
  }

  private void recover(Instant now) {
    // A clock that was set back must not put the next probe off for long.
    boolean due = !now.isBefore(probeAt) || now.plus(PROBE).isBefore(probeAt);
    if (memory.store().trouble().isPresent() && due) {
      probeAt = now.plus(PROBE);
      if (memory.store().probe()) {
        onChange.run();
      }
    }
  }

  private void settle() {
    if (!settled) {
      int cutOff = contacts.settleCutOff();
      settled = true;
      if (cutOff > 0) {
        log.warn("{} offers were cut off by the last end and count as UNRESOLVED", cutOff);
      }
    }
  }

  private void takeOn(Instant now) {
    NodeSchedule schedule = toLearn;
    if (schedule != null) {
      contacts.apply(schedule, now);
      toLearn = null;
      learnt = true;
      onChange.run();
    }
  }

  private void clear(Instant now) {
    if (contacts.keepHouse(now)) {
      onChange.run();
    }
  }
}
