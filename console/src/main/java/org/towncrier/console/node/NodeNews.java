package org.towncrier.console.node;

import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.stereotype.Component;
import org.towncrier.console.live.LiveSource;

/**
 * A number that grows whenever a page about nodes may read otherwise than before. Open pages hear
 * of it among the live counts and look again; so what they show is worded in one place.
 */
@Component
public class NodeNews implements LiveSource {
  private final AtomicLong edition;

  /** Begins at the clock: a page that outlived another console sees that this is not that one. */
  NodeNews(InstantSource clock) {
    this.edition = new AtomicLong(clock.millis());
  }

  /** Something about a node has changed, and is committed. */
  public void changed() {
    edition.incrementAndGet();
  }

  @Override
  public Map<String, Long> get() {
    return Map.of("nodes", edition.get());
  }
}
