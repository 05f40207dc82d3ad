package org.towncrier.console.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.datasketches.hll.HllSketch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.towncrier.console.TestConsole;
import org.towncrier.console.TestPicture;
import org.towncrier.console.api.ApiClient.Answer;
import org.towncrier.console.token.Scope;
import org.towncrier.protocol.MessageId;
import org.towncrier.protocol.NodeState;
import tools.jackson.databind.JsonNode;

/**
 * Programs do all that the document tells of, on the real console with a broker of its own; each
 * answer is held to the document by {@link ApiClient}.
 */
class ApiStoryTest {
  private static final ZoneId LONDON = ZoneId.of("Europe/London");

  @TempDir static Path data;
  static ApiTown town;
  static ApiClient api;
  static String writes;
  static String decides;
  static String administers;

  @BeforeAll
  static void start() {
    town =
        new ApiTown(
            TestConsole.withBroker(
                data,
                "mqtt://127.0.0.1:0",
                "--towncrier.api.approvals=true",
                "--towncrier.api.requests-per-minute=100000",
                "--towncrier.noticeboard.url=https://check.example.gov.uk",
                "--towncrier.permitted-hours.start=00:00",
                "--towncrier.permitted-hours.end=00:00"));
    api = town.api;
    writes =
        town.token(
            "ann",
            Scope.CAMPAIGNS_READ,
            Scope.CAMPAIGNS_WRITE,
            Scope.MESSAGES_READ,
            Scope.MESSAGES_WRITE,
            Scope.PLAN_READ,
            Scope.PLAN_WRITE,
            Scope.NODES_READ,
            Scope.NOTICEBOARD_READ);
    decides =
        town.token(
            "bob",
            Scope.MESSAGES_READ,
            Scope.MESSAGES_APPROVE,
            Scope.MESSAGES_STOP,
            Scope.MESSAGES_RESUME);
    administers =
        town.token(
            "admin",
            Scope.NODES_READ,
            Scope.NODES_HOLD,
            Scope.NODES_WRITE,
            Scope.NODES_TAKE_OUT,
            Scope.NODES_COMMAND,
            Scope.PEOPLE_READ,
            Scope.PEOPLE_WRITE,
            Scope.AUDIT_READ);
  }

  @AfterAll
  static void stop() {
    town.console.close();
  }

  @Test
  void programs_do_all_that_the_document_tells_of() {
    campaigns();
    messages();
    urgent();
    nodes();
    evaluation();
    people();
    assertThat(api.send("GET", "/api/v1/openapi.json", null, null, null).status()).isEqualTo(200);
    assertThat(api.all())
        .as("operations of the document that this story leaves out")
        .allSatisfy(
            operation ->
                assertThat(api.done().contains(operation) || operation.endsWith("openapi.json"))
                    .as(operation)
                    .isTrue());
  }

  private static void campaigns() {
    String file = TestConsole.campaign("safer", "square", "Home safe", "Look after it");
    Answer taken = api.call(writes, "POST", "/campaign-files", "application/yaml", file);
    assertThat(taken.status()).isEqualTo(201);
    assertThat(taken.response().headers().firstValue("Location"))
        .hasValue("/api/v1/campaigns/safer");
    assertThat(taken.json().path("messages").toString()).isEqualTo("[\"safer-0\",\"safer-1\"]");
    assertThat(api.call(writes, "POST", "/campaign-files", "application/yaml", file).wrong())
        .containsExactly("campaign");

    Answer wrong =
        api.call(
            writes,
            "POST",
            "/campaign-files",
            "application/yaml",
            file.replace("campaign: safer", "campaign: other").replace("kind: text", "kind: song"));
    assertThat(wrong.status()).isEqualTo(422);
    assertThat(wrong.wrong()).containsExactly("messages[0].kind", "messages[1].kind");

    assertThat(api.get(writes, "/campaigns").json().path("items").path(0).path("id").asString())
        .isEqualTo("safer");
    assertThat(api.get(writes, "/campaigns/safer").json().path("title").asString())
        .isEqualTo("Campaign safer");
    assertThat(api.get(writes, "/campaigns.csv").body()).contains("safer,Campaign safer,");
    String out = api.get(writes, "/campaigns/safer/file").body();
    Answer again =
        api.call(
            writes,
            "POST",
            "/campaign-files",
            "application/yaml",
            out.replace("campaign: safer", "campaign: again").replace("id: safer-", "id: again-"));
    assertThat(again.status()).as(again.body()).isEqualTo(201);
    assertThat(
            api.get(writes, "/campaigns/again/file")
                .body()
                .replace("campaign: again", "campaign: safer")
                .replace("id: again-", "id: safer-"))
        .isEqualTo(out);
    begun();
    assertThat(api.get(writes, "/campaigns/none").status()).isEqualTo(404);
    assertThat(api.get(writes, "/campaigns/NO%20ID").status()).isEqualTo(404);
  }

