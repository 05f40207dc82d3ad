package org.towncrier.broadcaster.round;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.towncrier.broadcaster.contact.ContactBook;
import org.towncrier.broadcaster.timetable.Timetable;
import org.towncrier.protocol.NodeState.MessageState;
import org.towncrier.protocol.NodeState.MessageState.Status;
import org.towncrier.protocol.ScheduledMessage;

/** What the node says of itself and its messages, and when that has changed. */
final class StatusBoard {
  private static final Logger log = LoggerFactory.getLogger(StatusBoard.class);

  private final ContactBook contacts;
  private final Silence silence;
  private final Housekeeping housekeeping;
  private final Runnable onChange;
  private @Nullable Said said;

  private record Said(Optional<String> silentBecause, List<MessageState> messages) {}

  StatusBoard(ContactBook contacts, Silence silence, Housekeeping housekeeping, Runnable onChange) {
    this.contacts = contacts;
    this.silence = silence;
    this.housekeeping = housekeeping;
    this.onChange = onChange;
  }

  List<MessageState> messages(@Nullable Timetable timetable, Instant now) {
    if (timetable == null) {
      return List.of();
    }
    boolean silent = silence.because(timetable, now).isPresent();
    return timetable.schedule().messages().stream()
        .map(message -> new MessageState(message.id(), status(timetable, message, now, silent)))
        .toList();
  }

  /** Tells whoever listens, if anything differs from the last time. */
  void refresh(@Nullable Timetable timetable, Instant now) {
    Said last = said;
    Said next = new Said(silence.because(timetable, now), messages(timetable, now));
    if (next.equals(last)) {
      return;
    }
    said = next;
    if (last == null || !last.silentBecause().equals(next.silentBecause())) {
      log.info("The node {}", next.silentBecause().orElse("may broadcast"));
    }
    onChange.run();
  }

  private Status status(
      Timetable timetable, ScheduledMessage message, Instant now, boolean silent) {
    if (housekeeping.knowsCampaigns() && !contacts.isRunning(message.campaign(), now)) {
      return Status.ENDED;
    }
    Status status = timetable.statusOf(message, now);
    return status == Status.ON_AIR && silent ? Status.SILENT : status;
  }
}
