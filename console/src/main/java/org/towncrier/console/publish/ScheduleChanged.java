package org.towncrier.console.publish;

import java.util.Set;
import org.towncrier.protocol.SiteId;

/**
 * What nodes of these sites should do has changed, and is committed. Published as an application
 * event, never from within the transaction.
 */
public record ScheduleChanged(Set<SiteId> sites) {
  public ScheduleChanged {
    sites = Set.copyOf(sites);
  }
}
