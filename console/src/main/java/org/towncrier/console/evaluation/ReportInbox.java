package org.towncrier.console.evaluation;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.event.EventListener;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.towncrier.console.Serving;
import org.towncrier.console.publish.Inbound;
import org.towncrier.console.publish.RefusedPayloadException;
import org.towncrier.console.store.StoreException;
import org.towncrier.protocol.MalformedPayloadException;
import org.towncrier.protocol.Topic;

/**
 * Takes reports from nodes into the ledger, and confirms those that are committed, and no other.
 */
@Component("reports")
@Serving
class ReportInbox implements Inbound, HealthIndicator {
  private static final Logger log = LoggerFactory.getLogger(ReportInbox.class);

  private final ReportLedger ledger;
  private final Confirmations confirmations;
  private final MeterRegistry meters;
  private volatile @Nullable String trouble;

  ReportInbox(ReportLedger ledger, Confirmations confirmations, MeterRegistry meters) {
    this.ledger = ledger;
    this.confirmations = confirmations;
    this.meters = meters;
  }

  @Override
  public Topic.Kind kind() {
    return Topic.Kind.REPORTS;
  }

  @Override
  public void take(Topic topic, byte[] payload)
      throws MalformedPayloadException, RefusedPayloadException {
    try {
      ReportLedger.Taken taken = ledger.take(topic, payload);
      trouble = null;
      count(taken.name());
      confirmations.soon(topic.site(), topic.node());
      if (taken == ReportLedger.Taken.PARKED) {
        throw new RefusedPayloadException(
            "a report that this console cannot read is kept, and counted once it can: is the node"
                + " newer than the console?");
      }
    } catch (MalformedPayloadException | RefusedPayloadException refused) {
      count("REFUSED");
      throw refused;
    } catch (StoreException | DataAccessException failed) {
      trouble = failed.getMessage();
      count("FAILED");
      log.error(
          "A report of {}/{} could not be written down, so it is not confirmed and the node keeps"
              + " it. {}",
          topic.site(),
          topic.node(),
          failed.getMessage());
    }
  }

  /** A newer console may understand what the one before it could not. */
  @EventListener(ApplicationReadyEvent.class)
  void countParked() {
    int counted = ledger.countParked();
    if (counted > 0) {
      log.info("{} reports that an older console could not read are counted now", counted);
    }
  }

  private void count(String result) {
    Counter.builder("towncrier.reports")
        .description("Reports of nodes, by what became of them")
        .tag("result", result.toLowerCase(Locale.ROOT))
        .register(meters)
        .increment();
  }

  @Override
  public Health health() {
    String current = trouble;
    return current == null
        ? Health.up().build()
        : Health.down().withDetail("reports", current).build();
  }
}
