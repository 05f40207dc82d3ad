package org.towncrier.town.demo;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.towncrier.protocol.MessageId;
import org.towncrier.protocol.Outcome;
import org.towncrier.town.stage.ConsoleBook;
import org.towncrier.town.street.Receipts;
import org.towncrier.town.street.Receipts.ObjectSeen;

/** What the console counted since the run began, beside what the phones of the run received. */
public final class RunCount {
  private final ConsoleBook book;
  private final Receipts receipts;
  private final Map<ObjectSeen, MessageId> objects = new HashMap<>();
  private final Map<MessageId, Map<Outcome, Long>> before;

  private RunCount(ConsoleBook book, Receipts receipts, Map<MessageId, Map<Outcome, Long>> before) {
    this.book = book;
    this.receipts = receipts;
    this.before = before;
  }

  /** The run begins: what is counted already belongs to others. */
  public static RunCount begin(ConsoleBook book, Receipts receipts) throws IOException {
    RunCount count = new RunCount(book, receipts, book.counts());
    count.learnObjects();
    return count;
  }

  /** Remembers the objects on air now: a message that is changed or cancelled later had them. */
  public void learnObjects() throws IOException {
    objects.putAll(book.objects());
  }

  /**
   * The run as it is now.
   *
   * @throws IOException if the book can't be read, or a phone received what no message ever was
   */
  public RunSummary summary() throws IOException {
    learnObjects();
    Map<MessageId, Long> received = new HashMap<>();
    for (Map.Entry<ObjectSeen, Long> seen : receipts.received().entrySet()) {
      MessageId message = objects.get(seen.getKey());
      if (message == null) {
        throw new IOException("Phones received an object of no message: " + seen.getKey().name());
      }
      received.merge(message, seen.getValue(), Long::sum);
    }
    Map<MessageId, Map<Outcome, Long>> now = book.counts();
    List<RunSummary.MessageRun> messages = new ArrayList<>();
    book.titles()
        .forEach(
            (id, title) ->
                messages.add(
                    new RunSummary.MessageRun(
                        id,
                        title,
                        since(before.getOrDefault(id, Map.of()), now.getOrDefault(id, Map.of())),
                        received.getOrDefault(id, 0L))));
    messages.sort(Comparator.comparing(message -> message.id().value()));
    return new RunSummary(messages);
  }

  private static Map<Outcome, Long> since(Map<Outcome, Long> before, Map<Outcome, Long> now) {
    Map<Outcome, Long> counts = new EnumMap<>(Outcome.class);
    now.forEach((outcome, count) -> counts.put(outcome, count - before.getOrDefault(outcome, 0L)));
    return counts;
  }
}
