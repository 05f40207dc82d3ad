package org.towncrier.town.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.towncrier.town.bench.radio.RadioBench;
import org.towncrier.town.reach.CutOffBench;
import org.towncrier.town.reach.ReachBench;
import org.towncrier.town.soak.Soak;

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
    if (!words.isEmpty() && words.get(0).equals("reach")) {
      System.setProperty("logback.configurationFile", "logback-bench.xml");
      System.exit(reach(words.subList(1, words.size()), home));
    }
    if (words.equals(List.of("node"))) {
      System.setProperty("logback.configurationFile", "logback-bench.xml");
      Path folder = Files.createTempDirectory("towncrier-bench");
      int status;
      try {
        status = new NodeCost(folder, home, System.out).run() ? 0 : 1;
      } finally {
        delete(folder);
      }
      System.exit(status);
    }
    if (!words.isEmpty() && words.get(0).equals("console")) {
      System.setProperty("logback.configurationFile", "logback-bench.xml");
      System.exit(console(words.subList(1, words.size())));
    }
    if (words.equals(List.of("push"))) {
      System.setProperty("logback.configurationFile", "logback-bench.xml");
      System.exit(new Pushes(System.out).run() ? 0 : 1);
    }
    if (words.equals(List.of("radio")) || words.equals(List.of("radio", "--json"))) {
      System.setProperty("logback.configurationFile", "logback-bench.xml");
      System.exit(new RadioBench(System.out, System.err, home).run(words.contains("--json")));
    }
    if (!words.isEmpty() && words.get(0).equals("cutoff")) {
      System.setProperty("logback.configurationFile", "logback-bench.xml");
      System.exit(cutOff(words.subList(1, words.size())));
    }
    if (!words.isEmpty() && words.get(0).equals("soak")) {
      System.setProperty("logback.configurationFile", "logback-bench.xml");
      System.exit(soak(words.subList(1, words.size())));
    }
    System.out.println(
        """
        Measurements there are:
          latency   from approval to the first offer; from reconnecting to the new schedule
                    applied; from cancelling to silence. Each should stay under 2 s.
          node      memory and CPU of a node's process with 2 adapters that knows 500 phones: at most
                    96 MiB, and under 5% of a core while nobody is near
          push      pushes a second, and CPU a push, of the real OBEX road on emulated phones, with
                    one to seven at once
          radio [--json]
                    our sender beside obexd's client over D-Bus and BlueCove's own native stack, in
                    one run of the radio test rig: time to find, time of a push, and pushes a minute
                    to owners who take 5 s, one at a time and seven at once. Eight minutes.
          console [--json]
                    each page of a console with two years of data: under 100 ms (p95) on loopback,
                    and 300 kB at most on a first load
          reach [--json] [--seeds N] [--street NAME]
                    how many of the phones whose owners would accept get the message, on three
                    streets in virtual time, against older systems and against what could be
                    reached at most. Draws town/target/reach.svg. Exit status 1 when busy-friday
                    misses 0.85 of the bound with one adapter, 0.95 with two, or 1.5 times
                    look-then-seven with two. Takes some five minutes on two idle cores, busy-friday
                    alone half a minute.
          cutoff [--json] [--seeds N]
                    what it costs in reach that the two nodes of a site cannot hear each other for an
                    evening: connected, cut off, and one node alone, by how many people pass both
          soak [--nights N]
                    a node's nights in virtual time, five weeks of them unless told otherwise, and
                    3,600 pushes of the real radio: rows by table, heap after collections, threads
                    and descriptors. Exit status 1 on a leak. Some three minutes.
        """);
    System.exit(words.isEmpty() ? 0 : 2);
  }

  private static int console(List<String> words) throws Exception {
    if (!words.isEmpty() && !words.equals(List.of("--json"))) {
      System.err.println("console knows --json alone");
      return 2;
    }
    Path folder = Files.createTempDirectory("towncrier-bench");
    try {
      return new ConsolePages(folder, System.out, System.err, !words.isEmpty(), 60).run() ? 0 : 1;
    } finally {
      delete(folder);
    }
  }

  private static int cutOff(List<String> words) throws InterruptedException {
    CutOffBench bench;
    try {
      bench = new CutOffBench(System.out, words);
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      return 2;
    }
    return bench.run() ? 0 : 1;
  }

  private static int soak(List<String> words) throws IOException, InterruptedException {
    Soak soak;
    try {
      soak = new Soak(System.out, words);
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      return 2;
    }
    return soak.run() ? 0 : 1;
  }

  private static int reach(List<String> words, Path home) throws Exception {
    ReachBench.Options options;
    try {
      options = ReachBench.Options.parse(words);
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      return 2;
    }
    Path plot = home.resolve("town/target/reach.svg");
    return new ReachBench(System.out, options, plot).run() ? 0 : 1;
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path file : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
