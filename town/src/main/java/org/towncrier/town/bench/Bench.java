package org.towncrier.town.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** {@code towncrier bench}: measures the road on this machine, with emulated phones. */
public final class Bench {
  private Bench() {}

  /** Runs the measurement that is named; without a name it says which there are. */
  public static void main(String[] arguments) throws Exception {
    List<String> words = List.of(arguments);
    Path home = Path.of(System.getProperty("towncrier.home", "."));
    if (words.equals(List.of("latency"))) {
      System.setProperty("logback.configurationFile", "logback-bench.xml");
      Path folder = Files.createTempDirectory("towncrier-bench");
      int status;
      try {
        status = new Latency(folder, home, System.out).run() ? 0 : 1;
      } finally {
        delete(folder);
      }
      System.exit(status);
    }
    System.out.println(
        """
        Measurements there are:
          latency   from approval to the first offer; from reconnecting to the new schedule
                    applied; from cancelling to silence. Each should stay under 2 s.
        """);
    System.exit(words.isEmpty() ? 0 : 2);
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path file : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
