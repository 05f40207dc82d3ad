package org.towncrier.console.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.towncrier.console.Browser;
import org.towncrier.console.NodeDouble;
import org.towncrier.console.TestConsole;
import org.towncrier.console.audit.AuditTrail;
import org.towncrier.protocol.MessageId;
import org.towncrier.protocol.NodeCommand;
import org.towncrier.protocol.NodeId;
import org.towncrier.protocol.NodeSchedule;
import org.towncrier.protocol.NodeState;
import org.towncrier.protocol.NodeState.CommandState;
import org.towncrier.protocol.SiteId;
import org.towncrier.protocol.Topic;

/** The button for somebody who doesn't want to be asked, on the real console and its broker. */
@Timeout(120)
final class NodeCommandsTest {
  private static final String PAGE = "/nodes/square/clock-tower";

  @TempDir static Path folder;
  private static TestConsole console;
  private static Browser administrator;
  private static NodeDouble node;

  @BeforeAll
  static void start() throws Exception {
    console = TestConsole.withBroker(folder.resolve("data"));
    administrator = console.administrator();
    node =
        new NodeDouble(
            console
                .bean(AddNode.class)
                .add(
                    new AddNodeRequest(
                        new SiteId("square"),
                        new NodeId("clock-tower"),
                        "Square",
                        folder.resolve("nodes"),
                        null,
                        false,
                        Map.of()))
                .settings());
    NodeSchedule schedule = node.schedule(any -> true);
    node.say(Topic.Kind.STATE, node.state(schedule.revision(), null));
  }

  @AfterAll
  static void stop() {
    node.close();
    console.close();
  }

  @Test
  void the_button_tells_the_node_once_in_time_and_signed_and_is_written_down() throws Exception {
    Browser author = console.person(administrator, "ann", "Ann Author", "AUTHOR");
    Instant before = Instant.now();
    Browser.Page page = author.submit(page(author).form("/leave-alone"), Map.of());

    assertThat(page.text()).contains("The node has been told.");
    NodeCommand command = node.commands.poll(40, TimeUnit.SECONDS);
    assertThat(command.action()).isEqualTo(NodeCommand.Action.LEAVE_ALONE);
    assertThat(command.expiresAt())
        .isAfter(before.plus(Duration.ofMinutes(1)))
        .isBefore(Instant.now().plus(Duration.ofMinutes(6)));
    assertThat(console.bean(AuditTrail.class).of("node square/clock-tower"))
        .anySatisfy(
            entry -> {
              assertThat(entry.who()).isEqualTo("ann");
              assertThat(entry.what()).isEqualTo("asked to leave a phone alone");
              assertThat(entry.detail()).contains(command.id().toString());
            });
    assertThat(node.commands).isEmpty();
  }

  @Test
  void what_came_of_it_is_on_the_page_and_never_which_phone() throws Exception {
    administrator.submit(page(administrator).form("/leave-alone"), Map.of());
    NodeCommand command = node.commands.poll(40, TimeUnit.SECONDS);
    NodeState state = node.state(1, null);
    node.say(
        Topic.Kind.STATE,
        new NodeState(
            state.site(),
            state.node(),
            state.boot(),
            state.at(),
            state.version(),
            1,
            null,
            null,
            false,
            false,
            state.messages(),
            state.clock(),
            state.adapters(),
            state.disk(),
            0,
            0,
            new CommandState(
                command.id(), CommandState.Status.DONE, "One phone was added.", Instant.now()),
            List.of(new NodeId("memorial")),
            null,
            null));
    Browser.Page page = page(administrator);
    while (!page.text().contains("One phone was added.")) {
      page = page(administrator);
    }
    assertThat(page.text()).contains("until it has heard from memorial");
  }

