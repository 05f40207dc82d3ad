package org.towncrier.console.node;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.towncrier.console.page.LocalTimes;
import org.towncrier.protocol.NodeId;
import org.towncrier.protocol.NodeState;
import org.towncrier.protocol.NodeState.Adapter;
import org.towncrier.protocol.NodeState.MessageState;

/** A node's figures as sentences. Templates know it as {@code @nodeWords}. */
@Component
public class NodeWords {
  /** Under this a node's records run out within weeks, on the smallest cards in use. */
  private static final long LITTLE_DISK = 200L * 1024 * 1024;

  private final LocalTimes times;

  NodeWords(LocalTimes times) {
    this.times = times;
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
      case UNDER_WAY -> "Since " + at + " it looks out for a phone that is held next to it.";
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
    if (node.problem() != null) {
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

  /** Everything about it that somebody should look at. */
  public List<String> warnings(NodeView node) {
    List<String> warnings = new ArrayList<>();
    if (node.presence() != null && !node.online()) {
      warnings.add(
          "Not connected since "
              + times.at(node.presenceSince())
              + "; it goes on with what it has");
    }
    if (node.presence() == null) {
      warnings.add("Has never connected");
    }
    Optional.ofNullable(node.problem())
        .map("Nothing newer was published: "::concat)
        .ifPresent(warnings::add);
    Optional.ofNullable(refused(node)).map("Refused "::concat).ifPresent(warnings::add);
    if (node.lastRefusal() != null) {
      warnings.add(
          "Said something at %s that the console would not take (%s), %s"
              .formatted(
                  times.at(node.lastRefusalAt()),
                  node.lastRefusal(),
                  node.refusals() == 1 ? "once so far" : node.refusals() + " times so far"));
    }
    NodeState state = node.state();
    if (state != null) {
      if (node.online()
          && state.silentBecause() != null
          && !state.silentBecause().equals(NodeState.OUTSIDE_PERMITTED_HOURS)) {
        warnings.add("Silent: it " + state.silentBecause());
      }
      List<NodeId> waitsFor = state.waitsFor();
      if (waitsFor != null && !waitsFor.isEmpty()) {
        warnings.add(
            "Asks only some of its phones until it has heard from "
                + waitsFor.stream().map(NodeId::value).collect(Collectors.joining(" and "))
                + ": switch that node on, or see why it is not there");
      }
      if (!state.clock().trusted()) {
        warnings.add("Its clock cannot be trusted: " + state.clock().detail());
      }
      for (Adapter adapter : state.adapters()) {
        if (adapter.health() != Adapter.Health.UP) {
          warnings.add("Adapter %s: %s".formatted(adapter.name(), adapter.detail()));
        }
      }
      if (!state.disk().writable() || state.disk().freeBytes() < LITTLE_DISK) {
        warnings.add("Disk: " + disk(state));
      }
    }
    return warnings;
  }
}
