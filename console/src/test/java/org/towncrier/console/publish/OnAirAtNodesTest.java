package org.towncrier.console.publish;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.towncrier.console.Browser;
import org.towncrier.console.NodeDouble;
import org.towncrier.console.TestConsole;
import org.towncrier.console.TestPicture;
import org.towncrier.console.campaign.Campaign;
import org.towncrier.console.campaign.Campaigns;
import org.towncrier.console.message.Draft;
import org.towncrier.console.message.MessageKind;
import org.towncrier.console.message.MessageVersion;
import org.towncrier.console.message.Messages;
import org.towncrier.console.message.Target;
import org.towncrier.console.node.AddNode;
import org.towncrier.console.node.AddNodeRequest;
import org.towncrier.console.node.NodeOverview;
import org.towncrier.console.node.Nodes;
import org.towncrier.protocol.CampaignId;
import org.towncrier.protocol.Limits;
import org.towncrier.protocol.MessageId;
import org.towncrier.protocol.NodeId;
import org.towncrier.protocol.NodeSchedule;
import org.towncrier.protocol.ScheduledMessage;
import org.towncrier.protocol.SiteId;
import org.towncrier.protocol.Window;

/** From two people at the console to a node, through the real broker. */
@Timeout(120)
final class OnAirAtNodesTest {
  private static final ZoneId LONDON = ZoneId.of("Europe/London");
  private static final SiteId SQUARE = new SiteId("marlborough-square");
  private static final CampaignId CAMPAIGN = new CampaignId("safer-evenings");
  private static final MessageId HOME = new MessageId("getting-home");

  @TempDir Path folder;
  private TestConsole console;
  private Messages messages;
  private NodeDouble node;

  @BeforeEach
  void start() throws Exception {
    console = TestConsole.withBroker(folder.resolve("data"));
    messages = console.bean(Messages.class);
    node = add("clock-tower");
    LocalDate today = LocalDate.now(LONDON);
    console
        .bean(Campaigns.class)
        .create(
            "ada",
            new Campaign(
                CAMPAIGN,
                "Safer evenings",
                "Safer North West Leicestershire",
                "Objections: 01530 454704",
                today.minusDays(1),
                today.plusDays(30)));
  }

  @AfterEach
  void stop() {
    node.close();
    console.close();
  }

  @Test
  void a_message_reaches_the_node_when_a_second_person_approves_it_and_not_before()
      throws Exception {
    submit(HOME, text("Buses and taxis"));
    // Hold and resume: two schedules that were made after the message was submitted.
    console.bean(Nodes.class).hold(SQUARE, null, "ada");
    assertThat(node.schedule(NodeSchedule::hold).messages()).isEmpty();

    approve(HOME);
    ScheduledMessage told = node.schedule(any -> !any.messages().isEmpty()).messages().get(0);
    assertThat(told.id()).isEqualTo(HOME);
    assertThat(new String(told.object().content(), StandardCharsets.UTF_8))
        .contains("Buses and taxis", "Safer North West Leicestershire", "01530 454704");
  }

  @Test
  void a_cancelled_message_is_taken_from_the_node() throws Exception {
    submit(HOME, text("Buses and taxis"));
    approve(HOME);
    long live = node.schedule(any -> !any.messages().isEmpty()).revision();

    messages.cancel("bob", HOME);
    assertThat(node.schedule(any -> any.messages().isEmpty() && any.revision() > live).revision())
        .isEqualTo(live + 1);
  }

  @Test
  void what_was_approved_stays_on_air_until_its_next_version_is_approved_too() throws Exception {
    submit(HOME, text("Buses until one"));
    approve(HOME);
    long first = node.schedule(any -> any.messages().size() == 1).revision();

    MessageVersion edited = messages.find(HOME).orElseThrow();
    messages.save("ada", HOME, edited.edit(), text("Buses until two"));
    messages.submit("ada", HOME);
    console.bean(Nodes.class).hold(SQUARE, null, "ada");
    assertThat(words(node.schedule(any -> any.revision() > first))).contains("until one");

    approve(HOME);
    assertThat(
            words(node.schedule(any -> any.messages().size() == 1 && words(any).contains("two"))))
        .doesNotContain("until one");
  }

  @Test
  void a_node_that_was_away_is_told_as_soon_as_it_is_back() throws Exception {
    node.close();
    submit(HOME, text("Buses and taxis"));
    approve(HOME);
    try (NodeDouble back = new NodeDouble(folder.resolve("clock-tower.yaml"))) {
      assertThat(back.schedule(any -> !any.messages().isEmpty()).messages()).hasSize(1);
    }
  }

  @Test
  void a_console_that_starts_again_tells_the_same_and_goes_on_counting_revisions()
      throws Exception {
    submit(HOME, text("Buses and taxis"));
    approve(HOME);
    long before = node.schedule(any -> !any.messages().isEmpty()).revision();
    String broker = console.bean(BrokerAddress.class).url().toString();
    console.close();
    node.schedules.clear();
    console = TestConsole.withBroker(folder.resolve("data"), broker);
    messages = console.bean(Messages.class);

    assertThat(node.schedule(any -> true).revision()).isEqualTo(before);
    messages.cancel("bob", HOME);
    assertThat(node.schedule(any -> any.messages().isEmpty()).revision()).isEqualTo(before + 1);
  }

