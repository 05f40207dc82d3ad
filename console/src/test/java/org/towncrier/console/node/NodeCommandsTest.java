package org.towncrier.console.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
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
                        Map.of())));
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
            List.of(new NodeId("memorial"))));
    Browser.Page page = page(administrator);
    while (!page.text().contains("One phone was added.")) {
      page = page(administrator);
    }
    assertThat(page.text()).contains("until it has heard from memorial");
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
