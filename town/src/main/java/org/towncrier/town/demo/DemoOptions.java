package org.towncrier.town.demo;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the demo was asked to run.
 *
 * @param port of the console's pages; 0 for any that is free
 * @param data the folder in which the town is kept between starts
 * @param headless whether nobody sits in front of it: no browser is opened
 * @param length how long phones come, then it ends by itself; null for until it is stopped
 */
record DemoOptions(int port, Path data, boolean headless, @Nullable Duration length) {
  /** A day is more than any check needs. */
  private static final double MOST_MINUTES = 24 * 60;

  static DemoOptions parse(List<String> arguments, Path home) throws UsageException {
    int port = 8080;
    Path data = home.resolve("data").resolve("demo");
    boolean headless = false;
    Duration length = null;
    for (Iterator<String> words = arguments.iterator(); words.hasNext(); ) {
      String word = words.next();
      switch (word) {
        case "--port" -> port = (int) number(word, words, 0, 65_535);
        case "--data" -> data = folder(word, words);
        case "--headless" -> headless = true;
        case "--minutes" ->
            length = Duration.ofMillis((long) (number(word, words, 0.1, MOST_MINUTES) * 60_000));
        default ->
            throw new UsageException(
                "demo does not know %s. It knows --port, --data, --headless and --minutes"
                    .formatted(word));
      }
    }
    return new DemoOptions(port, data.toAbsolutePath().normalize(), headless, length);
  }

  private static double number(String word, Iterator<String> words, double least, double most)
      throws UsageException {
    String value = value(word, words, "a number");
    try {
      double number = Double.parseDouble(value);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw new UsageException("%s needs a number, not %s".formatted(word, value), e);
    }
    throw new UsageException(
        "%s needs a number from %s to %s, not %s"
            .formatted(word, plain(least), plain(most), value));
  }

  private static Path folder(String word, Iterator<String> words) throws UsageException {
    String value = value(word, words, "a folder");
    try {
      return Path.of(value);
    } catch (InvalidPathException e) {
      throw new UsageException("%s needs a folder, not %s".formatted(word, value), e);
    }
  }

  private static String value(String word, Iterator<String> words, String what)
      throws UsageException {
    if (!words.hasNext()) {
      throw new UsageException("%s needs %s after it".formatted(word, what));
    }
    return words.next();
  }

  private static String plain(double number) {
    return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
  }
}
