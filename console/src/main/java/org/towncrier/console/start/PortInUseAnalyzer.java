package org.towncrier.console.start;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** The port of the pages is taken. Before Spring's own, which does not name the setting. */
@Order(Ordered.HIGHEST_PRECEDENCE)
class PortInUseAnalyzer extends AbstractFailureAnalyzer<PortInUseException> {
  @Override
  protected FailureAnalysis analyze(Throwable rootFailure, PortInUseException taken) {
    return new FailureAnalysis(
        "Port %d, where the console's pages should be, is used by another program."
            .formatted(taken.getPort()),
        "End that program (perhaps another console), or name another port with the setting"
            + " server.port.",
        rootFailure);
  }
}
