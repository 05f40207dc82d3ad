package org.towncrier.console.start;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.towncrier.console.store.StartRefusedException;

/** What the console refuses by itself. */
class StartRefusedAnalyzer extends AbstractFailureAnalyzer<StartRefusedException> {
  @Override
  protected FailureAnalysis analyze(Throwable rootFailure, StartRefusedException refused) {
    return new FailureAnalysis(refused.reason(), refused.action(), rootFailure);
  }
}
