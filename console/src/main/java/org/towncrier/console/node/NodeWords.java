package org.towncrier.console.node;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.towncrier.console.page.LocalTimes;
import org.towncrier.protocol.NodeId;
import org.towncrier.protocol.NodeState;
import org.towncrier.protocol.NodeState.Adapter;
import org.towncrier.protocol.NodeState.MessageState;
import org.towncrier.protocol.Presence;

/** A node's figures as sentences. Templates know it as {@code @nodeWords}. */
@Component
public class NodeWords {
  /** Under this a node's records run out within weeks, on the smallest cards in use. */
  private static final long LITTLE_DISK = 200L * 1024 * 1024;

  private final LocalTimes times;
  private final LastNight lastNight;
  private final InstantSource clock;

  NodeWords(LocalTimes times, LastNight lastNight, InstantSource clock) {
    this.times = times;
    this.lastNight = lastNight;
    this.clock = clock;
  }

  /** Whether it is there. */
  public String presence(NodeView node) {
    if (node.presence() == null) {
      return "Never seen";
    }
    return switch (node.presence()) {
      case ONLINE -> "Online";
      case OFFLINE -> "Switched off";
      case LOST -> "Lost";
    };
  }

  /** The colour of that. */
  public String presenceTag(NodeView node) {
    if (node.presence() == null) {
      return "govuk-tag--grey";
    }
    return switch (node.presence()) {
      case ONLINE -> "govuk-tag--green";
      case OFFLINE -> "govuk-tag--grey";
      case LOST -> "govuk-tag--red";
    };
  }

  /** What it does now, as far as it has said. */
  public String doing(NodeView node) {
    NodeState state = node.state();
    if (state == null) {
      return "Nothing is known of it yet";
    }
    String does = doing(state);
    return node.online()
        ? does.substring(0, 1).toUpperCase(Locale.UK) + does.substring(1)
        : "When last heard: " + does;
  }

  private static String doing(NodeState state) {
    if (state.silentBecause() != null) {
      return "silent: it " + state.silentBecause();
    }
    long onAir =
        state.messages().stream()
            .filter(message -> message.status() == MessageState.Status.ON_AIR)
            .count();
    return switch ((int) onAir) {
      case 0 -> "waiting for the next window";
      case 1 -> "offering 1 message";
      default -> "offering " + onAir + " messages";
    };
  }

  /** The last command it took, and what came of it; null for none. */
  public @Nullable String command(NodeView node) {
    NodeState.CommandState command = node.state() == null ? null : node.state().command();
    if (command == null) {
      return null;
    }
    String at = times.at(command.at());
    return switch (command.status()) {
      case UNDER_WAY ->
          "Since "
              + at
              + ": "
              + (command.detail().isBlank() ? "It does as it was told." : command.detail());
      case DONE, NOT_DONE -> at + ": " + command.detail();
      case REFUSED -> at + ": it did not do as it was told. " + command.detail();
    };
  }

  /** What it was told last. */
  public String told(NodeView node) {
    if (node.revision() == 0) {
      return "Nothing yet";
    }
    return "Revision %d of %s, good until %s%s"
        .formatted(
            node.revision(),
            times.at(node.issuedAt()),
            times.at(node.validUntil()),
            node.publishedAt() == null ? "; not at the broker yet" : "");
  }

  /** What it applies. */
  public String applied(NodeView node) {
    NodeState state = node.state();
    if (state == null) {
      return "It has not said";
    }
    if (state.revision() == 0) {
      return "No schedule yet";
    }
    return "Revision " + state.revision() + (node.upToDate() ? ", as told" : "");
  }

  /** Why it turned something down; null when it did not. */
  public @Nullable String refused(NodeView node) {
    if (node.state() == null || node.state().refused() == null) {
      return null;
    }
    NodeState.Refusal refusal = node.state().refused();
    return "%s at %s: %s"
        .formatted(
            refusal.revision() == null
                ? "A schedule that could not be read"
                : "Revision " + refusal.revision(),
            times.at(refusal.at()),
            refusal.reason());
  }

