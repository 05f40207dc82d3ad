package org.towncrier.broadcaster.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.towncrier.hardware.AdapterId;
import org.towncrier.hardware.BluetoothAddress;
import org.towncrier.protocol.SigningKey;
import org.towncrier.protocol.SiteId;
import org.towncrier.protocol.Window;

class BroadcasterConfigTest {
  private static final String KEY = SigningKey.generate().trustedKey().encoded();
  private static final String SMALLEST =
      """
      site: marlborough-square
      node: clock-tower
      console:
        url: mqtt://127.0.0.1:1883
        trustedKeys: [%s]
      radio:
        adapters:
          - name: hci0
      """
          .formatted(KEY);

  @TempDir Path folder;

  @Test
  void what_is_left_out_has_a_default() throws Exception {
    BroadcasterConfig config = load(SMALLEST);
    assertThat(config.data()).isEqualTo(folder.resolve("clock-tower.data"));
    assertThat(config.seed()).isEqualTo(folder.resolve("clock-tower.seed.json"));
    assertThat(config.permittedHours())
        .isEqualTo(
            Window.daily(LocalTime.of(19, 0), LocalTime.of(4, 0), ZoneId.of("Europe/London")));
    assertThat(config.radio().stack()).isEqualTo(RadioSettings.Stack.BLUEZ);
    assertThat(config.radio().inquiry()).isEqualTo(Duration.ofMillis(5120));
    assertThat(config.radio().offerDeadline()).isEqualTo(Duration.ofSeconds(60));
    assertThat(config.radio().phonesOnly()).isTrue();
    assertThat(config.reports()).isEqualTo(BroadcasterConfig.ReportSettings.DEFAULT);
    assertThat(config.state()).isEqualTo(BroadcasterConfig.StateSettings.DEFAULT);
    assertThat(config.testPhones()).isEmpty();
    assertThat(config.clock().trust())
        .isEqualTo(BroadcasterConfig.ClockSettings.Trust.SYNCHRONISED);
    assertThat(config.console().username()).isNull();
    assertThat(config.console().caCertificate()).isNull();
  }

  @Test
  void what_is_written_holds() throws Exception {
    Files.writeString(folder.resolve("ca.pem"), "certificate");
    BroadcasterConfig config =
        load(
            """
            site: ashby-market
            node: bull-ring
            data: /var/lib/towncrier
            zone: Europe/Paris
            permittedHours: {start: "18:00", end: 05:30}
            console:
              url: mqtts://console.example:8883
              username: ashby
              password: secret
              caCertificate: ca.pem
              trustedKeys:
                - %s
            radio:
              stack: emulator
              emulatorPort: 4711
              emulatorPlace: 2
              adapters:
                - {name: hci0, address: "00:1B:DC:00:00:01"}
                - {name: hci1, address: 00:1B:DC:00:00:02}
              inquirySeconds: 0.5
              pauseSeconds: 0
              phonesOnly: false
            testPhones: ["00-1B-DC-00-00-03"]
            clock: {trust: system}
            """
                .formatted(KEY));
    assertThat(config.data()).isEqualTo(Path.of("/var/lib/towncrier"));
    assertThat(config.permittedHours())
        .isEqualTo(
            Window.daily(LocalTime.of(18, 0), LocalTime.of(5, 30), ZoneId.of("Europe/Paris")));
    assertThat(config.console().caCertificate()).isEqualTo(folder.resolve("ca.pem"));
    assertThat(config.radio().adapters())
        .containsExactly(
            new RadioSettings.Adapter(
                new AdapterId("hci0"), BluetoothAddress.parse("001BDC000001")),
            new RadioSettings.Adapter(
                new AdapterId("hci1"), BluetoothAddress.parse("001BDC000002")));
    assertThat(config.radio().inquiry()).isEqualTo(Duration.ofMillis(500));
    assertThat(config.testPhones()).containsExactly(BluetoothAddress.parse("001BDC000003"));
    assertThat(config.toString()).doesNotContain("secret", "001BDC", "00:1B");
  }

