package org.towncrier.broadcaster;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.towncrier.broadcaster.command.CommandInbox;
import org.towncrier.broadcaster.config.BroadcasterConfig;
import org.towncrier.broadcaster.contact.ContactBook;
import org.towncrier.broadcaster.report.ReportOutbox;
import org.towncrier.broadcaster.round.BroadcastRound;
import org.towncrier.broadcaster.schedule.ScheduleInbox;
import org.towncrier.broadcaster.store.NodeStore;
import org.towncrier.hardware.AdapterStatus;
import org.towncrier.hardware.Radio;
import org.towncrier.protocol.NodeSchedule;
import org.towncrier.protocol.NodeState;
import org.towncrier.protocol.Window;

/** Gathers what the node says of itself. On the event loop. */
record StateOfNode(
    BroadcasterConfig config,
    UUID boot,
    String version,
    InstantSource time,
    Radio radio,
    ScheduleInbox inbox,
    BroadcastRound round,
    CommandInbox commands,
    ContactBook contacts,
    ReportOutbox outbox) {

  NodeState now(NodeState.Clock clock, DiskWatch disk, NodeStore store) {
    Optional<NodeSchedule> schedule = inbox.applied();
    Window hours = config.permittedHours();
    return new NodeState(
        config.site(),
        config.node(),
        boot,
        time.instant(),
        version,
        schedule.map(NodeSchedule::revision).orElse(0L),
        inbox.refused().orElse(null),
        round.silentBecause().orElse(null),
        schedule.map(NodeSchedule::hold).orElse(false),
        schedule.map(NodeSchedule::training).orElse(false),
        round.messageStates(),
        clock,
        adapters(),
        new NodeState.Disk(disk.freeBytes(), store.trouble().isEmpty()),
        outbox.unacknowledged(),
        round.phonesNear(),
        commands.last().orElse(null),
        contacts.waitingFor(),
        new NodeState.PermittedHours(hours.start(), hours.end(), hours.zone()),
        config.testPhones().size());
  }

  private List<NodeState.Adapter> adapters() {
    return radio.adapters().stream().map(StateOfNode::adapter).toList();
  }

  private static NodeState.Adapter adapter(AdapterStatus status) {
    return new NodeState.Adapter(
        status.adapter().value(),
        switch (status.health()) {
          case UP -> NodeState.Adapter.Health.UP;
          case RECOVERING -> NodeState.Adapter.Health.RECOVERING;
          case DOWN -> NodeState.Adapter.Health.DOWN;
        },
        status.detail());
  }
}
