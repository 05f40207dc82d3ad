package org.towncrier.protocol;

import java.util.Optional;

/**
 * Where the nodes of a site speak with each other, {@code towncrier/v1/{site}/contacts}: {@link
 * ContactNote}s. Each of them may publish and hear there, and nobody else may, the console
 * included.
 */
public record SiteTopic(SiteId site) implements TopicName {
  private static final String LEVEL = "contacts";

  /** The topic's name, or nothing when it is not such a one. */
  public static Optional<SiteTopic> parse(String name) {
    String[] levels = name.split("/", -1);
    if (levels.length != 4 || !name.startsWith(Topic.ROOT) || !levels[3].equals(LEVEL)) {
      return Optional.empty();
    }
    try {
      return Optional.of(new SiteTopic(new SiteId(levels[2])));
    } catch (IllegalArgumentException notOurs) {
      return Optional.empty();
    }
  }

  @Override
  public String name() {
    return Topic.ROOT + site + "/" + LEVEL;
  }

  @Override
  public String toString() {
    return name();
  }
}