  @Test
  void who_is_asking_is_the_site_in_words_unless_it_is_written() throws Exception {
    assertThat(load(SMALLEST).radio().name()).hasToString("Marlborough Square");
    assertThat(load(SMALLEST.replace("radio:", "radio:\n  name: Safer Coalville")).radio().name())
        .hasToString("Safer Coalville");
    assertThat(RadioSettings.named(new SiteId("--")).value()).isEqualTo("Towncrier");
    assertThat(RadioSettings.named(new SiteId("a-2b")).value()).isEqualTo("A 2b");
  }

  @Test
  void a_sender_that_no_phone_could_show_is_refused() {
    assertThat(
            problems(
                SMALLEST.replace("radio:", "radio:\n  name: \"%s\"".formatted("ü".repeat(125)))))
        .containsExactly("radio.name: has 250 bytes; a phone takes 248");
  }

  @Test
  void bluecoves_own_module_stays_a_choice() throws Exception {
    assertThat(load(SMALLEST.replace("radio:", "radio:\n  stack: bluecove-gpl")).radio().stack())
        .isEqualTo(RadioSettings.Stack.BLUECOVE_GPL);
  }

  @Test
  void everything_that_is_wrong_is_said_at_once_each_with_its_key() {
    List<String> problems =
        problems(
            """
            node: Clock Tower
            zone: Europe/Coalville
            permittedHours: {start: 7pm, ende: "04:00"}
            console:
              url: http://console.example
              password: secret
              trustedKeys: [MCow]
            radio:
              stack: bluetooth
              adapters: hci0
              inquirySeconds: soon
              offerDeadlineSeconds: 0
              phonesOnly: maybe
            reports: [30]
            testPhones: ["12:34:56:78:9A", 12]
            clocks: {}
            """);
    assertThat(problems.stream().map(problem -> problem.replaceFirst(": .*", "")))
        .containsExactlyInAnyOrder(
            "site",
            "node",
            "zone",
            "permittedHours.start",
            "permittedHours.ende",
            "console.url",
            "console.username",
            "console.trustedKeys[0]",
            "radio.stack",
            "radio.adapters",
            "radio.inquirySeconds",
            "radio.offerDeadlineSeconds",
            "radio.phonesOnly",
            "reports",
            "testPhones[0]",
            "testPhones[1]",
            "clocks");
    assertThat(problems)
        .contains(
            "permittedHours.ende: is not a setting; did you mean permittedHours.end?",
            "clocks: is not a setting; did you mean clock?")
        .anyMatch(problem -> problem.startsWith("site: is missing: the place it speaks in"))
        .noneMatch(problem -> problem.contains("12:34:56") || problem.contains("secret"));
  }

  @Test
  void a_key_far_from_every_setting_gets_no_suggestion() {
    assertThat(problems(SMALLEST + "colour: blue\n")).containsExactly("colour: is not a setting");
  }

  @Test
  void two_letters_the_wrong_way_round_get_one() {
    assertThat(problems(SMALLEST.replace("node:", "noed:")))
        .contains("noed: is not a setting; did you mean node?");
  }

