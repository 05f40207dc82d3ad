package org.towncrier.town.reach;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code towncrier bench reach}: how many of the phones whose owners would accept get the message,
 * by street, adapters and policy, and whether ours reaches what it must.
 */
public final class ReachBench {
  /** Fewer give no interval worth the name. */
  public static final int SEEDS = 20;

  private static final List<Integer> ADAPTERS = List.of(1, 2, 4);
  private static final List<Policy> POLICIES =
      List.of(CyclePolicy.ONE_AT_A_TIME, CyclePolicy.LOOK_THEN_SEVEN, new EnginePolicy());
  private static final int SEVEN = POLICIES.indexOf(CyclePolicy.LOOK_THEN_SEVEN);
  private static final String OURS = "towncrier";
  private static final JsonMapper JSON = new JsonMapper();

  /** What ours must reach: see issue "Reach". */
  private record Bar(String street, int adapters, double ofBound, double vsLookThenSeven) {}

  private static final List<Bar> BARS =
      List.of(new Bar("busy-friday", 1, 0.85, 0), new Bar("busy-friday", 2, 0.95, 1.5));

  private final PrintStream out;
  private final Options options;
  private final Path plot;

  /**
   * What to measure.
   *
   * @param json whether to print an object a line in place of a table
   * @param seeds evenings of each street
   * @param street the only one to measure; empty for all
   */
  public record Options(boolean json, int seeds, Optional<String> street) {
    /**
     * Reads {@code [--json] [--seeds N] [--street NAME]}.
     *
     * @throws IllegalArgumentException saying what is wrong
     */
    public static Options parse(List<String> words) {
      return parse(words, "bench reach has --json, --seeds N and --street NAME");
    }

    /** As {@link #parse(List)}, for a bench that is said to have these. */
    static Options parse(List<String> words, String has) {
      boolean json = false;
      int seeds = SEEDS;
      Optional<String> street = Optional.empty();
      for (Iterator<String> each = words.iterator(); each.hasNext(); ) {
        String option = each.next();
        if (option.equals("--json")) {
          json = true;
        } else if (option.equals("--seeds") && each.hasNext()) {
          seeds = number(each.next());
        } else if (option.equals("--street") && each.hasNext()) {
          street = Optional.of(street(each.next()));
        } else {
          throw new IllegalArgumentException(has + "; what is " + option + "?");
        }
      }
      return new Options(json, seeds, street);
    }

    private static int number(String text) {
      if (!text.matches("[1-9][0-9]{0,3}")) {
        throw new IllegalArgumentException("--seeds is a number from 1 to 9999, not " + text);
      }
      return Integer.parseInt(text);
    }

    private static String street(String name) {
      Set<String> streets = StreetModel.load().streets().keySet();
      if (!streets.contains(name)) {
        throw new IllegalArgumentException("--street is one of " + streets + ", not " + name);
      }
      return name;
    }
  }

  /**
   * A bench.
   *
   * @param plot the picture it draws (SVG)
   */
  public ReachBench(PrintStream out, Options options, Path plot) {
    this.out = out;
    this.options = options;
    this.plot = plot;
  }

  /** Whether every bar was reached. */
  public boolean run() throws IOException, InterruptedException {
    StreetModel model = StreetModel.load();
    Comparison comparison = new Comparison(model, POLICIES, options.seeds());
    List<Row> rows = new ArrayList<>();
    Set<String> all = model.streets().keySet();
    Set<String> streets = options.street().map(Set::of).orElse(all);
    for (String street : streets) {
      heading(street);
      for (int adapters : ADAPTERS) {
        rows.addAll(print(rows(comparison, street, adapters)));
      }
    }
    ReachPlot.draw(rows, plot);
    boolean well = true;
    for (Bar bar : BARS) {
      well &= !streets.contains(bar.street()) || judge(bar, rows);
    }
    if (!options.json()) {
      out.println("Drawn in " + plot);
    }
    return well;
  }

  private static List<Row> rows(Comparison comparison, String street, int adapters)
      throws InterruptedException {
    List<Comparison.Outcome> outcomes = comparison.of(street, adapters);
    List<Row> rows = new ArrayList<>();
    for (int place = 0; place < POLICIES.size(); place++) {
      rows.add(Row.of(street, adapters, POLICIES.get(place).name(), outcomes, place, SEVEN));
    }
    rows.add(Row.ofBound(street, adapters, outcomes, SEVEN));
    return rows;
  }

  private void heading(String street) {
    if (!options.json()) {
      out.printf(
          Locale.ROOT,
          "%n%s, %d evenings; in brackets the 95%% interval%n%8s %-16s %23s %20s %20s %8s %9s %8s"
              + " %6s%n",
          street,
          options.seeds(),
          "adapters",
          "policy",
          "reached of willing",
          "of the bound",
          "vs look-then-seven",
          "to offer",
          "prompts/h",
          "looking",
          "links");
    }
  }

  private List<Row> print(List<Row> rows) {
    for (Row row : rows) {
      if (options.json()) {
        out.println(JSON.writeValueAsString(row));
      } else {
        out.printf(
            Locale.ROOT,
            "%8d %-16s %6.1f [%5.1f-%5.1f] of %5.1f %6.3f [%.3f-%.3f] %6.2f [%.2f-%.2f] %7.1fs %9.1f"
                + " %7.0f%% %5.1f%%%n",
            row.adapters(),
            row.policy(),
            row.reached(),
            row.reachedLow(),
            row.reachedHigh(),
            row.willing(),
            row.ofBound(),
            row.ofBoundLow(),
            row.ofBoundHigh(),
            row.vsLookThenSeven(),
            row.vsLookThenSevenLow(),
            row.vsLookThenSevenHigh(),
            row.medianSecondsToOffer(),
            row.promptsPerHour(),
            row.looking() * 100,
            row.linksBusy() * 100);
        if (row.policy().equals(OURS)) {
          out.println("         not reached: " + losses(row));
        }
      }
    }
    return rows;
  }

  private static String losses(Row row) {
    return row.lost().entrySet().stream()
        .map(lost -> String.format(Locale.ROOT, "%s %.2f", lost.getKey(), lost.getValue()))
        .collect(Collectors.joining(", "));
  }

  private boolean judge(Bar bar, List<Row> rows) {
    Row ours =
        rows.stream()
            .filter(row -> row.street().equals(bar.street()))
            .filter(row -> row.adapters() == bar.adapters() && row.policy().equals(OURS))
            .findFirst()
            .orElseThrow();
    boolean well =
        ours.ofBound() >= bar.ofBound() && ours.vsLookThenSeven() >= bar.vsLookThenSeven();
    if (!options.json()) {
      out.printf(
          Locale.ROOT,
          "%s, %d adapters: %.3f of the bound (must be %.2f), %.2f times look-then-seven (must be"
              + " %.2f): %s%n",
          bar.street(),
          bar.adapters(),
          ours.ofBound(),
          bar.ofBound(),
          ours.vsLookThenSeven(),
          bar.vsLookThenSeven(),
          well ? "reached" : "MISSED");
    }
    return well;
  }
}
