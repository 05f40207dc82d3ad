package org.towncrier.console.verb;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A command line, taken apart.
 *
 * @param plain words that are no options: a verb, and what it is about
 * @param values options with their values
 * @param flags options without
 * @param settings for Spring Boot, such as {@code --server.port=8443}
 */
record Words(
    List<String> plain, Map<String, String> values, Set<String> flags, List<String> settings) {

  private static final Set<String> VALUES =
      Set.of("config", "out", "broker-url", "site-name", "name", "by");
  private static final Set<String> FLAGS = Set.of("again", "help");

  static Words of(String... arguments) throws UsageException {
    List<String> plain = new ArrayList<>();
    Map<String, String> values = new HashMap<>();
    Set<String> flags = new HashSet<>();
    List<String> settings = new ArrayList<>();
    Iterator<String> words = List.of(arguments).iterator();
    while (words.hasNext()) {
      String word = words.next();
      if (!word.startsWith("--")) {
        plain.add(word);
        continue;
      }
      String[] halves = word.substring(2).split("=", 2);
      if (VALUES.contains(halves[0])) {
        if (halves.length == 1 && !words.hasNext()) {
          throw new UsageException(word + " needs a value");
        }
        values.put(halves[0], halves.length == 2 ? halves[1] : words.next());
      } else if (FLAGS.contains(halves[0]) && halves.length == 1) {
        flags.add(halves[0]);
      } else if (halves.length == 2 && halves[0].contains(".")) {
        settings.add(word);
      } else {
        throw new UsageException("there is no option " + word);
      }
    }
    return new Words(plain, values, flags, settings);
  }

  Optional<String> value(String name) {
    return Optional.ofNullable(values.get(name));
  }

  /** The settings, with the file that was named as one of them. */
  String[] forSpring() throws UsageException {
    List<String> all = new ArrayList<>(settings);
    if (values.containsKey("config")) {
      Path file = Path.of(values.get("config")).toAbsolutePath().normalize();
      if (!file.toString().matches(".*\\.(ya?ml|properties)")) {
        throw new UsageException("the file of --config ends in .yaml, not as " + file);
      }
      if (!Files.isReadable(file)) {
        throw new UsageException("there is no readable file " + file);
      }
      all.add("--spring.config.additional-location=" + file.toUri());
    }
    return all.toArray(String[]::new);
  }

  /** What the verb is about, when it is that many words. */
  List<String> about(int count) throws UsageException {
    if (plain.size() != count + 1) {
      throw new UsageException(
          "%s takes %d words after it, not %d".formatted(plain.get(0), count, plain.size() - 1));
    }
    return plain.subList(1, plain.size());
  }

  /** Refuses options that mean nothing to a verb. */
  void allow(String... names) throws UsageException {
    Set<String> allowed = new HashSet<>(List.of(names));
    allowed.add("config");
    Set<String> given = new HashSet<>(values.keySet());
    given.addAll(flags);
    given.removeAll(allowed);
    if (!given.isEmpty()) {
      throw new UsageException(
          "--%s means nothing to %s"
              .formatted(given.iterator().next(), plain.isEmpty() ? "the console" : plain.get(0)));
    }
  }
}