  /** The table's short form of told against applied. */
  public String revision(NodeView node) {
    if (node.stuck()) {
      return "Not published";
    }
    NodeState state = node.state();
    return state == null
        ? "Not known"
        : "Has %d, told %d".formatted(state.revision(), node.revision());
  }

  /** Room for its records. */
  public String disk(NodeState state) {
    long mib = state.disk().freeBytes() / (1024 * 1024);
    String free =
        mib >= 10 * 1024 ? "%d GiB free".formatted(mib / 1024) : "%d MiB free".formatted(mib);
    return state.disk().writable() ? free : free + ", but it cannot be written to";
  }

  /** What the node does with a message. */
  public String message(MessageState.Status status) {
    return switch (status) {
      case ON_AIR -> "On air";
      case SILENT -> "Its window is open, but the node is silent";
      case WAITING -> "Waiting for its next window";
      case ENDED -> "Ended";
    };
  }

  /** Since when it is there, or is not. */
  public String since(NodeView node) {
    return node.presenceSince() == null ? "" : "since " + times.at(node.presenceSince());
  }

  /** How long its adapters looked last night, a line each. */
  public List<String> lastNight(NodeView node) {
    List<LastNight.Looked> looked = lastNight.of(List.of(node)).getOrDefault(node.id(), List.of());
    return looked.stream().map(this::looked).toList();
  }

  private String looked(LastNight.Looked night) {
    return "%s looked for %s, %d%% of its permitted hours"
        .formatted(night.adapter(), times.span(night.looked().toSeconds()), night.share());
  }

  /** The hours in which it may ask phones, and who says so. */
  public String hours(NodeView node) {
    NodeState.PermittedHours hours = lastNight.hours(node);
    String words =
        hours.start().equals(hours.end())
            ? "All day"
            : "%s to %s".formatted(times.time(hours.start()), times.time(hours.end()));
    return node.state() == null || node.state().permittedHours() == null
        ? words + " by the console's settings; the node has not said"
        : words;
  }

  /**
   * Whether it is not there and should be. Who switches a node off by day does so on purpose; in
   * its permitted hours it should be there.
   */
  public boolean isMissed(NodeView node) {
    boolean restsNow = !lastNight.hours(node).contains(clock.instant());
    return !node.online() && !(node.presence() == Presence.Status.OFFLINE && restsNow);
  }

  /** The colour of an adapter's health. */
  public String adapterTag(Adapter adapter) {
    return switch (adapter.health()) {
      case UP -> "govuk-tag--green";
      case RECOVERING -> "govuk-tag--yellow";
      case DOWN -> "govuk-tag--red";
    };
  }

  /** An adapter's health in a word. */
  public String adapter(Adapter adapter) {
    return switch (adapter.health()) {
      case UP -> "works";
      case RECOVERING -> "is being brought back";
      case DOWN -> "does not work";
    };
  }

  /** How it is drawn on the map; the words beside it say the same. */
  public String mark(NodeView node) {
    if (node.presence() == null) {
      return "new";
    }
    if (!node.online()) {
      return node.presence() == Presence.Status.LOST ? "lost" : "off";
    }
    return troubles(node).isEmpty() ? "well" : "trouble";
  }

  /** That mark in words. */
  public String markWords(NodeView node) {
    return node.online() && !troubles(node).isEmpty() ? "Online, needs a look" : presence(node);
  }

  /** Everything about it that somebody should look at. */
  public List<String> warnings(NodeView node) {
    return troubles(node).stream().map(Trouble::words).toList();
  }

