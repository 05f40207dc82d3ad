package org.towncrier.protocol;

import java.time.Instant;
import java.util.List;

/**
 * A message as a node needs it.
 *
 * @param windows when it is on air: while any of them is open
 */
public record ScheduledMessage(
    MessageId id,
    CampaignId campaign,
    Priority priority,
    MessageObject object,
    List<Window> windows) {

  /** Which message goes first. An urgent one goes before all others at once. */
  public enum Priority {
    NORMAL,
    HIGH,
    URGENT
  }

  public ScheduledMessage {
    windows = List.copyOf(windows);
    if (windows.isEmpty()) {
      throw new IllegalArgumentException("message " + id + " has no window");
    }
  }

  /** Whether it is on air at that moment. */
  public boolean onAir(Instant at) {
    return windows.stream().anyMatch(window -> window.isOpen(at));
  }
}