  @Test
  void a_test_offer_of_a_message_it_has_is_told_and_what_came_of_it_is_on_the_page()
      throws Exception {
    node.say(Topic.Kind.STATE, withMessage(null));
    Browser author = console.person(administrator, "tess", "Tess Author", "AUTHOR");
    while (!page(author).hasForm("/test-offer")) {
      Thread.onSpinWait();
    }
    Browser.Page told = author.submit(page(author).form("/test-offer"), Map.of("message", "taxis"));
    assertThat(told.text()).contains("The node has been told. Open the Bluetooth settings");
    NodeCommand command = node.commands.poll(40, TimeUnit.SECONDS);
    assertThat(command.action()).isEqualTo(NodeCommand.Action.TEST_OFFER);
    assertThat(command.message()).isEqualTo(new MessageId("taxis"));
    assertThat(console.bean(AuditTrail.class).of("node square/clock-tower"))
        .anySatisfy(
            entry -> {
              assertThat(entry.who()).isEqualTo("tess");
              assertThat(entry.what()).isEqualTo("asked for a test offer");
              assertThat(entry.detail()).contains("taxis");
            });
    node.say(
        Topic.Kind.STATE,
        withMessage(
            new CommandState(
                command.id(),
                CommandState.Status.DONE,
                "Of the 1 on this node's test list 1 was near: 1 accepted it.",
                Instant.now())));
    while (!page(author).text().contains("1 accepted it.")) {
      Thread.onSpinWait();
    }
    assertThat(page(author).text()).contains("test list (2 phones)");
  }

  @Test
  void a_node_that_is_busy_with_a_command_is_given_no_other_until_its_time_is_over()
      throws Exception {
    Instant began = Instant.now().minus(Duration.ofMinutes(4));
    node.say(Topic.Kind.STATE, withMessage(underWay(began)));
    while (!page(administrator).text().contains("It looks out for a phone.")) {
      Thread.onSpinWait();
    }
    Browser.Page busy = page(administrator);
    String refusal = "Nothing was sent: the node is still busy with the last command.";
    assertThat(administrator.submit(busy.form("/leave-alone"), Map.of()).text()).contains(refusal);
    assertThat(administrator.submit(busy.form("/test-offer"), Map.of("message", "taxis")).text())
        .contains(refusal);
    assertThat(node.commands.poll(1, TimeUnit.SECONDS)).isNull();

    // A node that was cut off in the middle never says how it ended.
    node.say(Topic.Kind.STATE, withMessage(underWay(began.minus(Duration.ofMinutes(2)))));
    Browser.Page told;
    do {
      told = administrator.submit(page(administrator).form("/leave-alone"), Map.of());
    } while (!told.text().contains("The node has been told."));
    assertThat(node.commands.poll(40, TimeUnit.SECONDS).action())
        .isEqualTo(NodeCommand.Action.LEAVE_ALONE);
  }

  private static CommandState underWay(Instant began) {
    return new CommandState(
        UUID.randomUUID(), CommandState.Status.UNDER_WAY, "It looks out for a phone.", began);
  }

  @Test
  void what_the_node_does_not_have_is_not_asked_for() {
    Browser.Page page =
        administrator.forge(PAGE + "/test-offer", Map.of("message", "never-approved"));
    assertThat(page.text()).contains("Nothing was sent: select a message that the node has.");
    assertThat(node.commands).isEmpty();
    Browser reader = console.person(administrator, "rea", "Rea Reader", "EVALUATOR");
    assertThat(reader.forge(PAGE + "/test-offer", Map.of("message", "taxis")).status())
        .isEqualTo(403);
  }

  private static NodeState withMessage(CommandState command) {
    NodeState state = node.state(1, null);
    return new NodeState(
        state.site(),
        state.node(),
        state.boot(),
        Instant.now(),
        state.version(),
        1,
        null,
        null,
        false,
        false,
        List.of(
            new NodeState.MessageState(
                new MessageId("taxis"), NodeState.MessageState.Status.WAITING)),
        state.clock(),
        state.adapters(),
        state.disk(),
        0,
        0,
        command,
        null,
        null,
        2);
  }

  @Test
  void who_only_reads_has_no_button_and_cannot_press_it() {
    Browser reader = console.person(administrator, "eve", "Eve Evaluator", "EVALUATOR");
    assertThat(page(reader).hasForm("/leave-alone")).isFalse();
    assertThat(reader.forge(PAGE + "/leave-alone", Map.of()).status()).isEqualTo(403);
  }

  private static Browser.Page page(Browser browser) {
    return browser.get(PAGE);
  }
}
