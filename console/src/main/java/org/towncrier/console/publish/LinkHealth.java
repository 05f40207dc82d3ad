package org.towncrier.console.publish;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.stereotype.Component;
import org.towncrier.console.Serving;

/** Whether nodes can be told anything: {@code link} on the health page. */
@Component
@Serving
class LinkHealth extends AbstractHealthIndicator {
  private final ConsoleLink link;

  LinkHealth(ConsoleLink link) {
    super("the line to the broker cannot be looked at");
    this.link = link;
  }

  @Override
  protected void doHealthCheck(Health.Builder builder) {
    if (link.connected()) {
      builder.up();
    } else {
      builder.down().withDetail("reason", link.trouble().orElse("it is being opened"));
    }
  }
}
