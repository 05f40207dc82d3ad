package org.towncrier.console.campaignfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.towncrier.console.input.InvalidInputException;
import org.towncrier.console.message.MessageKind;

class CampaignYamlTest {
  private static final ZoneId LONDON = ZoneId.of("Europe/London");

  @Test
  void the_campaign_that_ships_says_who_to_call_and_holds_four_texts_and_a_card() throws Exception {
    CampaignFile file = CampaignYaml.read(shipped(), LONDON);
    assertThat(file.messages()).hasSize(5);
    assertThat(file.messages())
        .filteredOn(message -> message.draft().kind() == MessageKind.TEXT)
        .hasSize(4);
    assertThat(shipped()).contains("0800 555 111", "101", "999", "0800 776600", "01530 454704");
  }

  @Test
  void a_campaign_that_was_written_is_read_back_the_same() throws Exception {
    CampaignFile file = CampaignYaml.read(shipped(), LONDON);
    assertThat(CampaignYaml.read(CampaignYaml.write(file), LONDON))
        .usingRecursiveComparison()
        .ignoringFields("lines")
        .isEqualTo(file);
  }

  @Test
  void every_mistake_is_named_with_its_path_at_once() {
    String text =
        """
        campaign: Bad Id
        title: T
        sender: S
        starts: 2026-13-01
        ends: 2026-12-01
        colour: red
        messages:
          - id: one
            title: One
            kind: song
            object: one.txt
            text: words
            places: ["a.b"]
            windows:
              - {days: [caturday], start: "25:00", end: "04:00"}
        """;
    assertThatThrownBy(() -> CampaignYaml.read(text, LONDON))
        .isInstanceOfSatisfying(
            InvalidInputException.class,
            e ->
                assertThat(e.problems().stream().map(InvalidInputException.Problem::field))
                    .contains(
                        "campaign",
                        "contact",
                        "starts",
                        "colour",
                        "messages[0].kind",
                        "messages[0].places",
                        "messages[0].windows[0].days",
                        "messages[0].windows[0].start"));
  }

  @Test
  void every_mistake_says_its_line_and_what_is_missing_the_line_of_what_it_is_missing_in() {
    String text =
        """
        # Ours
        campaign: winter
        title: T
        sender: S
        contact: C
        starts: 2026-12-01
        ends: 2026-12-40
        messages:
          - id: one
            title: One
            object: one.txt
            text: >
              words, words,
              and more
            places: [square]
            windows:
              - days: [monday]
                start: "19:00"
                end: "24:30"
              - {days: [friday], start: "19:00"}
          - title: Two
            text: words
            object: two.txt
        """;
    assertThatThrownBy(() -> CampaignYaml.read(text, LONDON))
        .isInstanceOfSatisfying(
            InvalidInputException.class,
            e ->
                assertThat(e.problems())
                    .extracting(
                        p -> p.field() + p.message().replaceFirst(".*(?= \\(line [0-9]+\\)$)", ""))
                    .containsExactly(
                        "ends (line 7)",
                        "messages[0].windows[0].end (line 19)",
                        "messages[0].windows[1].end (line 20)",
                        "messages[1].id (line 21)"));
  }

  @Test
  void a_mistake_is_said_in_words_for_whoever_wrote_the_file_and_quotes_it_once() {
    String text = "campaign: A B\nstarts: soon\nends: 2026-02-30\nmessages: []\n";
    assertThatThrownBy(() -> CampaignYaml.read(text, LONDON))
        .hasMessageContaining("campaign: a campaign id is 1 to 60 lower-case letters")
        .hasMessageContaining("starts: \"soon\" is not a day such as 2026-12-24 (line 2)")
        .hasMessageContaining("ends: \"2026-02-30\" is not a day such as 2026-12-24 (line 3)");
  }

  @Test
  void what_is_no_yaml_says_the_line_too() {
    assertThatThrownBy(() -> CampaignYaml.read("title: T\ncampaign: [a\nsender: S\n", LONDON))
        .hasMessage("A list that begins with [ lacks a comma or its closing ] (line 3, column 7)");
    assertThatThrownBy(() -> CampaignYaml.read("title: {a: b\nsender: S\n", LONDON))
        .hasMessageStartingWith("What begins with { lacks a comma or its closing } (line 2");
    assertThatThrownBy(() -> CampaignYaml.read("campaign: [", LONDON))
        .hasMessageStartingWith(
            "After [ or { something is missing: a value, or what closes it (line");
    assertThatThrownBy(() -> CampaignYaml.read("title: T\nsender: S\ntitle: T\n", LONDON))
        .hasMessageStartingWith("The key \"title\" stands twice where it may stand once")
        .hasMessageContaining("(line 3");
  }

  @Test
  void what_is_too_deep_or_too_long_to_be_read_is_refused_without_a_place() {
    for (String text : List.of("messages: " + "[".repeat(501), "title: " + "1".repeat(1001))) {
      assertThatThrownBy(() -> CampaignYaml.read(text, LONDON))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("This is not YAML: ")
          .hasMessageContaining("exceeds the maximum allowed");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " \n", "# later\n"})
  void an_empty_file_is_called_empty(String text) {
    assertThatThrownBy(() -> CampaignYaml.read(text, LONDON)).hasMessage("The file is empty");
  }

  @ParameterizedTest
  @ValueSource(strings = {"just words", "[1, 2]", "campaign: [", "messages: 3", "campaign: {a: b}"})
  void what_is_no_campaign_is_refused(String text) {
    assertThatThrownBy(() -> CampaignYaml.read(text, LONDON))
        .isInstanceOfSatisfying(
            InvalidInputException.class, e -> assertThat(e.problems()).isNotEqualTo(List.of()));
  }

  private static String shipped() throws Exception {
    return Files.readString(Path.of("..", "config", "campaigns", "safer-evenings.yaml"));
  }
}
