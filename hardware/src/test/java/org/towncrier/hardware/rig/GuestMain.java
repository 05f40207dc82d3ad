package org.towncrier.hardware.rig;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.launcher.EngineFilter.includeEngines;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Runs suites inside the rig: {@code GuestMain RESULTS PATTERN CLASS…}. */
final class GuestMain {
  private GuestMain() {}

  public static void main(String[] arguments) throws IOException {
    List<String> suites = List.of(arguments).subList(2, arguments.length);
    LauncherDiscoveryRequest request =
        LauncherDiscoveryRequestBuilder.request()
            .selectors(suites.stream().map(name -> selectClass(name)).toList())
            // Others would want to write where nobody may.
            .filters(includeEngines("junit-jupiter"), new NameFilter(arguments[1]))
            .build();
    try (GuestResults results = new GuestResults(Path.of(arguments[0]))) {
      LauncherFactory.create().execute(request, results);
    }
    // Whatever a test left running must not keep the machine: the tests have said what they think
    // of it.
    System.exit(0);
  }
}
