package org.towncrier.town.demo;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.towncrier.protocol.MessageId;
import org.towncrier.protocol.Outcome;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One run, as the console counts it and as the phones' receipts say.
 *
 * @param messages every message of the town
 */
public record RunSummary(List<MessageRun> messages) {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  public RunSummary {
    messages = List.copyOf(messages);
  }

  /**
   * One message.
   *
   * @param counts by the console, of this run
   * @param received by phones, by their own receipts, in this run
   */
  public record MessageRun(MessageId id, String title, Map<Outcome, Long> counts, long received) {
    public MessageRun {
      counts = Map.copyOf(counts);
    }

    long count(Outcome outcome) {
      return counts.getOrDefault(outcome, 0L);
    }

    /** No count without its phone, and no phone without its count but where nobody could know. */
    public boolean agrees() {
      long accepted = count(Outcome.ACCEPTED);
      return accepted <= received && received <= accepted + count(Outcome.UNRESOLVED);
    }
  }

  /** Phones that took a message, as the console counts them. */
  public long accepted() {
    return messages.stream().mapToLong(message -> message.count(Outcome.ACCEPTED)).sum();
  }

  /** Phones that have one, by their own receipts. */
  public long received() {
    return messages.stream().mapToLong(MessageRun::received).sum();
  }

  /** Whether console and phones tell the same story. */
  public boolean agrees() {
    return messages.stream().allMatch(MessageRun::agrees);
  }

  /** On one line. */
  public String json() {
    ObjectNode whole = JSON.createObjectNode();
    ArrayNode list = whole.putArray("messages");
    for (MessageRun message : messages) {
      ObjectNode one = list.addObject();
      one.put("id", message.id().toString());
      one.put("title", message.title());
      for (Outcome outcome : Outcome.values()) {
        one.put(camelCase(outcome), message.count(outcome));
        if (outcome == Outcome.ACCEPTED) {
          one.put("received", message.received());
        }
      }
    }
    whole.put("accepted", accepted());
    whole.put("received", received());
    whole.put("agree", agrees());
    return JSON.writeValueAsString(whole);
  }

  private static String camelCase(Outcome outcome) {
    StringBuilder name = new StringBuilder();
    for (String word : outcome.name().split("_", -1)) {
      name.append(word.charAt(0)).append(word.substring(1).toLowerCase(Locale.ROOT));
    }
    return Character.toLowerCase(name.charAt(0)) + name.substring(1);
  }
}