  /** The same, with what to do about each. */
  public List<Trouble> troubles(NodeView node) {
    List<Trouble> troubles = new ArrayList<>();
    presence(node, troubles);
    if (!node.leftOut().isEmpty()) {
      troubles.add(
          new Trouble(
              "Its schedule has no room for "
                  + node.leftOut().values().stream()
                      .map(title -> "“" + title + "”")
                      .collect(Collectors.joining(", "))
                  + ", and it is told all its other messages",
              "A schedule holds 4 MB. Take smaller pictures, or end or cancel a message."));
    }
    if (node.stuck()) {
      troubles.add(
          new Trouble(
              "Nothing newer was published: "
                  + String.valueOf(node.problem()).replaceFirst("\\.$", ""),
              "It goes on with what it has. Mend that, and the schedule follows by itself."));
    }
    String refused = refused(node);
    if (refused != null) {
      troubles.add(
          new Trouble(
              "Refused " + refused,
              "It goes on with its last good schedule. If this console was set up anew, the node"
                  + " needs a new file: add-node with --again."));
    }
    if (node.lastRefusal() != null) {
      troubles.add(
          new Trouble(
              "Said something at %s that the console would not take (%s), %s"
                  .formatted(
                      times.at(node.lastRefusalAt()),
                      node.lastRefusal(),
                      node.refusals() == 1 ? "once so far" : node.refusals() + " times so far"),
              "Usually the node's program is newer than the console's, or the other way round:"
                  + " bring both to one version."));
    }
    NodeState state = node.state();
    if (state != null) {
      machine(node, state, troubles);
    }
    return troubles;
  }

  private void presence(NodeView node, List<Trouble> troubles) {
    if (node.presence() == null) {
      troubles.add(
          new Trouble("Has never connected", "Start it with the file that add-node wrote for it."));
      return;
    }
    if (isMissed(node)) {
      troubles.add(
          new Trouble(
              "Not connected since "
                  + times.at(node.presenceSince())
                  + "; it goes on with what it has",
              node.presence() == Presence.Status.LOST
                  ? "See whether it has power and its network works. What it counted meanwhile comes"
                      + " in when it is back."
                  : "It was switched off in order. Switch it on again."));
    }
  }

  private void machine(NodeView node, NodeState state, List<Trouble> troubles) {
    if (node.online()
        && !node.retiring()
        && state.silentBecause() != null
        && !state.silentBecause().equals(NodeState.OUTSIDE_PERMITTED_HOURS)) {
      troubles.add(
          new Trouble(
              "Silent: it " + state.silentBecause(),
              state.hold()
                  ? "Resume it, or its site, when it may speak again."
                  : "It speaks again by itself once that is mended."));
    }
    List<NodeId> waitsFor = state.waitsFor();
    if (waitsFor != null && !waitsFor.isEmpty()) {
      troubles.add(
          new Trouble(
              "Asks only some of its phones until it has heard from "
                  + waitsFor.stream().map(NodeId::value).collect(Collectors.joining(" and "))
                  + ": switch that node on, or see why it is not there",
              "A node that is broken for good is better taken out of the site, on its own page."));
    }
    if (!state.clock().trusted()) {
      troubles.add(
          new Trouble(
              "Its clock cannot be trusted: " + state.clock().detail(),
              "It offers nothing until its clock is set. See whether it reaches a time server."));
    }
    for (Adapter adapter : state.adapters()) {
      if (adapter.health() != Adapter.Health.UP) {
        troubles.add(
            new Trouble(
                "Adapter %s: %s"
                    .formatted(
                        adapter.name(),
                        adapter.detail().isBlank() ? adapter(adapter) : adapter.detail()),
                adapter.health() == Adapter.Health.RECOVERING
                    ? "The node is bringing it back by itself; look again in a minute."
                    : "Pull the adapter out and put it back in; if that does not help, try another,"
                        + " and run the node's --check."));
      }
    }
    if (!state.disk().writable() || state.disk().freeBytes() < LITTLE_DISK) {
      troubles.add(
          new Trouble(
              "Disk: " + disk(state),
              state.disk().writable()
                  ? "Make room on it, or put in a larger card."
                  : "It offers nothing while it can write nothing down. The card may be worn out:"
                      + " put in another."));
    }
  }
}
