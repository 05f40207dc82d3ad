package org.towncrier.broadcaster.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.towncrier.broadcaster.store.NodeStore;
import org.towncrier.protocol.MessageId;
import org.towncrier.protocol.NodeCommand;
import org.towncrier.protocol.NodeCommand.Action;
import org.towncrier.protocol.NodeId;
import org.towncrier.protocol.NodeState.CommandState;
import org.towncrier.protocol.NodeState.CommandState.Status;
import org.towncrier.protocol.SigningKey;
import org.towncrier.protocol.SiteId;
import org.towncrier.protocol.Topic;
import org.towncrier.protocol.WireJson;

class CommandInboxTest {
  private static final SiteId SITE = new SiteId("square");
  private static final NodeId NODE = new NodeId("clock-tower");
  private static final Instant NOW = Instant.parse("2026-11-27T22:40:00Z");
  private static final SigningKey KEY = SigningKey.generate();

  @TempDir Path folder;
  private final List<NodeCommand> begun = new ArrayList<>();
  private final List<BiConsumer<Boolean, String>> ends = new ArrayList<>();
  private Instant now = NOW;
  private boolean clockTrusted = true;
  private int changes;
  private NodeStore store;
  private CommandInbox inbox;

  @BeforeEach
  void open() {
    store = new NodeStore(folder.resolve("node.db"));
    store.open();
    inbox = inbox();
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void what_the_console_commands_is_begun_and_its_end_is_in_the_state() {
    NodeCommand command = command(NOW, Duration.ofMinutes(5));
    inbox.receive(sealed(KEY, command));
    assertThat(begun).containsExactly(command);
    assertThat(last(Status.UNDER_WAY).id()).isEqualTo(command.id());
    ends.get(0).accept(true, "One phone was added.");
    assertThat(last(Status.DONE).detail()).isEqualTo("One phone was added.");
    assertThat(changes).isEqualTo(2);
  }

  @Test
  void a_test_offer_says_which_message_and_what_goes_on_until_it_has_ended() {
    NodeCommand command =
        new NodeCommand(
            SITE,
            NODE,
            UUID.randomUUID(),
            NOW,
            NOW.plusSeconds(300),
            Action.TEST_OFFER,
            new MessageId("taxis"));
    inbox.receive(sealed(KEY, command));
    assertThat(begun).containsExactly(command);
    assertThat(last(Status.UNDER_WAY).detail()).contains("test list");
    ends.get(0).accept(false, "No phone was asked.");
    assertThat(last(Status.NOT_DONE).detail()).isEqualTo("No phone was asked.");
  }

  @Test
  void a_command_is_done_once_however_often_it_comes_also_after_a_restart() {
    byte[] command = sealed(KEY, command(NOW, Duration.ofMinutes(5)));
    inbox.receive(command);
    inbox.receive(command);
    inbox = inbox();
    inbox.receive(command);
    assertThat(begun).hasSize(1);
    now = NOW.plus(Duration.ofMinutes(4));
    inbox.receive(sealed(KEY, command(now, Duration.ofMinutes(5))));
    inbox.receive(command);
    assertThat(begun).hasSize(2);
  }

  @Test
  void one_that_comes_too_late_is_refused_and_it_is_said_why() {
    byte[] command = sealed(KEY, command(NOW, Duration.ofMinutes(5)));
    now = NOW.plus(Duration.ofMinutes(5));
    inbox.receive(command);
    assertThat(begun).isEmpty();
    assertThat(last(Status.REFUSED).detail()).contains("too late");
  }

  @Test
  void one_for_another_time_or_for_too_long_is_refused() {
    inbox.receive(sealed(KEY, command(NOW.plusSeconds(90), Duration.ofMinutes(5))));
    inbox.receive(sealed(KEY, command(NOW, Duration.ofHours(2))));
    assertThat(begun).isEmpty();
    assertThat(last(Status.REFUSED).detail()).contains("clocks of console and node");
  }

  @Test
  void one_for_another_node_is_refused() {
    inbox.receive(
        sealed(
            KEY,
            new NodeCommand(
                SITE,
                new NodeId("market"),
                UUID.randomUUID(),
                NOW,
                NOW.plusSeconds(300),
                Action.LEAVE_ALONE)));
    assertThat(begun).isEmpty();
    assertThat(last(Status.REFUSED).detail()).contains("square/market");
  }

  @Test
  void without_a_clock_to_believe_nothing_is_in_time() {
    clockTrusted = false;
    inbox.receive(sealed(KEY, command(NOW, Duration.ofMinutes(5))));
    assertThat(begun).isEmpty();
    assertThat(last(Status.REFUSED).detail()).contains("clock");
  }

  @Test
  void what_nobody_trusted_has_signed_changes_nothing_at_all() {
    NodeCommand command = command(NOW, Duration.ofMinutes(5));
    inbox.receive(sealed(SigningKey.generate(), command));
    inbox.receive(WireJson.write(KEY.seal(Topic.Kind.ACKS, command)));
    assertThat(begun).isEmpty();
    assertThat(inbox.last()).isEmpty();
    assertThat(changes).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "null", "[]", "{\"keyId\":\"x\"}", "\u0000"})
  void what_is_no_command_changes_nothing(String payload) {
    inbox.receive(payload.getBytes(UTF_8));
    assertThat(inbox.last()).isEmpty();
  }

  @Test
  void the_end_of_an_earlier_command_does_not_hide_the_later_one() {
    inbox.receive(sealed(KEY, command(NOW, Duration.ofMinutes(5))));
    NodeCommand second = command(NOW, Duration.ofMinutes(4));
    inbox.receive(sealed(KEY, second));
    ends.get(0).accept(false, "It was begun anew.");
    assertThat(last(Status.UNDER_WAY).id()).isEqualTo(second.id());
  }

  private CommandInbox inbox() {
    return new CommandInbox(
        SITE,
        NODE,
        List.of(KEY.trustedKey()),
        store,
        () -> now,
        () -> clockTrusted,
        (command, ended) -> {
          begun.add(command);
          ends.add(ended);
        },
        () -> changes++);
  }

  private CommandState last(Status status) {
    CommandState last = inbox.last().orElseThrow();
    assertThat(last.status()).isEqualTo(status);
    return last;
  }

  private static NodeCommand command(Instant issuedAt, Duration valid) {
    return new NodeCommand(
        SITE, NODE, UUID.randomUUID(), issuedAt, issuedAt.plus(valid), Action.LEAVE_ALONE);
  }

  private static byte[] sealed(SigningKey key, NodeCommand command) {
    return WireJson.write(key.seal(Topic.Kind.COMMANDS, command));
  }
}
