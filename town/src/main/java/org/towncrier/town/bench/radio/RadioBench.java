package org.towncrier.town.bench.radio;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code towncrier bench radio}: our sender beside obexd's client and BlueCove's own native stack,
 * in one run of the radio test rig, to the same phones. They take turns for some laps, so that
 * whatever else this machine is doing meets them alike.
 */
public final class RadioBench {
  private static final int LAPS = 3;
  private static final int LIMIT_SECONDS = 1800;
  private static final int COULD_NOT_RUN = 3;
  private static final JsonMapper JSON = new JsonMapper();

  private final PrintStream out;
  private final PrintStream err;
  private final Path home;

  /**
   * @param out where the figures go
   * @param err where everything else goes
   * @param home the checkout
   */
  public RadioBench(PrintStream out, PrintStream err, Path home) {
    this.out = out;
    this.err = err;
    this.home = home.toAbsolutePath();
  }

  /**
   * Measures and prints.
   *
   * @param json an object a line and a sender in place of a table
   * @return 0 when every bar was reached, 1 when one was missed, 3 when it could not run or obexd
   *     failed, so that there is nothing to compare with
   */
  public int run(boolean json) throws IOException, InterruptedException {
    Path rig = home.resolve("hardware/rig");
    if (new ProcessBuilder(rig.resolve("setup.sh").toString(), "--ready").start().waitFor() != 0) {
      err.println("It needs the radio test rig. Prepare it once: hardware/rig/setup.sh");
      return COULD_NOT_RUN;
    }
    Optional<Path> gpl = gpl();
    if (gpl.isEmpty()) {
      err.println("It needs bluecove-gpl in town/target/bench: run ./towncrier bench radio");
      return COULD_NOT_RUN;
    }
    Path kept = Files.createDirectories(home.resolve("town/target/bench/radio"));
    Path results = kept.resolve("laps");
    Files.deleteIfExists(results);
    err.println("Measuring in the rig; this takes about eight minutes …");
    int status = boot(rig, kept, gpl.get());
    List<Lap> laps = Files.exists(results) ? read(results) : List.of();
    if (status != 0 || laps.size() != LAPS * Senders.values().length) {
      err.println(
          "The rig ended with %d after laps of %s. What was said: %s"
              .formatted(status, laps.stream().map(Lap::sender).toList(), kept));
      return COULD_NOT_RUN;
    }
    for (String label : Senders.labels()) {
      if (of(laps, label).stream().allMatch(lap -> lap.pushMs().isEmpty())) {
        err.println("Not one push of " + label + " arrived. What was said: " + kept);
        return label.equals(Senders.TOWNCRIER.label()) ? 1 : COULD_NOT_RUN;
      }
    }
    List<Figures> all =
        Senders.labels().stream().map(label -> Figures.of(label, of(laps, label))).toList();
    all.forEach(json ? figures -> out.println(JSON.writeValueAsString(figures)) : row(out));
    Figures obexd = of(all, Senders.OBEXD);
    Optional<String> noComparison = Bars.noComparison(obexd);
    if (noComparison.isPresent()) {
      err.println(noComparison.get());
      return COULD_NOT_RUN;
    }
    boolean reached = true;
    PrintStream told = json ? err : out;
    for (Bars.Judged judged : Bars.judge(of(all, Senders.TOWNCRIER), obexd)) {
      told.printf(
          "%-6s %s (%s)%n", judged.reached() ? "ok" : "MISSED", judged.bar(), judged.figures());
      reached &= judged.reached();
    }
    return reached ? 0 : 1;
  }

  private static Consumer<Figures> row(PrintStream out) {
    out.printf(
        "%-13s %9s %9s %16s %16s %7s%n",
        "sender", "find", "one push", "a minute by one", "by seven", "failed");
    return f ->
        out.printf(
            Locale.ROOT,
            "%-13s %6d ms %6d ms %16.1f %16.1f %7d%n",
            f.sender(),
            f.findMs(),
            f.pushMs(),
            f.perMinuteOne(),
            f.perMinuteSeven(),
            f.failed());
  }

  private int boot(Path rig, Path kept, Path gpl) throws IOException, InterruptedException {
    int adapters = Senders.values().length;
    List<String> command = new ArrayList<>(List.of(rig.resolve("rig.sh").toString()));
    command.addAll(List.of("-n", String.valueOf(adapters + RadioCourse.PHONES)));
    command.addAll(List.of("-a", String.valueOf(adapters), "-t", String.valueOf(LIMIT_SECONDS)));
    command.addAll(List.of("-o", kept.toString(), "bash", "-c", script(gpl)));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.redirectOutput(kept.resolve("output").toFile());
    builder.environment().put("RIG_PHONES", "*=absent");
    return builder.start().waitFor();
  }

  /**
   * Each sender in a process of its own, and only one of them ever sees what is GPL. Another one
   * begins each lap: a rig that has run for minutes is slower, and the first would never meet that.
   */
  private String script(Path gpl) {
    List<String> lines = new ArrayList<>();
    List<Senders> order = new ArrayList<>(List.of(Senders.values()));
    for (int lap = 0; lap < LAPS; lap++) {
      order.forEach(sender -> lines.add(command(sender, gpl)));
      Collections.rotate(order, -1);
    }
    return String.join("\n", lines);
  }

  private String command(Senders sender, Path gpl) {
    String classPath = System.getProperty("java.class.path");
    if (sender == Senders.BLUECOVE_GPL) {
      classPath += ":" + gpl;
    }
    // As a node's process is run.
    return "MALLOC_ARENA_MAX=1 '%s/bin/java' '@%s' -Dlogback.configurationFile=logback-bench.xml -cp '%s' %s %s /run/rig/out/laps"
        .formatted(
            System.getProperty("java.home"),
            home.resolve("broadcaster/node.jvm"),
            classPath,
            RadioCourse.class.getName(),
            sender.label());
  }

  private Optional<Path> gpl() throws IOException {
    Path folder = home.resolve("town/target/bench");
    if (!Files.isDirectory(folder)) {
      return Optional.empty();
    }
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(file -> file.getFileName().toString().matches("bluecove-gpl-.*\\.jar"))
          .findFirst();
    }
  }

  private static List<Lap> read(Path results) throws IOException {
    return Files.readAllLines(results).stream()
        .map(line -> JSON.readValue(line, Lap.class))
        .toList();
  }

  private static List<Lap> of(List<Lap> all, String label) {
    return all.stream().filter(lap -> lap.sender().equals(label)).toList();
  }

  private static Figures of(List<Figures> all, Senders sender) {
    return all.stream()
        .filter(figures -> figures.sender().equals(sender.label()))
        .findFirst()
        .orElseThrow();
  }
}
