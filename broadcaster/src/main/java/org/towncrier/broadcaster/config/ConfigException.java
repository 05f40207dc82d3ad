package org.towncrier.broadcaster.config;

import java.util.List;

/** A node's file that cannot be used: everything that is wrong with it, at once. */
public final class ConfigException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient List<String> problems;

  ConfigException(String file, List<String> problems) {
    super(
        "%s cannot be used:%n  %s"
            .formatted(file, String.join(System.lineSeparator() + "  ", problems)));
    this.problems = List.copyOf(problems);
  }

  /** One line each, beginning with the key it is about, such as {@code console.url: …}. */
  public List<String> problems() {
    return problems;
  }
}
