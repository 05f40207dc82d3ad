package org.towncrier.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The files in {@code examples/v1} are the contract that console and broadcaster are held to. */
class GoldenExamplesTest {
  private final JsonMapper json = new JsonMapper();

  static Stream<String> names() {
    return Examples.ALL.keySet().stream().sorted();
  }

  @ParameterizedTest
  @MethodSource("names")
  void a_record_is_written_as_its_example_says(String name) throws Exception {
    JsonNode written = json.readTree(WireJson.write(Examples.ALL.get(name)));
    assertThat(written.toPrettyString()).isEqualTo(json.readTree(example(name)).toPrettyString());
  }

  @ParameterizedTest
  @MethodSource("names")
  void an_example_is_read_back_as_the_record(String name) throws Exception {
    Record expected = Examples.ALL.get(name);
    assertThat(WireJson.read(example(name), expected.getClass())).isEqualTo(expected);
  }

  @Test
  void the_envelope_of_the_example_opens_with_the_examples_key() throws Exception {
    NodeSchedule schedule =
        TrustedKey.open(
            List.of(Examples.KEY.trustedKey()),
            Topic.Kind.SCHEDULE,
            example("schedule-envelope"),
            NodeSchedule.class);
    assertThat(schedule).isEqualTo(Examples.SCHEDULE);
  }

  @Test
  void the_command_of_the_example_opens_with_the_examples_key_and_on_its_own_topic_alone()
      throws Exception {
    List<TrustedKey> trusted = List.of(Examples.KEY.trustedKey());
    byte[] envelope = example("command-envelope");
    assertThat(TrustedKey.open(trusted, Topic.Kind.COMMANDS, envelope, NodeCommand.class))
        .isEqualTo(Examples.COMMAND);
    assertThatThrownBy(() -> TrustedKey.open(trusted, Topic.Kind.ACKS, envelope, NodeCommand.class))
        .isInstanceOf(UntrustedException.class);
  }

  @Test
  void the_sealed_note_of_the_example_opens_with_the_key_of_the_examples_seed() throws Exception {
    ContactNote note = WireJson.read(example("contacts"), ContactNote.class);
    ContactSeal seal =
        new ContactSeal(Examples.SITE, Examples.SEED.night(), Examples.SEED.nightKey());
    assertThat(seal.open(note)).isEqualTo(Examples.TALK);
  }

  @Test
  void a_schedule_of_a_console_that_does_not_say_whom_it_has_heard_is_understood()
      throws Exception {
    String older = new String(example("schedule"), UTF_8).replace("heardNodes", "unknownField");
    assertThat(WireJson.read(older.getBytes(UTF_8), NodeSchedule.class).heardNodes()).isNull();
  }

  @Test
  void a_node_that_knows_no_variants_offers_everybody_the_first_wording() throws Exception {
    String older = new String(example("schedule"), UTF_8).replace("variants", "unknownField");
    ScheduledMessage read =
        WireJson.read(older.getBytes(UTF_8), NodeSchedule.class).messages().get(1);
    assertThat(read.wordings()).containsExactly(new ScheduledMessage.Wording(null, read.object()));
  }

  @Test
  void a_console_that_knows_no_variants_counts_the_message() throws Exception {
    String older = new String(example("report"), UTF_8).replace("variant", "unknownField");
    assertThat(WireJson.read(older.getBytes(UTF_8), DeliveryReport.class).outcomes().get(2))
        .isEqualTo(
            new DeliveryReport.OutcomeCount(
                Examples.HELP, Examples.HOUR, Outcome.DECLINED_OR_IGNORED, null, false, 3));
  }

  @Test
  void a_test_offer_without_a_message_and_a_message_without_a_test_offer_are_refused()
      throws Exception {
    String offer = new String(example("command-test-offer"), UTF_8);
    assertThatThrownBy(
            () ->
                WireJson.read(
                    offer.replace("\"message\"", "\"unknown\"").getBytes(UTF_8), NodeCommand.class))
        .isInstanceOf(MalformedPayloadException.class)
        .hasMessageContaining("names a message");
    assertThatThrownBy(
            () ->
                WireJson.read(
                    offer.replace("TEST_OFFER", "LEAVE_ALONE").getBytes(UTF_8), NodeCommand.class))
        .isInstanceOf(MalformedPayloadException.class);
  }

  @Test
  void a_state_of_an_older_node_that_says_nothing_of_its_file_is_understood() throws Exception {
    String older =
        new String(example("state"), UTF_8)
            .replace("permittedHours", "unknownField")
            .replace("testPhones", "anotherField");
    NodeState state = WireJson.read(older.getBytes(UTF_8), NodeState.class);
    assertThat(state.permittedHours()).isNull();
    assertThat(state.testPhones()).isNull();
  }

  private static byte[] example(String name) throws IOException {
    String path = "/examples/v1/" + name + ".json";
    try (InputStream in = GoldenExamplesTest.class.getResourceAsStream(path)) {
      assertThat(in).as(path).isNotNull();
      return new String(in.readAllBytes(), UTF_8).getBytes(UTF_8);
    }
  }
}
