package org.towncrier.console.publish;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.towncrier.protocol.Limits;
import org.towncrier.protocol.MessageId;
import org.towncrier.protocol.NodeSchedule;
import org.towncrier.protocol.ScheduledMessage;
import org.towncrier.protocol.WireJson;

/**
 * A schedule that is no larger than a node takes. Hold, training and urgent messages travel in it
 * too, so it must always get out: where all messages are too large together, the least important
 * wait, and of those the newest.
 *
 * @param leftOut what there was no room for
 * @param problem the same for a person to mend; null when nothing was left out
 */
record Fitting(NodeSchedule schedule, List<MessageId> leftOut, @Nullable String problem) {
  /** Bytes: revision and moments are longer at one time than at another, which sheds nothing. */
  private static final int SPARE = 128;

  /** More names than these nobody reads in one sentence. */
  private static final int NAMED = 10;

  /**
   * @param schedule makes it of messages, some of {@code wanted} in the same order
   * @param wanted the oldest first
   */
  static Fitting of(
      Function<List<ScheduledMessage>, NodeSchedule> schedule, List<ScheduledMessage> wanted) {
    NodeSchedule whole = schedule.apply(wanted);
    long size = WireJson.write(whole).length;
    if (size <= Limits.SCHEDULE_BYTES - SPARE) {
      return new Fitting(whole, List.of(), null);
    }
    // All but the messages, and every campaign that any of them names.
    long taken = size - wanted.stream().mapToLong(Fitting::size).sum();
    Set<MessageId> kept = new HashSet<>();
    for (ScheduledMessage message :
        wanted.stream()
            .sorted(Comparator.comparing(ScheduledMessage::priority).reversed()) // Is stable.
            .toList()) {
      if (taken + size(message) <= Limits.SCHEDULE_BYTES - SPARE) {
        taken += size(message);
        kept.add(message.id());
      }
    }
    List<MessageId> out =
        wanted.stream().map(ScheduledMessage::id).filter(id -> !kept.contains(id)).toList();
    return new Fitting(
        schedule.apply(wanted.stream().filter(message -> kept.contains(message.id())).toList()),
        out,
        ("The %d messages for this node are too large together: %.1f MB, and a schedule has 4 MB at"
                + " most. It is told all but %s. Take smaller pictures, or cancel a message.")
            .formatted(wanted.size(), size / 1024.0 / 1024.0, words(out)));
  }

  /** With its comma. */
  private static int size(ScheduledMessage message) {
    return WireJson.write(message).length + 1;
  }

  private static String words(List<MessageId> out) {
    String named =
        out.stream().limit(NAMED).map(MessageId::value).collect(Collectors.joining(", "));
    return out.size() > NAMED ? named + " and %d more".formatted(out.size() - NAMED) : named;
  }
}
