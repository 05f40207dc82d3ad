package org.towncrier.console.writing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WritingChecksTest {
  private static final String SENDER = "Safer North West Leicestershire";
  private static final String OBJECTIONS = "Objections: 01530 454704";

  private final WritingChecks checks =
      new WritingChecks(List.of("gov.uk", "police.uk", "crimestoppers-uk.org"));

  private static Words words(String text) {
    return new Words(
        false,
        false,
        "Getting home",
        List.of(Text.english(text)),
        "getting-home.txt",
        List.of(),
        SENDER,
        OBJECTIONS);
  }

  private List<String> blocked(String text) {
    return checks.of(words(text)).stream().filter(Check::blocks).map(Check::words).toList();
  }

  private List<String> warned(String text) {
    return checks.of(words(text)).stream()
        .filter(check -> check.verdict() == Check.Verdict.WARN)
        .map(Check::words)
        .toList();
  }

  @Test
  void plain_words_with_public_numbers_are_fine() {
    String text =
        "Plan your way home before the last drink. The last bus to Ashby leaves at 23:15. Feel"
            + " unsafe? Go into a pub and say so. Call 999, or 101, or Crimestoppers on 0800 555"
            + " 111. Our team: 01530 454704.";
    assertThat(blocked(text)).isEmpty();
    assertThat(warned(text)).isEmpty();
    assertThat(checks.of(words(text)))
        .extracting(Check::words)
        .contains("It says who speaks: " + SENDER, "It says how to object: " + OBJECTIONS)
        .anyMatch(words -> words.startsWith("Easy to read"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "See https://www.gov.uk/report-crime for more.",
        "See www.leics.police.uk.",
        "See https://crimestoppers-uk.org/give-information",
        "See nwleics.gov.uk/safety, or write to safety@nwleicestershire.gov.uk.",
        "Doors close at 11.30. No.10 is open, e.g. for water.",
      })
  void links_to_well_known_places_are_fine(String text) {
    assertThat(blocked(text)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "See https://example.com/offer",
        "See https://bit.ly/3abc",
        "See tinyurl.com/x",
        "See www.gov.uk.evil.example/login",
        "See https://gov.uk@evil.com/",
        "See https://evil.com/gov.uk",
        "See https://evilgov.uk/",
        "See HTTPS://EVIL.COM",
        "See https://xn--gv-fka.uk/",
        "See https://gоv.uk/", // A Cyrillic o.
        "See https://evil.com\\@gov.uk",
        "See ftp://gov.uk/file",
        "Try javascript://gov.uk/%0aalert(1)",
        "Find us on myclub.co",
      })
  void links_to_anywhere_else_block(String text) {
    assertThat(blocked(text))
        .anyMatch(words -> words.startsWith("The link to ") || words.contains("not a web page"));
  }

  @Test
  void a_link_without_tls_is_looked_at() {
    assertThat(warned("See http://www.gov.uk/")).anyMatch(words -> words.contains("not secure"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Call Jo on 07700 900123",
        "Call +44 7700 900123",
        "Call 0044 7700900123",
        "Call 07700-900-123 now",
        "Write to jo.bloggs@gmail.com",
        "He was born on 4 May 1990",
        "DOB: 04/05/90",
        "NI number QQ 12 34 56 C is not one, but AB 12 34 56 C is",
        "The phone 00:1A:7D:DA:71:13 was seen",
      })
  void what_leads_to_one_person_blocks(String text) {
    assertThat(blocked(text)).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "A blue van, AB12 CDE, was seen",
        "Ask for Mrs Smith",
        "It happened at 14 Belvoir Road",
      })
  void what_may_lead_to_one_person_is_looked_at(String text) {
    assertThat(blocked(text)).isEmpty();
    assertThat(warned(text)).hasSize(1);
  }

  @Test
  void what_is_left_to_fill_in_blocks() {
    assertThat(blocked("The last bus leaves [stop] at [time]."))
        .containsExactly("Fill in “[stop]”, or take it out", "Fill in “[time]”, or take it out");
  }

  @Test
  void long_and_hard_words_are_looked_at() {
    String text =
        "Individuals congregating within the designated restricted consumption area are respectfully"
            + " requested to discontinue the consumption of alcoholic beverages immediately upon"
            + " receiving notification from appropriately authorised representatives of the"
            + " constabulary or the municipal administration, notwithstanding any contractual"
            + " arrangements with licensed establishments.";
    assertThat(warned(text))
        .anyMatch(words -> words.contains("characters are long"))
        .anyMatch(words -> words.startsWith("Hard to read"));
  }

  @ParameterizedTest
  @CsvSource({
    "home, 1",
    "drink, 1",
    "police, 2",
    "taxi, 2",
    "emergency, 4",
    "time, 1",
    "table, 2",
    "be, 1",
    "responsible, 4",
    "don't, 1",
  })
  void syllables_are_counted_as_people_speak_them(String word, int syllables) {
    assertThat(ReadingEase.syllables(word)).isEqualTo(syllables);
  }

  @ParameterizedTest
  @CsvSource({
    "Is somebody hurting you? Domestic abuse help is near., DOMESTIC_ABUSE",
    "Women’s Aid listens., DOMESTIC_ABUSE",
    "Worried about drugs?, DRUGS",
    "FRANK listens day and night., DRUGS",
    "Samaritans: 116 123, SUICIDE",
    "Report a rape in confidence., SEXUAL_VIOLENCE",
  })
  void sensitive_topics_are_known_by_their_words(String text, SensitiveTopic topic) {
    assertThat(SensitiveTopic.of(words(text))).contains(topic);
    assertThat(warned(text)).anyMatch(words -> words.contains("a senior approver decides"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"To be frank, take the bus.", "Spicey food", "Do not abuse our staff."})
  void other_words_are_not_sensitive(String text) {
    assertThat(SensitiveTopic.of(words(text))).isEmpty();
  }

  @Test
  void a_title_that_shows_on_the_phone_before_anybody_said_yes_must_be_discreet() {
    Words telling =
        new Words(
            false,
            false,
            "Domestic abuse help",
            List.of(Text.english("Call us.")),
            "x.txt",
            List.of(),
            SENDER,
            OBJECTIONS);
    assertThat(checks.of(telling).stream().filter(Check::blocks))
        .extracting(Check::field)
        .containsExactly("title");
    Words file =
        new Words(
            false,
            false,
            "Help",
            List.of(Text.english("Domestic abuse: call us.")),
            "domestic-abuse.txt",
            List.of(),
            SENDER,
            OBJECTIONS);
    assertThat(checks.of(file)).anyMatch(Check::blocks);
    assertThat(blocked("Domestic abuse: call us.")).isEmpty();
  }

  @Test
  void a_campaign_that_nobody_can_reach_blocks() {
    Words nobody =
        new Words(
            false,
            false,
            "x",
            List.of(Text.english("y")),
            "x.txt",
            List.of(),
            SENDER,
            "Please ask us");
    assertThat(checks.of(nobody).stream().filter(Check::blocks)).hasSize(1);
  }

  @Test
  void the_numbers_of_a_card_are_looked_at_too_and_a_picture_cannot_be() {
    Words card =
        new Words(
            false,
            true,
            "Who to call",
            List.of(Text.english("")),
            "x.vcf",
            List.of("Jo: 07700 900123"),
            SENDER,
            OBJECTIONS);
    assertThat(checks.of(card).stream().filter(Check::blocks)).hasSize(1);
    Words picture =
        new Words(
            true,
            false,
            "Map",
            List.of(Text.english("A map")),
            "x.jpg",
            List.of(),
            SENDER,
            OBJECTIONS);
    assertThat(checks.of(picture))
        .anyMatch(check -> check.words().contains("Nobody here can read a picture"));
  }

  @Test
  void a_picture_needs_its_words_and_says_by_them_who_speaks() {
    Words undescribed =
        new Words(
            true, false, "Map", List.of(Text.english(" ")), "x.jpg", List.of(), SENDER, OBJECTIONS);
    assertThat(checks.of(undescribed))
        .filteredOn(Check::blocks)
        .extracting(Check::words)
        .singleElement()
        .asString()
        .startsWith("Say what the picture shows");
    Words described =
        new Words(
            true,
            false,
            "Map",
            List.of(Text.english("A map of taxi ranks. " + SENDER + ". Questions: 01530 454704")),
            "x.jpg",
            List.of(),
            SENDER,
            OBJECTIONS);
    assertThat(checks.of(described)).noneMatch(check -> check.verdict() == Check.Verdict.WARN);
  }

  @Test
  void each_language_is_looked_at_and_reading_ease_is_for_english_alone() {
    String hard =
        "Individuals congregating within the designated restricted consumption area are respectfully"
            + " requested to discontinue consumption immediately upon receiving notification.";
    String polish =
        "Osoby przebywające na wyznaczonym obszarze ograniczonego spożywania są uprzejmie proszone o"
            + " natychmiastowe zaprzestanie spożywania napojów alkoholowych po otrzymaniu wezwania.";
    Words words =
        new Words(
            false,
            false,
            "No drinking here",
            List.of(
                Text.english(hard),
                new Text(new Language("pl"), polish + " Zadzwoń: 07700 900123 [kiedy]")),
            "x.txt",
            List.of(),
            SENDER,
            OBJECTIONS);
    List<Check> found = checks.of(words);
    assertThat(found).filteredOn(check -> check.words().contains("Hard to read")).hasSize(1);
    assertThat(found)
        .filteredOn(Check::blocks)
        .extracting(Check::field)
        .containsExactly("text-2", "text-2");
    assertThat(found)
        .filteredOn(check -> check.words().contains("Somebody who reads Polish"))
        .extracting(Check::field)
        .containsExactly("text-2");
    assertThat(found).anyMatch(check -> check.words().startsWith("English: "));
    assertThat(found).anyMatch(check -> check.words().startsWith("Polish: "));
  }

  @Test
  void the_names_that_a_phone_shows_are_looked_at_as_well() {
    Words words =
        new Words(
            false,
            false,
            "Call 07700 900123",
            List.of(Text.english("Call us.")),
            "Mrs Smith.txt",
            List.of(),
            SENDER,
            OBJECTIONS);
    assertThat(checks.of(words))
        .filteredOn(check -> check.field().equals("title"))
        .extracting(Check::verdict)
        .containsExactly(Check.Verdict.BLOCK, Check.Verdict.WARN);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "english", "xx", "en_GB", "12", "e"})
  void what_is_no_language_is_refused(String tag) {
    assertThatThrownBy(() -> new Language(tag))
        .hasMessageContaining("is not the tag of a language");
  }

  @Test
  void a_language_is_called_by_its_own_name_and_by_its_english_one() {
    assertThat(new Language("pl").own()).isEqualTo("Polski");
    assertThat(new Language("PL").english()).isEqualTo("Polish");
    assertThat(new Language("en-GB").isEnglish()).isTrue();
    assertThat(Language.offered().get(0)).isEqualTo(Language.ENGLISH);
    assertThat(Language.offered())
        .doesNotHaveDuplicates()
        .allSatisfy(l -> assertThat(l.own()).isNotBlank());
  }
}