  private static void begun() {
    Answer begun = api.post(writes, "/campaigns", campaign());
    assertThat(begun.status()).as(begun.body()).isEqualTo(201);
    assertThat(begun.response().headers().firstValue("Location"))
        .hasValue("/api/v1/campaigns/spring");
    Map<String, Object> changed = campaign();
    changed.put("edit", begun.json().path("edit").asInt());
    changed.put("ends", "2027-04-30");
    JsonNode now = api.put(writes, "/campaigns/spring", changed).json();
    assertThat(now.path("ends").asString()).isEqualTo("2027-04-30");
    assertThat(now.path("edit").asInt()).isEqualTo(2);
    Answer stale = api.put(writes, "/campaigns/spring", changed);
    assertThat(stale.status()).isEqualTo(409);
    assertThat(stale.detail()).contains("Somebody has changed this campaign");
  }

  private static Map<String, Object> campaign() {
    return new java.util.HashMap<>(
        Map.of(
            "title", "Spring",
            "sender", "The community safety team",
            "contact", "Objections: 01530 454704",
            "starts", "2027-03-01",
            "ends", "2027-05-01"));
  }

  private static void messages() {
    LocalDate today = LocalDate.now(ZoneId.of("Europe/London"));
    Answer made =
        api.post(
            writes,
            "/messages",
            Map.of(
                "campaign",
                "safer",
                "title",
                "Last bus",
                "kind",
                "TEXT",
                "wordings",
                ApiTown.words("At 23:10.")));
    assertThat(made.status()).isEqualTo(201);
    assertThat(made.response().headers().firstValue("Location"))
        .hasValue("/api/v1/messages/last-bus");
    assertThat(made.json().path("author").asString()).isEqualTo("ann");
    int edit = made.json().path("edit").asInt();

    Answer words =
        api.put(
            writes,
            "/messages/last-bus/words",
            Map.of(
                "edit",
                edit,
                "title",
                "Last bus",
                "kind",
                "TEXT",
                "wordings",
                ApiTown.words("It is at 23:15.")));
    assertThat(words.status()).isEqualTo(200);
    Answer stale =
        api.put(
            writes,
            "/messages/last-bus/words",
            Map.of(
                "edit",
                edit,
                "title",
                "Last bus",
                "kind",
                "TEXT",
                "wordings",
                ApiTown.words("Lost?")));
    assertThat(stale.status()).isEqualTo(409);
    assertThat(stale.detail()).contains("Somebody has changed this message");

    Answer when =
        api.put(
            writes,
            "/messages/last-bus/schedule",
            Map.of(
                "edit",
                words.json().path("edit").asInt(),
                "places",
                List.of("square"),
                "windows",
                List.of(times(today)),
                "priority",
                "HIGH"));
    assertThat(when.status()).isEqualTo(200);
    assertThat(when.json().path("wordings").path(0).path("texts").path(0).path("text").asString())
        .isEqualTo("It is at 23:15.");
    assertThat(when.json().path("windows").path(0).path("zone").asString())
        .isEqualTo("Europe/London");

    assertThat(api.get(writes, "/messages/last-bus/checks").json().path("items").size())
        .isPositive();
    assertThat(step("submit", writes)).isEqualTo("SUBMITTED");
    assertThat(step("withdraw", writes)).isEqualTo("DRAFT");
    assertThat(step("submit", writes)).isEqualTo("SUBMITTED");
    int read = edit("last-bus");
    assertThat(
            api.post(decides, "/messages/last-bus/return", Map.of("edit", read, "reason", " "))
                .wrong())
        .containsExactly("reason");
    assertThat(
            api.post(
                    decides,
                    "/messages/last-bus/return",
                    Map.of("edit", read, "reason", "Which bus?"))
                .json()
                .path("reason")
                .asString())
        .isEqualTo("Which bus?");
    Answer mended =
        api.put(
            writes,
            "/messages/last-bus/words",
            Map.of(
                "edit",
                read,
                "title",
                "Last bus",
                "kind",
                "TEXT",
                "wordings",
                ApiTown.words("The 29 is at 23:15.")));
    assertThat(mended.json().path("version").asInt()).isEqualTo(2);
    assertThat(step("submit", writes)).isEqualTo("SUBMITTED");

    assertThat(api.post(decides, "/messages/last-bus/approve", Map.of("edit", read)).status())
        .as("words that were not the ones read")
        .isEqualTo(409);
    Answer approved =
        api.post(decides, "/messages/last-bus/approve", Map.of("edit", edit("last-bus")));
    assertThat(approved.json().path("status").asString()).isEqualTo("LIVE");
    assertThat(approved.json().path("decidedBy").asString()).isEqualTo("bob");

    JsonNode nodes = api.get(writes, "/messages/last-bus/nodes").json().path("items");
    assertThat(nodes.path(0).path("node").asString()).isEqualTo("square-north");
    assertThat(
            api.get(writes, "/plan/at?site=square&at=" + today + "T23:40:00Z")
                .json()
                .path("items")
                .path(0)
                .path("message")
                .asString())
        .isEqualTo("last-bus");
    assertThat(api.get(writes, "/plan/week?from=" + today).json().path("items").toString())
        .contains("last-bus");
    assertThat(api.get(writes, "/plan.csv?from=" + today).body())
        .contains(",last-bus,Last bus,HIGH,no,all");
    copiedWeek(today.plusDays(7));
    events(today);
    JsonNode board = api.get(writes, "/noticeboard").json().path("items");
    assertThat(board.path(0).path("message").asString()).isEqualTo("last-bus");
    assertThat(board.path(0).path("address").asString())
        .startsWith("https://check.example.gov.uk/message/");

    assertThat(step("pause", decides)).isEqualTo("PAUSED");
    assertThat(step("resume", decides)).isEqualTo("LIVE");
    assertThat(step("end", decides)).isEqualTo("ENDED");
    assertThat(api.post(decides, "/messages/last-bus/pause", null).status()).isEqualTo(409);
    assertThat(api.get(writes, "/messages/last-bus/versions").json().path("items").size())
        .isEqualTo(3);
    assertThat(api.get(writes, "/messages/last-bus/history").json().path("items").toString())
        .contains("\"via\":\"token 2 (program of bob)\"");

    assertThat(api.post(writes, "/messages/safer-0/discard", null).json().path("status").asString())
        .isEqualTo("DISCARDED");
    assertThat(api.post(decides, "/messages/safer-1/cancel", null).json().path("status").asString())
        .isEqualTo("CANCELLED");
    JsonNode found = api.get(writes, "/messages?words=bus&status=ENDED").json().path("items");
    assertThat(found.size()).isEqualTo(1);
    JsonNode page = api.get(writes, "/messages?size=2").json();
    assertThat(page.path("items").size()).isEqualTo(2);
    assertThat(page.path("more").asBoolean()).isTrue();
    assertThat(api.get(writes, "/messages?size=2&page=3").json().path("more").asBoolean())
        .isFalse();
    assertThat(api.get(writes, "/messages.csv?words=bus").body()).contains("last-bus,Last bus,");
    pictures();
  }

