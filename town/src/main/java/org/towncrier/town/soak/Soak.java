package org.towncrier.town.soak;

import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import org.towncrier.hardware.Radio;
import org.towncrier.town.road.EmulatedRoad;
import org.towncrier.town.soak.VirtualMonth.Night;

/**
 * {@code towncrier bench soak}: what a node has left over after a month of nights in virtual time,
 * and the real radio after thousands of pushes.
 */
public final class Soak {
  /** A month, and as long again as shows that reports go once they are 30 days old. */
  static final int NIGHTS = 35;

  private static final int FEWEST_NIGHTS = 6;
  private static final int ROUNDS = 12;
  static final int PHONES = 30;
  static final int PUSHES = 300;

  private final PrintStream out;
  private final int nights;

  /**
   * A soak.
   *
   * @param words {@code [--nights N]}
   * @throws IllegalArgumentException saying what is wrong with them
   */
  public Soak(PrintStream out, List<String> words) {
    this.out = out;
    this.nights = nights(words);
  }

  private static int nights(List<String> words) {
    int nights = NIGHTS;
    for (Iterator<String> each = words.iterator(); each.hasNext(); ) {
      String option = each.next();
      if (!option.equals("--nights") || !each.hasNext()) {
        throw new IllegalArgumentException("bench soak has --nights N; what is " + option + "?");
      }
      String number = each.next();
      if (!number.matches("[1-9][0-9]{0,2}") || Integer.parseInt(number) < FEWEST_NIGHTS) {
        throw new IllegalArgumentException(
            "--nights is a number from " + FEWEST_NIGHTS + " to 999, not " + number);
      }
      nights = Integer.parseInt(number);
    }
    return nights;
  }

  /** Whether nothing leaks, and all was done that might. */
  public boolean run() throws IOException, InterruptedException {
    List<String> faults = new ArrayList<>(month());
    faults.addAll(road());
    faults.forEach(fault -> out.println("FAULT " + fault));
    out.println(faults.isEmpty() ? "Nothing leaks." : "");
    return faults.isEmpty();
  }

  private List<String> month() {
    out.printf(
        Locale.ROOT,
        "A node with two adapters, %d nights in virtual time, as it is at each noon%n"
            + "%5s %-14s %7s %9s %8s %9s %7s %7s %11s  %s%n",
        nights,
        "night",
        "street",
        "calls",
        "accepted",
        "reports",
        "file KiB",
        "heap KiB",
        "threads",
        "descriptors",
        "rows");
    List<Night> lived = VirtualMonth.live(nights, VirtualMonth::streetOf, this::print);
    List<String> faults = new ArrayList<>(VirtualMonth.faults(lived));
    faults.addAll(Growth.leaks(lived.stream().map(Night::footprint).toList()));
    return faults;
  }

  private void print(Night night) {
    out.printf(
        Locale.ROOT,
        "%5d %-14s %7d %9d %8d %9d %7d %7d %11d  %s%n",
        night.number(),
        night.street(),
        night.offers(),
        night.accepted(),
        night.reports(),
        night.fileKib(),
        night.footprint().heap() / 1024,
        night.footprint().threads(),
        night.footprint().descriptors(),
        new TreeMap<>(night.rows().byTable()));
    out.flush();
  }

  private List<String> road() throws IOException, InterruptedException {
    out.printf(
        Locale.ROOT,
        "%nThe real radio, %d rounds of a look and %d pushes to %d phones that were not there before%n"
            + "%5s %6s %9s %9s %7s %11s%n",
        ROUNDS,
        PUSHES,
        PHONES,
        "round",
        "found",
        "accepted",
        "heap KiB",
        "threads",
        "descriptors");
    List<Footprint> rounds = new ArrayList<>();
    List<String> faults = new ArrayList<>();
    try (EmulatedRoad road = EmulatedRoad.open()) {
      for (int round = 1; round <= ROUNDS; round++) {
        road.otherPhones(PHONES);
        int found = road.look(Duration.ofSeconds(2));
        int accepted = road.push(Radio.MAX_LINKS, PUSHES);
        Footprint left = Footprint.now();
        rounds.add(left);
        out.printf(
            Locale.ROOT,
            "%5d %6d %9d %9d %7d %11d%n",
            round,
            found,
            accepted,
            left.heap() / 1024,
            left.threads(),
            left.descriptors());
        faults.addAll(faults(round, found, accepted));
      }
    }
    Growth.leaks(rounds).forEach(leak -> faults.add("the radio: " + leak));
    return faults;
  }

  /** What was not done in a round, without which its footprint says nothing. */
  static List<String> faults(int round, int found, int accepted) {
    List<String> faults = new ArrayList<>();
    if (found < PHONES) {
      faults.add("round " + round + ": " + (PHONES - found) + " phones were not found");
    }
    if (accepted < PUSHES) {
      faults.add("round " + round + ": " + (PUSHES - accepted) + " pushes did not arrive");
    }
    return faults;
  }
}
