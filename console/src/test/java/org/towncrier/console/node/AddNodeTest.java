package org.towncrier.console.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.security.crypto.factory.PasswordEncoderFactories;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.towncrier.console.audit.AuditTrail;
import org.towncrier.console.input.InvalidInputException;
import org.towncrier.console.publish.BrokerAddress;
import org.towncrier.console.publish.ScheduleChanged;
import org.towncrier.console.store.TestStore;
import org.towncrier.protocol.NodeId;
import org.towncrier.protocol.SigningKey;
import org.towncrier.protocol.SiteId;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

final class AddNodeTest {
  private static final SiteId SITE = new SiteId("market");
  private static final NodeId CLOCK = new NodeId("clock");

  @TempDir Path folder;
  private final List<Object> events = new ArrayList<>();
  private final PasswordEncoder encoder =
      PasswordEncoderFactories.createDelegatingPasswordEncoder();
  private final SigningKey key = SigningKey.generate();
  private Instant now = Instant.parse("2026-11-23T21:00:00Z");
  private TestStore store;
  private SiteSecrets secrets;
  private AddNode addNode;

  @BeforeEach
  void open() {
    store = new TestStore(folder.resolve("data"));
    secrets = new SiteSecrets(store.db(), store.transactions(), () -> now, store.settings());
    addNode =
        new AddNode(
            store.db(),
            store.transactions(),
            new AuditTrail(store.db(), () -> now),
            () -> now,
            secrets,
            key,
            encoder,
            store.settings(),
            new StaticListableBeanFactory().getBeanProvider(BrokerAddress.class),
            events::add);
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void a_node_gets_an_account_and_two_files_for_their_owner_only() throws IOException {
    Path file = addNode.add(request("out", false)).settings();

    assertThat(file).isEqualTo(folder.resolve("out/clock.yaml"));
    try (Stream<Path> files = Files.list(folder.resolve("out"))) {
      assertThat(files)
          .containsExactlyInAnyOrder(file, folder.resolve("out/clock.seed.json"))
          .allSatisfy(
              each ->
                  assertThat(Files.getPosixFilePermissions(each))
                      .isEqualTo(PosixFilePermissions.fromString("rw-------")));
    }
    JsonNode yaml = yaml(file);
    assertThat(yaml.at("/site").asString()).isEqualTo("market");
    assertThat(yaml.at("/node").asString()).isEqualTo("clock");
    assertThat(yaml.at("/permittedHours/start").asString()).isEqualTo("19:00");
    assertThat(yaml.at("/console/trustedKeys/0").asString()).isEqualTo(key.trustedKey().encoded());
    assertThat(encoder.matches(yaml.at("/console/password").asString(), hash())).isTrue();
    assertThat(hash()).startsWith("{bcrypt}");
    assertThat(events).containsExactly(new ScheduleChanged(Set.of(SITE)));
    assertThat(new AuditTrail(store.db(), () -> now).of("node market/clock")).hasSize(1);
  }

  @Test
  void sections_that_were_asked_for_stand_in_the_file() throws IOException {
    Path file =
        addNode
            .add(
                new AddNodeRequest(
                    SITE,
                    CLOCK,
                    null,
                    folder.resolve("out"),
                    URI.create("mqtt://127.0.0.1:1883"),
                    false,
                    Map.of("radio", Map.of("stack", "emulator"))))
            .settings();
    assertThat(yaml(file).at("/radio/stack").asString()).isEqualTo("emulator");
  }

  @Test
  void nothing_that_is_there_is_overwritten() throws IOException {
    addNode.add(request("out", false));
    byte[] before = Files.readAllBytes(folder.resolve("out/clock.yaml"));

    assertThatThrownBy(() -> addNode.add(request("out", false)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("clock.yaml");
    assertThatThrownBy(() -> addNode.add(request("other", false)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("--again");
    assertThat(Files.readAllBytes(folder.resolve("out/clock.yaml"))).isEqualTo(before);
    assertThat(folder.resolve("other")).doesNotExist();
  }

  @Test
  void again_gives_a_new_password_and_the_same_secrets() throws IOException {
    String password =
        yaml(addNode.add(request("out", false)).settings()).at("/console/password").asString();
    String seed = Files.readString(folder.resolve("out/clock.seed.json"));
    addNode.add(request("out", true));

    assertThat(encoder.matches(password, hash())).isFalse();
    assertThat(Files.readString(folder.resolve("out/clock.seed.json"))).isEqualTo(seed);
  }

  @Test
  void a_name_that_differs_renames_the_site_and_none_leaves_it() throws IOException {
    assertThat(addNode.add(request("out", false)).renamedFrom()).isNull();
    assertThat(addNode.add(named(CLOCK, null, true)).renamedFrom()).isNull();
    assertThat(addNode.add(named(CLOCK, " The market ", true)).renamedFrom()).isNull();
    assertThat(siteName()).isEqualTo("The market");

    assertThat(addNode.add(named(CLOCK, "Market Place", true)).renamedFrom())
        .isEqualTo("The market");
    assertThat(siteName()).isEqualTo("Market Place");
    assertThat(addNode.add(named(new NodeId("arch"), "The Arches", false)).renamedFrom())
        .isEqualTo("Market Place");
    assertThat(siteName()).isEqualTo("The Arches");
    assertThat(new AuditTrail(store.db(), () -> now).of("site market")).hasSize(2);
  }

  @Test
  void again_is_for_nodes_that_are_there() {
    assertThatThrownBy(() -> addNode.add(request("out", true)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("leave --again out");
    assertNothingAdded();
  }

  @Test
  void files_that_cannot_be_written_leave_no_node_behind() throws IOException {
    Files.writeString(folder.resolve("out"), "not a folder");
    assertThatThrownBy(() -> addNode.add(request("out", false))).isInstanceOf(IOException.class);
    assertNothingAdded();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mqtt://127.0.0.1:0",
        "mqtt://broker.example:1883",
        "http://broker.example",
        "mqtts://ada:secret@broker.example",
        "broker.example:1883"
      })
  void an_address_that_no_node_could_use_is_refused(String url) {
    assertThatThrownBy(() -> addNode.add(request("out", false, URI.create(url))))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("public-url")
        .hasMessageNotContaining("secret");
    assertNothingAdded();
  }

  @Test
  void a_port_that_is_not_known_yet_is_asked_for() {
    assertThatThrownBy(() -> addNode.add(request("out", false, null)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("--broker-url");
  }

  @Test
  void each_noon_the_night_key_becomes_one_that_leads_nowhere_back() throws IOException {
    addNode.add(request("out", false));
    byte[] first = secrets.seed(SITE).nightKey();
    now = Instant.parse("2026-11-24T11:59:59Z");
    assertThat(secrets.seed(SITE).nightKey()).isEqualTo(first);
    now = Instant.parse("2026-11-24T12:00:00Z");
    byte[] second = secrets.seed(SITE).nightKey();
    assertThat(second).isEqualTo(SiteSecrets.next(first)).isNotEqualTo(first);
    now = Instant.parse("2026-11-27T12:00:00Z");
    assertThat(secrets.seed(SITE).nightKey())
        .isEqualTo(SiteSecrets.next(SiteSecrets.next(SiteSecrets.next(second))));
  }

  @Test
  void last_nights_key_is_nowhere_in_the_folder() throws IOException {
    addNode.add(request("out", false));
    byte[] first = secrets.seed(SITE).nightKey();
    assertThat(inDataFolder(first)).isTrue();
    now = Instant.parse("2026-11-24T12:00:00Z");
    secrets.catchUp();
    assertThat(inDataFolder(first)).isFalse();
  }

  private boolean inDataFolder(byte[] key) throws IOException {
    String wanted = new String(key, StandardCharsets.ISO_8859_1);
    try (Stream<Path> files = Files.walk(folder.resolve("data"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (Files.readString(file, StandardCharsets.ISO_8859_1).contains(wanted)) {
          return true;
        }
      }
    }
    return false;
  }

  private void assertNothingAdded() {
    for (String table : List.of("site", "node", "broker_account", "audit")) {
      assertThat(store.db().sql("SELECT count(*) FROM " + table).query(Long.class).single())
          .as(table)
          .isZero();
    }
    assertThat(events).isEmpty();
  }

  private AddNodeRequest named(NodeId node, @Nullable String siteName, boolean again) {
    URI url = URI.create("mqtts://broker.example:8883");
    return new AddNodeRequest(SITE, node, siteName, folder.resolve("out"), url, again, Map.of());
  }

  private String siteName() {
    return store.db().sql("SELECT name FROM site WHERE id = 'market'").query(String.class).single();
  }

  private AddNodeRequest request(String out, boolean again) {
    return request(out, again, URI.create("mqtts://broker.example:8883"));
  }

  private AddNodeRequest request(String out, boolean again, @Nullable URI url) {
    return new AddNodeRequest(SITE, CLOCK, "The market", folder.resolve(out), url, again, Map.of());
  }

  private String hash() {
    return store
        .db()
        .sql("SELECT password_hash FROM broker_account WHERE username = 'market.clock'")
        .query(String.class)
        .single();
  }

  private static JsonNode yaml(Path file) throws IOException {
    return YAMLMapper.builder().build().readTree(Files.readString(file));
  }
}