  /** Its last week, of which the week after has nothing yet. */
  private static void copiedWeek(LocalDate day) {
    JsonNode copy = api.get(writes, "/plan/copy?week=" + day).json().path("items").path(0);
    assertThat(copy.path("message").asString()).isEqualTo("last-bus");
    assertThat(copy.path("why").isNull()).isTrue();
    assertThat(copy.path("added").path(0).path("start").asString()).isEqualTo("00:00:00");
    Map<String, Object> wanted = Map.of("edit", copy.path("edit").asInt(), "week", day.toString());
    JsonNode written = api.post(writes, "/messages/last-bus/copy-week", wanted).json();
    assertThat(written.path("status").asString()).isEqualTo("DRAFT");
    assertThat(written.path("windows").size()).isEqualTo(2);
    assertThat(api.post(writes, "/messages/last-bus/copy-week", wanted).detail())
        .contains("Another version of it is being written");
    assertThat(
            api.get(writes, "/plan/copy?week=" + day)
                .json()
                .path("items")
                .path(0)
                .path("why")
                .asString())
        .contains("Another version of it is being written");
    assertThat(api.post(writes, "/messages/last-bus/discard", null).status()).isEqualTo(200);
    Answer stale =
        api.post(writes, "/messages/last-bus/copy-week", Map.of("edit", 99, "week", "" + day));
    assertThat(stale.status()).isEqualTo(409);
    assertThat(stale.detail()).contains("Somebody has changed this message");
  }

