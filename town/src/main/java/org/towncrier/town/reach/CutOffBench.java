package org.towncrier.town.reach;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.towncrier.town.reach.SiteRun.Reached;
import org.towncrier.town.reach.SiteRun.Standing;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code towncrier bench cutoff}: what it costs in reach that the two nodes of a site cannot hear
 * each other for an evening, as when one has lost its network.
 */
public final class CutOffBench {
  private static final String STREET = "busy-friday";
  private static final int ADAPTERS = 2;

  /** People in range of both nodes: two squares, a street, one wall. */
  private static final List<Double> BOTH = List.of(0.0, 0.5, 1.0);

  private static final JsonMapper JSON = new JsonMapper();

  private final PrintStream out;
  private final boolean json;
  private final int seeds;
  private final StreetModel model = StreetModel.load();

  /**
   * A bench.
   *
   * @param words {@code [--json] [--seeds N]}
   * @throws IllegalArgumentException saying what is wrong with them
   */
  public CutOffBench(PrintStream out, List<String> words) {
    if (words.contains("--street")) {
      throw new IllegalArgumentException("bench cutoff has --json and --seeds N, and one street");
    }
    ReachBench.Options options =
        ReachBench.Options.parse(words, "bench cutoff has --json and --seeds N");
    this.out = out;
    this.json = options.json();
    this.seeds = options.seeds();
  }

  /**
   * One line of figures.
   *
   * @param both share of people in range of both nodes
   * @param reached willing phones, an evening
   * @param ofConnected as a share of what the nodes reach while they are connected
   * @param askedTwice phones prompted more than once over all evenings: none may be
   */
  @JsonPropertyOrder({"street", "adapters", "both", "standing", "reached", "ofConnected"})
  record Line(
      String street,
      int adapters,
      double both,
      String standing,
      double willing,
      double reached,
      double ofConnected,
      double ofConnectedLow,
      double ofConnectedHigh,
      long askedTwice) {}

  /** Whether no phone was asked twice, and two connected nodes reach more than either other way. */
  public boolean run() throws InterruptedException {
    boolean well = true;
    if (!json) {
      out.printf(
          Locale.ROOT,
          "%s, %d adapters a node, %d evenings; in brackets the 95%% interval%n%-22s %-24s %18s"
              + " %s%n",
          STREET,
          ADAPTERS,
          seeds,
          "in range of both",
          "the two nodes",
          "reached of willing",
          "of what connected ones reach");
    }
    for (double both : BOTH) {
      Map<Standing, List<Reached>> all = new EnumMap<>(Standing.class);
      for (Standing standing : Standing.values()) {
        all.put(standing, evenings(both, standing));
      }
      for (Standing standing : Standing.values()) {
        Line line = line(both, standing, all);
        print(line);
        well &= line.askedTwice() == 0;
        // Where both nodes see everybody there is nothing to lose but chance.
        well &= both == 1 || standing == Standing.CONNECTED || line.ofConnectedHigh() < 1;
      }
    }
    return well;
  }

  private Line line(double both, Standing standing, Map<Standing, List<Reached>> all) {
    List<Reached> these = all.getOrDefault(standing, List.of());
    List<Double> reached = reached(these);
    Interval share =
        Interval.ofRatio(reached, reached(all.getOrDefault(Standing.CONNECTED, List.of())));
    return new Line(
        STREET,
        ADAPTERS,
        both,
        standing.name().toLowerCase(Locale.ROOT).replace('_', '-'),
        these.stream().mapToInt(Reached::willing).average().orElseThrow(),
        Interval.ofMean(reached).mean(),
        share.mean(),
        share.low(),
        share.high(),
        these.stream().mapToLong(Reached::twice).sum());
  }

  private void print(Line line) {
    if (json) {
      out.println(JSON.writeValueAsString(line));
      return;
    }
    out.printf(
        Locale.ROOT,
        "%-22s %-24s %8.1f of %6.1f %6.3f [%.3f-%.3f]%s%n",
        Math.round(line.both() * 100) + "%",
        line.standing(),
        line.reached(),
        line.willing(),
        line.ofConnected(),
        line.ofConnectedLow(),
        line.ofConnectedHigh(),
        line.askedTwice() == 0 ? "" : "  " + line.askedTwice() + " ASKED TWICE");
  }

  private static List<Double> reached(List<Reached> all) {
    return all.stream().map(each -> (double) each.reached()).toList();
  }

  private List<Reached> evenings(double both, Standing standing) throws InterruptedException {
    ExecutorService workers =
        Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
    try {
      List<Future<Reached>> evenings =
          LongStream.rangeClosed(1, seeds)
              .mapToObj(
                  seed ->
                      workers.submit(
                          () ->
                              SiteRun.of(
                                  model,
                                  Evening.draw(model, STREET, seed),
                                  ADAPTERS,
                                  both,
                                  standing)))
              .toList();
      List<Reached> ended = new ArrayList<>();
      for (Future<Reached> evening : evenings) {
        ended.add(evening.get());
      }
      return ended;
    } catch (ExecutionException e) {
      throw new IllegalStateException("An evening failed", e.getCause());
    } finally {
      workers.shutdownNow();
    }
  }
}
