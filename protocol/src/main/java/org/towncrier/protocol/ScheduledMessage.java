package org.towncrier.protocol;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A message as a node needs it.
 *
 * @param object what phones are offered, or the first wording where there are several; a node that
 *     knows no variants offers it to all
 * @param windows when it is on air: while any of them is open
 * @param variants its wordings, when there are several to compare: each phone is offered one of
 *     them, by lot. Null when there is one
 */
public record ScheduledMessage(
    MessageId id,
    CampaignId campaign,
    Priority priority,
    MessageObject object,
    List<Window> windows,
    @Nullable List<Variant> variants) {

  /** Which message goes first. An urgent one goes before all others at once. */
  public enum Priority {
    NORMAL,
    HIGH,
    URGENT
  }

  /**
   * One of several wordings.
   *
   * @param object null for the first, which is the message's own: pictures do not travel twice
   */
  public record Variant(VariantId id, @Nullable MessageObject object) {}

  /**
   * What one phone is offered.
   *
   * @param variant null when the message has one wording
   */
  public record Wording(@Nullable VariantId variant, MessageObject object) {}

  public ScheduledMessage {
    windows = List.copyOf(windows);
    if (windows.isEmpty()) {
      throw new IllegalArgumentException("message " + id + " has no window");
    }
    if (variants != null) {
      variants = List.copyOf(variants);
      check(id, variants);
    }
  }

  /** A message with one wording. */
  public ScheduledMessage(
      MessageId id,
      CampaignId campaign,
      Priority priority,
      MessageObject object,
      List<Window> windows) {
    this(id, campaign, priority, object, windows, null);
  }

  private static void check(MessageId id, List<Variant> variants) {
    if (variants.size() < 2 || variants.size() > Limits.VARIANTS) {
      throw new IllegalArgumentException(
          "variants of message %s are 2 to %d, not %d"
              .formatted(id, Limits.VARIANTS, variants.size()));
    }
    if (variants.stream().map(Variant::id).distinct().count() != variants.size()) {
      throw new IllegalArgumentException("variants of message " + id + " hold one id twice");
    }
    for (Variant variant : variants) {
      boolean first = variant.equals(variants.get(0));
      if (first != (variant.object() == null)) {
        throw new IllegalArgumentException(
            "the first variant of message %s, and only it, has no object of its own; %s is otherwise"
                .formatted(id, variant.id()));
      }
    }
  }

  /** What phones are offered: one of these each. */
  public List<Wording> wordings() {
    return variants == null
        ? List.of(new Wording(null, object))
        : variants.stream()
            .map(v -> new Wording(v.id(), v.object() == null ? object : v.object()))
            .toList();
  }

  /** Whether it is on air at that moment. */
  public boolean onAir(Instant at) {
    return windows.stream().anyMatch(window -> window.isOpen(at));
  }
}