  private static void events(LocalDate today) {
    Answer added =
        api.post(
            writes,
            "/plan/events",
            Map.of(
                "name", " Moto Grand Prix ",
                "first", today.plusDays(3).toString(),
                "last", today.plusDays(5).toString()));
    assertThat(added.status()).as(added.body()).isEqualTo(201);
    String id = added.json().path("id").asString();
    assertThat(added.response().headers().firstValue("Location"))
        .hasValue("/api/v1/plan/events/" + id);
    assertThat(
            api.put(
                    writes,
                    "/plan/events/" + id,
                    Map.of(
                        "name", "Moto Grand Prix",
                        "first", today.plusDays(4).toString(),
                        "last", today.plusDays(5).toString()))
                .status())
        .isEqualTo(200);
    JsonNode listed = api.get(writes, "/plan/events").json().path("items").path(0);
    assertThat(listed.path("name").asString()).isEqualTo("Moto Grand Prix");
    assertThat(listed).isEqualTo(api.get(writes, "/plan/events/" + id).json());
    assertThat(listed.path("first").asString()).isEqualTo(today.plusDays(4).toString());
    assertThat(api.get(writes, "/plan/events.csv").body())
        .isEqualTo(
            "event,name,first,last\r\n%s,Moto Grand Prix,%s,%s\r\n"
                .formatted(id, today.plusDays(4), today.plusDays(5)));
    assertThat(
            api.call(writes, "DELETE", "/plan/events/" + id, null, null)
                .json()
                .path("name")
                .asString())
        .isEqualTo("Moto Grand Prix");
    assertThat(api.call(writes, "DELETE", "/plan/events/" + id, null, null).status())
        .isEqualTo(404);
    assertThat(api.get(writes, "/plan/events").json().path("items").size()).isZero();
  }