  @Test
  void an_address_where_a_key_belongs_is_not_repeated() {
    assertThat(problems(SMALLEST + "testPhones:\n  \"00:1B:DC:00:00:09\": chief\n"))
        .singleElement()
        .asString()
        .startsWith("testPhones: needs a list")
        .doesNotContain("1B");
    assertThat(problems(SMALLEST + "\"00:1B:DC:00:00:09\": chief\n"))
        .singleElement()
        .asString()
        .contains("an address")
        .doesNotContain("1B");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "mqtt://console.example:1883 | in clear",
        "mqtt://10.0.0.7:1883 | in clear",
        "mqtt://127.0.0.1.example.org | in clear",
        "mqtt://user:hunter2@127.0.0.1 | console.username",
        "tcp://127.0.0.1 | mqtts://host:port",
        "mqtts://console.example/topic | mqtts://host:port",
        "'not a url' | is not a URL",
      })
  void a_broker_that_could_be_overheard_or_is_none_is_refused(String url, String why) {
    assertThat(problems(SMALLEST.replace("mqtt://127.0.0.1:1883", "\"" + url + "\"")))
        .singleElement()
        .asString()
        .startsWith("console.url: ")
        .contains(why)
        .doesNotContain("hunter2");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"mqtt://localhost", "mqtt://127.0.0.1:1", "mqtt://[::1]:1883", "mqtts://h:8883"})
  void a_broker_on_this_machine_or_behind_tls_is_taken(String url) throws Exception {
    assertThat(load(SMALLEST.replace("mqtt://127.0.0.1:1883", url)).console().url())
        .hasToString(url);
  }

  @Test
  void without_a_trusted_key_nothing_starts() {
    assertThat(problems(SMALLEST.replaceAll("trustedKeys: .*", "trustedKeys: []")))
        .singleElement()
        .asString()
        .startsWith("console.trustedKeys: is missing or empty");
  }

  @Test
  void two_adapters_of_one_name_are_refused() {
    assertThat(problems(SMALLEST + "    - name: hci0\n"))
        .containsExactly("radio.adapters: holds one name twice");
  }

  @Test
  void digits_that_yaml_takes_for_a_number_are_asked_for_in_quotes() {
    assertThat(problems(SMALLEST + "testPhones: [101122334455]\n"))
        .containsExactly("testPhones[0]: needs text, not a number; put it in \"quotes\"");
  }

  @Test
  void a_file_that_is_missing_says_how_to_get_one() {
    assertThat(problemsOf(folder.resolve("nowhere.yaml")))
        .singleElement()
        .asString()
        .contains("no such file", "add-node");
  }

  @Test
  void a_folder_is_no_file() {
    assertThat(problemsOf(folder)).singleElement().asString().contains("cannot be read");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"site: [", "site: a\nsite: b\n", "\tsite: a", "password: \"hunter2", "a: b: c"})
  void what_is_not_yaml_is_refused_without_quoting_it(String text) {
    assertThat(problems(text))
        .singleElement()
        .asString()
        .startsWith("the file is not YAML")
        .doesNotContain("hunter2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "---\n", "# nothing\n", "null"})
  void an_empty_file_says_so(String text) {
    assertThat(problems(text)).containsExactly("the file is empty");
  }

  @ParameterizedTest
  @ValueSource(strings = {"- site", "site", "12"})
  void yaml_that_is_no_mapping_is_refused(String text) {
    assertThat(problems(text)).singleElement().asString().contains("needs lines such as");
  }

  @Test
  void bytes_that_are_no_text_are_refused() throws IOException {
    Path file = folder.resolve("node.yaml");
    Files.write(file, "site: Z\u00fcrich".getBytes(StandardCharsets.ISO_8859_1));
    assertThat(problemsOf(file)).containsExactly("the file is not UTF-8 text");
  }

  @Test
  void a_file_that_others_can_read_is_warned_about() throws IOException {
    Path file = Files.writeString(folder.resolve("node.yaml"), SMALLEST);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    assertThat(ConfigFile.permissionsTrouble(file)).get().asString().contains("chmod 600");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    assertThat(ConfigFile.permissionsTrouble(file)).isEmpty();
  }

  private BroadcasterConfig load(String yaml) throws IOException, ConfigException {
    return BroadcasterConfig.load(Files.writeString(folder.resolve("node.yaml"), yaml));
  }

  private List<String> problems(String yaml) {
    try {
      return problemsOf(Files.writeString(folder.resolve("node.yaml"), yaml));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static List<String> problemsOf(Path file) {
    ConfigException refused =
        catchThrowableOfType(ConfigException.class, () -> BroadcasterConfig.load(file));
    assertThat(refused).as("nothing was wrong with it").isNotNull();
    return refused.problems();
  }
}
