package org.towncrier.console.start;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanCreationException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** A setting that one of our own classes would not take; its message names the setting. */
class SettingAnalyzer extends AbstractFailureAnalyzer<BeanCreationException> {
  @Override
  protected @Nullable FailureAnalysis analyze(Throwable rootFailure, BeanCreationException failed) {
    Throwable root = failed.getMostSpecificCause();
    if (!(root instanceof IllegalArgumentException || root instanceof IllegalStateException)
        || root.getMessage() == null
        || !isOurs(root)) {
      return null;
    }
    return new FailureAnalysis(
        root.getMessage(), "Mend that setting; config/README.md lists them all.", rootFailure);
  }

  private static boolean isOurs(Throwable root) {
    StackTraceElement[] trace = root.getStackTrace();
    return trace.length > 0 && trace[0].getClassName().startsWith("org.towncrier.");
  }
}