  private static void pictures() {
    String jpeg = Base64.getEncoder().encodeToString(TestPicture.jpeg());
    List<Map<String, String>> described =
        List.of(Map.of("language", "en", "text", "A picture of the square"));
    Answer made =
        api.post(
            writes,
            "/messages",
            Map.of(
                "campaign",
                "safer",
                "title",
                "The square",
                "kind",
                "IMAGE",
                "wordings",
                List.of(Map.of("texts", described, "image", jpeg))));
    assertThat(made.json().path("wordings").path(0).path("picture").asBoolean()).isTrue();
    Answer kept =
        api.put(
            writes,
            "/messages/the-square/words",
            Map.of(
                "edit",
                made.json().path("edit").asInt(),
                "title",
                "The square by night",
                "kind",
                "IMAGE",
                "wordings",
                List.of(Map.of("texts", described))));
    assertThat(kept.json().path("wordings").path(0).path("picture").asBoolean())
        .as("the picture before stays")
        .isTrue();
    assertThat(api.get(writes, "/messages/the-square/image").status()).isEqualTo(200);
    assertThat(api.get(writes, "/messages/the-square/image?wording=2").status()).isEqualTo(404);
    assertThat(api.get(writes, "/messages/the-square/image?version=1").status()).isEqualTo(200);
    assertThat(api.get(writes, "/messages/the-square/image?version=2").status()).isEqualTo(404);
    assertThat(api.get(writes, "/messages/the-square/image?version=0").wrong())
        .containsExactly("version");
    assertThat(api.get(writes, "/messages/last-bus/image").status()).isEqualTo(404);
    Answer two =
        api.post(
            writes,
            "/messages",
            Map.of(
                "campaign",
                "safer",
                "title",
                "Who to call",
                "kind",
                "VCARD",
                "wordings",
                List.of(
                    Map.of("texts", described, "fileName", "Numbers.vcf", "contact", card("101")),
                    Map.of("texts", described, "fileName", "Help.vcf", "contact", card("999")))));
    assertThat(
            two.json()
                .path("wordings")
                .path(1)
                .path("contact")
                .path("numbers")
                .path(0)
                .path("dial")
                .asString())
        .isEqualTo("999");
  }

  private static Map<String, Object> card(String dial) {
    return Map.of(
        "name",
        "Police",
        "organisation",
        "Police",
        "numbers",
        List.of(Map.of("label", "Police", "dial", dial)));
  }

  private static void urgent() {
    Answer sent =
        api.post(
            writes,
            "/urgent-messages",
            Map.of(
                "campaign",
                "safer",
                "title",
                "Keep away",
                "texts",
                List.of(
                    Map.of("language", "en", "text", "Keep away from the square."),
                    Map.of("language", "pl", "text", "Nie zbliżaj się do rynku.")),
                "places",
                List.of("square"),
                "hours",
                2));
    assertThat(sent.status()).isEqualTo(201);
    assertThat(sent.json().path("status").asString()).isEqualTo("SUBMITTED");
    assertThat(sent.json().path("priority").asString()).isEqualTo("URGENT");
    assertThat(sent.json().path("wordings").path(0).path("texts").path(1).path("language"))
        .hasToString("\"pl\"");
  }

  private static void nodes() {
    assertThat(api.get(administers, "/sites").json().path("items").size()).isEqualTo(2);
    assertThat(api.get(administers, "/sites/square").json().path("name").asString())
        .isEqualTo("Marlborough Square");
    assertThat(flag("/sites/square/hold", "hold")).isTrue();
    assertThat(flag("/sites/square/resume", "hold")).isFalse();
    assertThat(
            api.put(administers, "/sites/square/training", Map.of("training", true))
                .json()
                .path("training")
                .asBoolean())
        .isTrue();
    api.put(administers, "/sites/square/training", Map.of("training", false));
    assertThat(
            api.put(
                    administers,
                    "/sites/square/contact-rules",
                    Map.of("offersPerNight", 2, "tries", 3, "retryAfterSeconds", 60))
                .json()
                .path("contactRules")
                .path("offersPerNight")
                .asInt())
        .isEqualTo(2);
    assertThat(
            api.put(
                    administers,
                    "/sites/square/contact-rules",
                    Map.of("offersPerNight", 0, "tries", 3, "retryAfterSeconds", 1))
                .wrong())
        .containsExactly("offersPerNight", "retryAfterSeconds");

    assertThat(api.get(administers, "/nodes").json().path("items").size()).isEqualTo(2);
    JsonNode node = api.get(administers, "/nodes/square/square-north").json();
    assertThat(node.path("presence").asString()).isEqualTo("ONLINE");
    assertThat(node.path("said").path("adapters").path(0).path("health").asString())
        .isEqualTo("UP");
    assertThat(api.get(administers, "/nodes/street/street-east").json().path("said").isNull())
        .isTrue();
    assertThat(api.get(administers, "/nodes.csv").body()).contains("square,Marlborough Square,");
    assertThat(flag("/nodes/square/square-north/hold", "hold")).isTrue();
    assertThat(flag("/nodes/square/square-north/resume", "hold")).isFalse();
    assertThat(
            api.put(administers, "/nodes/square/square-north/training", Map.of("training", true))
                .json()
                .path("training")
                .asBoolean())
        .isTrue();
    assertThat(api.post(administers, "/nodes/square/square-north/leave-alone", null).status())
        .isEqualTo(202);
    town.console.heard(
        "square",
        "square-north",
        null,
        new NodeState.MessageState(
            new MessageId("safer-1"), NodeState.MessageState.Status.WAITING));
    assertThat(offer().wrong()).as("an older node's program can't").containsExactly("message");
    testPhones(0);
    assertThat(offer().wrong()).as("there is nobody to offer it to").containsExactly("message");
    testPhones(2);
    assertThat(offer().status()).isEqualTo(202);
    assertThat(
            api.post(
                    administers,
                    "/nodes/square/square-north/test-offer",
                    Map.of("message", "safer-0"))
                .wrong())
        .containsExactly("message");
    placesAndLeaving();
    assertThat(api.get(administers, "/nodes/square/none").status()).isEqualTo(404);
    assertThat(api.get(administers, "/sites/none").status()).isEqualTo(404);
  }