  @Test
  void of_more_than_a_schedule_holds_the_newest_wait_while_urgent_words_and_a_hold_get_through()
      throws Exception {
    submit(HOME, text("Buses and taxis"));
    approve(HOME);

    // Base64 makes them a third larger: five fit.
    List<MessageId> pictures = new ArrayList<>();
    for (int n : IntStream.range(0, 7).toArray()) {
      MessageId id = new MessageId("picture-" + n);
      pictures.add(id);
      submit(id, picture(n));
      approve(id);
    }
    assertThat(problem(said -> said.contains("picture-6")))
        .contains("8 messages")
        .contains("too large")
        .contains("all but picture-5, picture-6.")
        .contains("cancel a message");
    assertThat(
            node.schedule(any -> any.messages().size() == 6).messages().stream()
                .map(ScheduledMessage::id)
                .toList())
        .containsExactlyElementsOf(
            Stream.concat(Stream.of(HOME), pictures.subList(0, 5).stream()).toList());

    Browser reader = console.administrator();
    assertThat(reader.get("/messages/picture-6").html().select("#left-out").text())
        .contains(
            "The schedule has no room for it at Marlborough Square, clock-tower:"
                + " it is not offered there once the node has been told.")
        .contains("Take smaller pictures");
    assertThat(reader.get("/messages/picture-4").html().select("#left-out")).isEmpty();
    Browser.Page nodes = reader.get("/messages/picture-6/nodes");
    assertThat(nodes.text())
        .contains("0 of 1 node does as told")
        .contains("Not told: its schedule has no room for it")
        .contains("give this one a higher priority");
    assertThat(reader.get("/messages/picture-4/nodes").text()).doesNotContain("room");
    assertThat(reader.get("/nodes/marlborough-square/clock-tower").text())
        .contains("Its schedule has no room for “Picture”, “Picture”, and it is told all its other")
        .doesNotContain("Nothing newer was published");

    assertThat(
            reader
                .get("/plan?site=marlborough-square&time=23:40&day=" + LocalDate.now(LONDON))
                .html()
                .select("#answer li:last-child")
                .text())
        .isEqualTo("Picture (normal priority; the schedule has no room for it at clock-tower)");

    MessageId urgent = new MessageId("leave-by-the-north");
    submit(urgent, text("Leave by the north", ScheduledMessage.Priority.URGENT));
    approve(urgent);
    node.schedule(any -> has(any, urgent));
    console.bean(Nodes.class).hold(SQUARE, null, "ada");
    node.schedule(any -> any.hold() && has(any, urgent));
    assertThat(problem(said -> true)).contains("all but picture-5, picture-6.");

    messages.cancel("bob", pictures.get(0));
    node.schedule(any -> !has(any, pictures.get(0)) && has(any, pictures.get(5)));
    assertThat(problem(said -> said.contains("all but picture-6."))).contains("8 messages");
    messages.cancel("bob", pictures.get(1));
    node.schedule(any -> has(any, pictures.get(6)));
    problem(String::isEmpty);
    assertThat(reader.get("/messages/picture-6").html().select("#left-out")).isEmpty();
  }

  /** Waits for it; empty for none. */
  private String problem(Predicate<String> wanted) {
    while (true) {
      String said = console.bean(NodeOverview.class).all().get(0).problem();
      if (wanted.test(said == null ? "" : said)) {
        return said == null ? "" : said;
      }
      Thread.onSpinWait();
    }
  }

  private static boolean has(NodeSchedule schedule, MessageId id) {
    return schedule.messages().stream().anyMatch(message -> message.id().equals(id));
  }

  private static String words(NodeSchedule schedule) {
    return new String(schedule.messages().get(0).object().content(), StandardCharsets.UTF_8);
  }

  private void submit(MessageId id, Draft draft) {
    messages.create("ada", CAMPAIGN, id, draft);
    messages.submit("ada", id);
  }

  private void approve(MessageId id) {
    messages.approve("bob", id, messages.find(id).orElseThrow().edit());
  }

  private static Draft text(String words) {
    return text(words, ScheduledMessage.Priority.NORMAL);
  }

  private static Draft text(String words, ScheduledMessage.Priority priority) {
    return new Draft(
        "Getting home",
        MessageKind.TEXT,
        words,
        null,
        null,
        "getting-home.txt",
        priority,
        List.of(new Target(SQUARE, null)),
        always());
  }

  private static Draft picture(int n) {
    return new Draft(
        "Picture",
        MessageKind.IMAGE,
        "The square at night",
        null,
        TestPicture.jpegOf(Limits.OBJECT_BYTES),
        "picture-" + n + ".jpg",
        ScheduledMessage.Priority.NORMAL,
        List.of(new Target(SQUARE, null)),
        always());
  }

  private static List<Window> always() {
    LocalDate today = LocalDate.now(LONDON);
    return List.of(
        new Window(
            today,
            today.plusDays(20),
            Set.of(DayOfWeek.values()),
            LocalTime.MIDNIGHT,
            LocalTime.MIDNIGHT,
            LONDON));
  }

  private NodeDouble add(String name) throws Exception {
    console
        .bean(AddNode.class)
        .add(
            new AddNodeRequest(
                SQUARE, new NodeId(name), "Marlborough Square", folder, null, false, Map.of()));
    return new NodeDouble(folder.resolve(name + ".yaml"));
  }
}
