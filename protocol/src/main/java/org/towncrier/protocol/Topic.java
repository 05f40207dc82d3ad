package org.towncrier.protocol;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One node's MQTT topic, {@code towncrier/v1/{site}/{node}/{kind}}.
 *
 * @param kind what is said on it
 */
public record Topic(SiteId site, NodeId node, Kind kind) implements TopicName {
  static final String ROOT = "towncrier/v1/";

  /** What is said on a topic, and who says it. */
  public enum Kind {
    /** {@link NodeSchedule} in an {@link Envelope}, retained. */
    SCHEDULE(true),
    /** {@link NodeState}. */
    STATE(false),
    /** {@link Presence}; also the node's last will. */
    PRESENCE(false),
    /** {@link DeliveryReport}. */
    REPORTS(false),
    /** {@link Acks} in an {@link Envelope}. */
    ACKS(true),
    /** {@link NodeCommand} in an {@link Envelope}; never retained. */
    COMMANDS(true);

    private final boolean fromConsole;

    Kind(boolean fromConsole) {
      this.fromConsole = fromConsole;
    }

    /** Whether only the console may publish it. Otherwise only the node may. */
    public boolean fromConsole() {
      return fromConsole;
    }

    String level() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** The MQTT filter that matches this kind of every node. */
    public String filter() {
      return ROOT + "+/+/" + level();
    }

    private static Optional<Kind> ofLevel(String level) {
      return List.of(values()).stream().filter(kind -> kind.level().equals(level)).findFirst();
    }
  }

  /** The topic's name, or nothing when it is not one of ours. */
  public static Optional<Topic> parse(String name) {
    String[] levels = name.split("/", -1);
    if (levels.length != 5 || !name.startsWith(ROOT)) {
      return Optional.empty();
    }
    try {
      SiteId site = new SiteId(levels[2]);
      NodeId node = new NodeId(levels[3]);
      return Kind.ofLevel(levels[4]).map(kind -> new Topic(site, node, kind));
    } catch (IllegalArgumentException notOurs) {
      return Optional.empty();
    }
  }

  @Override
  public String name() {
    return ROOT + site + "/" + node + "/" + kind.level();
  }

  @Override
  public String toString() {
    return name();
  }
}