  private static void placesAndLeaving() {
    Map<String, Object> place = Map.of("latitude", 52.7240, "longitude", -1.3690);
    for (String path : List.of("/sites/street", "/nodes/street/street-east")) {
      JsonNode placed = api.put(administers, path + "/position", place).json().path("position");
      assertThat(placed.path("longitude").asDouble()).isEqualTo(-1.3690);
    }
    assertThat(api.get(administers, "/nodes.csv").body()).contains(",52.724,-1.369,,");
    for (String path : List.of("/sites/street", "/nodes/street/street-east")) {
      assertThat(
              api.call(administers, "DELETE", path + "/position", null, null)
                  .json()
                  .path("position")
                  .isNull())
          .isTrue();
    }
    town.console
        .bean(JdbcClient.class)
        .sql(
            "INSERT INTO coverage (hour, site, node, adapter, seconds)"
                + " VALUES (?, 'street', 'street-east', 'hci0', 3600)")
        .param(lastNight().atTime(22, 0).atZone(LONDON).toInstant().toString())
        .update();
    JsonNode node = api.get(administers, "/nodes/street/street-east").json();
    assertThat(node.path("lastNight").path(0).path("seconds").asInt()).isEqualTo(3600);
    assertThat(node.path("permittedHours").path("zone").asString()).isEqualTo("Europe/London");
    assertThat(node.path("troubles").path(0).path("words").asString())
        .isEqualTo("Has never connected");

    // One that never connected leaves as soon as the console looks.
    town.console.heard("street", "street-east", null);
    String path = "/nodes/street/street-east";
    assertThat(
            api.post(administers, path + "/take-out", null).json().path("leavingSince").isString())
        .isTrue();
    Answer twice = api.post(administers, path + "/take-out", null);
    assertThat(twice.status()).as("it is leaving already").isEqualTo(409);
    assertThat(api.post(administers, path + "/keep", null).json().path("leavingSince").isNull())
        .isTrue();
    assertThat(api.post(administers, path + "/keep", null).status()).isEqualTo(409);
    assertThat(
            api.post(administers, path + "/take-out-at-once", null).json().path("node").asString())
        .isEqualTo("street-east");
    assertThat(api.get(administers, path).status()).isEqualTo(404);
    assertThat(api.post(administers, path + "/take-out-at-once", null).status()).isEqualTo(404);
    assertThat(api.get(administers, "/audit?words=street-east").json().path("items").toString())
        .contains("\"what\":\"took out\"", "\"via\":\"token 3 (program of admin)\"");
  }

  /** The last whole one, noon to noon. */
  private static LocalDate lastNight() {
    return LocalDateTime.now(LONDON).minusHours(36).toLocalDate();
  }

  private static Answer offer() {
    return api.post(
        administers, "/nodes/square/square-north/test-offer", Map.of("message", "safer-1"));
  }

  /** How many the node says it has. */
  private static void testPhones(int count) {
    town.console
        .bean(JdbcClient.class)
        .sql(
            "UPDATE node_heard SET state = json_set(state, '$.testPhones', ?) WHERE site = 'square'")
        .param(count)
        .update();
  }

