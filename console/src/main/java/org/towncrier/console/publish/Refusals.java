package org.towncrier.console.publish;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.towncrier.console.Serving;
import org.towncrier.console.store.Transactions;
import org.towncrier.protocol.Topic;

/** What nodes said and the console would not take: logged, counted, and on the node's page. */
@Component
@Serving
public class Refusals {
  private static final Logger log = LoggerFactory.getLogger(Refusals.class);

  /** Longer ones quote something that no person needs. */
  private static final int LONGEST = 500;

  private final JdbcClient db;
  private final Transactions transactions;
  private final InstantSource clock;
  private final MeterRegistry meters;

  Refusals(JdbcClient db, Transactions transactions, InstantSource clock, MeterRegistry meters) {
    this.db = db;
    this.transactions = transactions;
    this.clock = clock;
    this.meters = meters;
  }

  /** Notes that something was refused, and why. */
  void note(Topic topic, String why) {
    String kind = topic.kind().name().toLowerCase(Locale.ROOT);
    String said = kind + ": " + (why.length() > LONGEST ? why.substring(0, LONGEST) + "…" : why);
    log.warn("Refused from {}/{}: {}", topic.site(), topic.node(), said);
    Counter.builder("towncrier.refused")
        .description("What nodes said and the console would not take")
        .tag("kind", kind)
        .register(meters)
        .increment();
    transactions.run(
        () ->
            db.sql(
                    "INSERT INTO node_heard (site, node, refusals, last_refusal, last_refusal_at)"
                        + " SELECT site, id, 1, :why, :at FROM node WHERE site = :site AND id = :node"
                        + " ON CONFLICT (site, node) DO UPDATE SET refusals = refusals + 1,"
                        + " last_refusal = excluded.last_refusal,"
                        + " last_refusal_at = excluded.last_refusal_at")
                .param("why", said)
                .param("at", clock.instant().toString())
                .param("site", topic.site().value())
                .param("node", topic.node().value())
                .update());
  }
}
