package org.towncrier.console.start;

import org.flywaydb.core.api.exception.FlywayValidateException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** The database was written by a console that is not this one. */
class MigrationAnalyzer extends AbstractFailureAnalyzer<FlywayValidateException> {
  @Override
  protected FailureAnalysis analyze(Throwable rootFailure, FlywayValidateException failed) {
    return new FailureAnalysis(
        "The console's database does not fit this version of the console: "
            + String.valueOf(failed.getMessage()),
        "Start the version that wrote it, or a newer one; or name another folder with the setting"
            + " towncrier.data.",
        rootFailure);
  }
}