  private static void evaluation() {
    town.count("last-bus", "ACCEPTED", false, 43);
    town.count("last-bus", "UNSUPPORTED", false, 9);
    town.count("last-bus", "DECLINED_OR_IGNORED", true, 500);
    town.console
        .bean(JdbcClient.class)
        .sql(
            "INSERT INTO coverage (hour, site, node, adapter, seconds)"
                + " VALUES ('2026-11-20T22:00:00Z', 'square', 'square-north', 'hci0', 1800)")
        .update();
    String evaluates = town.token("eve", Scope.EVALUATION_READ);
    JsonNode counts = api.get(evaluates, "/evaluation/counts").json().path("items");
    assertThat(counts.size()).isEqualTo(3);
    assertThat(
            api.get(
                    evaluates,
                    "/evaluation/counts?from=2026-11-21T00:00:00Z&before=2026-11-22T00:00:00%2B00:00")
                .json()
                .path("items")
                .size())
        .isZero();
    assertThat(api.get(evaluates, "/evaluation/counts.csv").body())
        .contains(
            ",2026-11-20T22:00:00Z,square,square-north,ACCEPTED,,no,43,,2026-11-20T22:00:00+00:00,EXACT");
    assertThat(api.get(evaluates, "/evaluation/totals").json().path("items").toString())
        .as("what leaves the team: rounded to 5, nothing below 10, no training")
        .contains("\"outcome\":\"ACCEPTED\",\"figures\":\"PUBLISHED\",\"count\":45")
        .contains("\"outcome\":\"UNSUPPORTED\",\"figures\":\"PUBLISHED\",\"count\":null")
        .doesNotContain("DECLINED");
    assertThat(
            api.get(evaluates, "/evaluation/totals?figures=EXACT").json().path("items").toString())
        .contains("\"figures\":\"EXACT\",\"count\":43");
    figures(evaluates);
    assertThat(
            api.get(evaluates, "/evaluation/coverage")
                .json()
                .path("items")
                .path(0)
                .path("seconds")
                .asInt())
        .isEqualTo(1800);
  }

  private static void figures(String evaluates) {
    JdbcClient db = town.console.bean(JdbcClient.class);
    HllSketch sketch = new HllSketch(12);
    IntStream.range(0, 12).forEach(sketch::update);
    db.sql(
            "INSERT INTO phones_seen VALUES"
                + " ('square', 'square-north', '2026-11-20T22:00:00Z', 0, ?)")
        .param(sketch.toCompactByteArray())
        .update();
    for (String count : List.of("a-1 ACCEPTED 48", "a-1 UNANSWERED 32", "b-1 ACCEPTED 9")) {
      String[] parts = count.split(" ");
      db.sql(
              "INSERT INTO outcome_count (message, hour, site, node, outcome, reason, training,"
                  + " count, variant) VALUES ('two', '2026-11-20T22:00:00Z', 'square', 'square-north',"
                  + " ?, '', 0, ?, ?)")
          .params(parts[1], Long.valueOf(parts[2]), parts[0])
          .update();
    }
    db.sql(
            "INSERT INTO outcome_count (message, hour, site, node, outcome, reason, training, count)"
                + " VALUES ('two', '2026-11-20T22:00:00Z', 'square', 'square-north', 'WITHHELD',"
                + " 'BUDGET_SPENT', 0, 7)")
        .update();

    String nights = "?from=2026-11-14&to=2026-11-20";
    assertThat(api.get(evaluates, "/evaluation/nights" + nights).json().path("items").toString())
        .isEqualTo(
            "[{\"night\":\"2026-11-20\",\"site\":\"square\",\"figures\":\"PUBLISHED\",\"phones\":10}]");
    assertThat(api.get(evaluates, "/evaluation/nights.csv" + nights + "&figures=EXACT").body())
        .isEqualTo("night,site,figures,phones\r\n2026-11-20,square,EXACT,12\r\n");
    JsonNode compared = api.get(evaluates, "/evaluation/wordings").json().path("items").path(0);
    assertThat(compared.path("wordings").path(0).path("asked").asLong()).isEqualTo(80);
    assertThat(compared.path("wordings").path(0).path("shareFrom").asDouble()).isBetween(0.49, 0.5);
    assertThat(compared.path("sentences").path(0).asString())
        .startsWith("B was accepted more often than A");
    assertThat(api.get(evaluates, "/evaluation/wordings.csv").body())
        .contains("\r\ntwo,two,b-1,,EXACT,9,9,");
    assertThat(api.get(evaluates, "/evaluation/withheld").json().path("items").toString())
        .isEqualTo("[{\"reason\":\"BUDGET_SPENT\",\"count\":7}]");
    assertThat(api.get(evaluates, "/evaluation/withheld.csv").body())
        .isEqualTo("reason,figures,count\r\nBUDGET_SPENT,EXACT,7\r\n");
    assertThat(api.get(evaluates, "/evaluation/totals.csv").body())
        .as("what leaves the team")
        .contains("last-bus,Last bus,ACCEPTED,PUBLISHED,45\r\n", "two,two,WITHHELD,PUBLISHED,\r\n");
    assertThat(api.get(evaluates, "/evaluation/totals.csv?figures=EXACT").body())
        .contains("two,two,WITHHELD,EXACT,7\r\n");
    assertThat(api.get(evaluates, "/evaluation/coverage.csv").body())
        .contains("square,square-north,1800\r\n");
  }

