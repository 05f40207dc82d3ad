package org.towncrier.console.plan;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.springframework.stereotype.Service;
import org.towncrier.console.ConsoleSettings;
import org.towncrier.console.message.Messages;
import org.towncrier.console.message.PlannedMessage;
import org.towncrier.console.node.Nodes;
import org.towncrier.console.node.SiteView;
import org.towncrier.protocol.SiteId;

/** What is planned where and when, of all that a second person has approved. */
@Service
public class Plan {
  private final Messages messages;
  private final Nodes nodes;
  private final ConsoleSettings settings;

  Plan(Messages messages, Nodes nodes, ConsoleSettings settings) {
    this.messages = messages;
    this.nodes = nodes;
    this.settings = settings;
  }

  /** One that is offered; the nodes are empty when every node of the site has it. */
  public record Offered(PlannedMessage message, List<String> nodes) {
    public Offered {
      nodes = List.copyOf(nodes);
    }
  }

  /**
   * One message in one night of one site, from noon to noon.
   *
   * @param night the day the night begins
   */
  public record Stretch(
      SiteView site, LocalDate night, PlannedMessage message, Instant from, Instant to) {}

  /** What phones at a site are offered at that moment, in the order in which nodes take it. */
  public List<Offered> at(SiteId site, Instant at) {
    return messages.planned().stream()
        .filter(message -> !message.paused() && message.reaches(site) && message.isDue(at))
        .sorted(Comparator.comparing(PlannedMessage::priority).reversed())
        .map(message -> new Offered(message, message.nodesAt(site)))
        .toList();
  }

  /** Every stretch of every message, paused ones too, in so many nights, by site and night. */
  public List<Stretch> nights(LocalDate first, int nights) {
    List<PlannedMessage> planned = messages.planned();
    List<Stretch> stretches = new ArrayList<>();
    for (SiteView site : nodes.sites()) {
      for (LocalDate night : first.datesUntil(first.plusDays(nights)).toList()) {
        planned.stream()
            .filter(message -> message.reaches(site.site()))
            .sorted(Comparator.comparing(PlannedMessage::priority).reversed())
            .forEach(
                message ->
                    Night.stretches(message, noon(night), noon(night.plusDays(1)))
                        .forEach(
                            part ->
                                stretches.add(
                                    new Stretch(site, night, message, part.from(), part.to()))));
      }
    }
    return stretches;
  }

  private Instant noon(LocalDate day) {
    return day.atTime(LocalTime.NOON).atZone(settings.zone()).toInstant();
  }
}
