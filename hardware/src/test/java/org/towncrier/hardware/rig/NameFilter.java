package org.towncrier.hardware.rig;

import java.util.regex.Pattern;
import org.junit.platform.engine.FilterResult;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.launcher.PostDiscoveryFilter;

/** Lets through the tests whose name matches: for work on one of them. */
record NameFilter(Pattern name) implements PostDiscoveryFilter {
  NameFilter(String regex) {
    this(Pattern.compile(regex));
  }

  @Override
  public FilterResult apply(TestDescriptor test) {
    return FilterResult.includedIf(
        !test.isTest() || name.matcher(test.getLegacyReportingName()).find());
  }
}