  private static void people() {
    assertThat(api.get(administers, "/people").json().path("items").size()).isEqualTo(4);
    Answer added =
        api.post(
            administers,
            "/people",
            Map.of("username", "Cat@example.org", "name", "Cat", "roles", List.of("AUTHOR")));
    assertThat(added.status()).isEqualTo(201);
    assertThat(added.json().path("hasPassword").asBoolean()).isFalse();
    assertThat(added.json().path("enabled").asBoolean()).as("by a person alone").isFalse();
    assertThat(added.body()).as("no program hands out access").doesNotContain("set-password");
    assertThat(
            api.post(
                    administers,
                    "/people",
                    Map.of("username", "cat@example.org", "name", "", "roles", List.of()))
                .wrong())
        .containsExactly("name");
    assertThat(api.get(administers, "/people/cat@example.org").json().path("name").asString())
        .isEqualTo("Cat");
    assertThat(
            api.post(administers, "/people/cat@example.org/disable", null)
                .json()
                .path("enabled")
                .asBoolean())
        .isFalse();
    Answer last = api.post(administers, "/people/admin/disable", null);
    assertThat(last.status()).as("the only administrator").isEqualTo(422);
    assertThat(api.get(administers, "/people.csv").body()).contains("cat@example.org,Cat,AUTHOR,");
    assertThat(api.get(administers, "/people/nobody").status()).isEqualTo(404);
    JsonNode trail = api.get(administers, "/audit?words=cat%40example.org").json().path("items");
    assertThat(trail.path(0).path("what").asString()).isEqualTo("disabled");
    assertThat(trail.path(0).path("who").asString()).isEqualTo("admin");
    assertThat(trail.path(0).path("via").asString()).isEqualTo("token 3 (program of admin)");
    assertThat(api.get(administers, "/audit.csv?words=approved").body())
        .contains(",bob,approved,message last-bus,version 2,token 2 (program of bob),");
    assertThat(api.get(administers, "/audit?from=yesterday").wrong()).containsExactly("from");
  }

  private static boolean flag(String path, String field) {
    return api.post(administers, path, null).json().path(field).asBoolean();
  }

  private static String step(String step, String token) {
    return api.post(token, "/messages/last-bus/" + step, null).json().path("status").asString();
  }

  private static int edit(String message) {
    return api.get(decides, "/messages/" + message).json().path("edit").asInt();
  }

  private static Map<String, Object> times(LocalDate today) {
    return Map.of(
        "from", today.toString(),
        "to", today.plusDays(7).toString(),
        "days",
            List.of("MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY"),
        "start", "00:00",
        "end", "00:00");
  }
}
