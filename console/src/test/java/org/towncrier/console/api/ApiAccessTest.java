package org.towncrier.console.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.towncrier.console.Browser;
import org.towncrier.console.TestConsole;
import org.towncrier.console.api.ApiClient.Answer;
import org.towncrier.console.people.People;
import org.towncrier.console.people.Role;
import org.towncrier.console.token.Scope;
import org.towncrier.console.token.Tokens;
import tools.jackson.databind.JsonNode;

/** Who gets in, how far, and what everybody else is told. */
class ApiAccessTest {
  @TempDir static Path data;
  static ApiTown town;
  static ApiClient api;

  @BeforeAll
  static void start() {
    town = new ApiTown(new TestConsole(data));
    api = town.api;
    town.campaign("safer", "Home safe", "Look after it", "Third", "Fourth");
  }

  @AfterAll
  static void stop() {
    town.console.close();
  }

  private static void isProblem(Answer answer, int status) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(status);
    assertThat(answer.type()).startsWith("application/problem+json");
    assertThat(answer.json().path("status").asInt()).isEqualTo(status);
    assertThat(answer.detail()).isNotEmpty();
    assertThat(answer.body()).doesNotContain("Exception", "org.", "java.");
    assertThat(answer.response().headers().firstValue("Set-Cookie")).isEmpty();
  }

  @Test
  void every_address_of_the_document_is_shut_without_a_token() {
    for (String operation : api.all()) {
      if (operation.endsWith("openapi.json")) {
        continue;
      }
      String[] parts = operation.split(" ");
      Answer answer = api.send(parts[0], parts[1].replaceAll("\\{[^}]+\\}", "x"), null, null, null);
      isProblem(answer, 401);
      assertThat(answer.response().headers().firstValue("WWW-Authenticate")).hasValue("Bearer");
    }
  }

  @Test
  void every_address_asks_for_the_scope_that_the_document_names_and_no_other_opens_it() {
    for (Scope scope : town.console.bean(Tokens.class).offered()) {
      // Whoever has every role is stopped by the scope alone.
      for (Role role : Role.values()) {
        grant("admin", role);
      }
      String token = town.token("admin", scope);
      api.document()
          .path("paths")
          .properties()
          .forEach(
              path ->
                  path.getValue()
                      .properties()
                      .forEach(
                          method -> {
                            String needed =
                                method
                                    .getValue()
                                    .path("security")
                                    .path(0)
                                    .path("token")
                                    .path(0)
                                    .asString("");
                            if (needed.isEmpty() || needed.equals(scope.id())) {
                              return;
                            }
                            Answer answer =
                                api.send(
                                    method.getKey().toUpperCase(java.util.Locale.ROOT),
                                    path.getKey().replaceAll("\\{[^}]+\\}", "x"),
                                    token,
                                    null,
                                    null);
                            if (answer.status() != 415) { // Refused even before that.
                              isProblem(answer, 403);
                              assertThat(answer.response().headers().firstValue("WWW-Authenticate"))
                                  .hasValue(
                                      "Bearer error=\"insufficient_scope\", scope=\"%s\""
                                          .formatted(needed));
                            }
                          }));
    }
  }

  private static void grant(String username, Role role) {
    town.console
        .bean(JdbcClient.class)
        .sql(
            "INSERT OR IGNORE INTO person_role (person_id, role)"
                + " SELECT id, ? FROM person WHERE username = ?")
        .params(role.name(), username)
        .update();
  }

  @ParameterizedTest
  @CsvSource({
    "Basic YWRtaW46cGx1bQ==",
    "Bearer",
    "Bearer wrong",
    "Bearer towncrier_AAAA",
    "towncrier"
  })
  void anything_but_a_token_that_works_lets_nobody_in(String header) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(town.console.url() + "/api/v1/messages"))
            .header("Authorization", header)
            .build();
    isProblem(api.send(request), 401);
  }

  @Test
  void a_session_of_the_pages_means_nothing_here_and_a_token_nothing_there() throws Exception {
    Browser signedIn = town.administrator;
    assertThat(signedIn.get("/people").status()).isEqualTo(200);
    Browser.Page page = signedIn.get("/api/v1/people");
    assertThat(page.status()).isEqualTo(401);
    HttpRequest withToken =
        HttpRequest.newBuilder(URI.create(town.console.url() + "/people"))
            .header("Authorization", "Bearer " + town.token("admin", Scope.PEOPLE_READ))
            .build();
    assertThat(api.send(withToken).status()).as("sent to sign in").isEqualTo(302);
  }

  @Test
  void a_token_s_rights_are_never_more_than_its_person_s_own_and_end_with_theirs() {
    People people = town.console.bean(People.class);
    town.console.person(town.administrator, "dan", "Dan", "AUTHOR");
    long dan = people.find("dan").orElseThrow().id();
    String token = town.token("dan", Scope.MESSAGES_WRITE, Scope.MESSAGES_READ);
    Map<String, Object> message =
        Map.of(
            "campaign",
            "safer",
            "title",
            "By Dan",
            "kind",
            "TEXT",
            "wordings",
            ApiTown.words("Words"));
    assertThat(api.post(token, "/messages", message).status()).isEqualTo(201);

    people.setRoles("admin", dan, java.util.Set.of(Role.EVALUATOR));
    Answer refused = api.post(token, "/messages", message);
    isProblem(refused, 403);
    assertThat(refused.detail())
        .isEqualTo("Dan, for whom this token acts, does not have the role it needs: author.");
    assertThat(api.get(token, "/messages").status()).isEqualTo(200);

    people.setEnabled("admin", dan, false);
    isProblem(api.get(token, "/messages"), 401);
    people.setEnabled("admin", dan, true);
    Tokens tokens = town.console.bean(Tokens.class);
    tokens.revoke("admin", tokens.of("dan").get(0).id());
    isProblem(api.get(token, "/messages"), 401);
  }

  @Test
  void a_token_that_is_over_lets_nobody_in() {
    String token = town.token("ann", Scope.MESSAGES_READ);
    town.console
        .bean(JdbcClient.class)
        .sql("DROP TRIGGER IF EXISTS api_token_never_grows")
        .update();
    town.console
        .bean(JdbcClient.class)
        .sql(
            "UPDATE api_token SET expires_at = '2026-01-01T00:00:00Z' WHERE id = (SELECT max(id) FROM api_token)")
        .update();
    isProblem(api.get(token, "/messages"), 401);
  }

  @Test
  void programs_approve_nothing_unless_the_settings_say_so() {
    Tokens tokens = town.console.bean(Tokens.class);
    assertThat(tokens.offered()).doesNotContain(Scope.MESSAGES_APPROVE);
    // As it would be had the setting been on before.
    String token = town.token("bob", Scope.MESSAGES_STOP);
    JdbcClient db = town.console.bean(JdbcClient.class);
    db.sql("DROP TRIGGER IF EXISTS api_token_never_grows").update();
    db.sql(
            "UPDATE api_token SET scopes = 'messages:approve'"
                + " WHERE id = (SELECT max(id) FROM api_token)")
        .update();
    String ann = town.token("ann", Scope.MESSAGES_WRITE);
    api.post(ann, "/messages/safer-3/submit", null);
    Answer refused = api.post(token, "/messages/safer-3/approve", Map.of("edit", 1));
    isProblem(refused, 403);
    assertThat(refused.detail()).contains("towncrier.api.approvals");
  }

  @Test
  void what_the_server_refuses_is_a_problem_too() {
    String token = town.token("ann", Scope.MESSAGES_READ, Scope.MESSAGES_WRITE);
    isProblem(api.send("GET", "/api/v1/no/such", token, null, null), 404);
    isProblem(api.send("GET", "/api/v1", token, null, null), 404);
    isProblem(api.send("GET", "/api/v1/messages/x;y", token, null, null), 400);
    isProblem(api.send("GET", "/api/v1/messages/%2e%2e/people", token, null, null), 400);
    Answer method = api.send("DELETE", "/api/v1/messages", token, null, null);
    isProblem(method, 405);
    assertThat(method.response().headers().firstValue("Allow").orElse("")).contains("GET", "POST");
    isProblem(api.send("POST", "/api/v1/messages", token, "text/plain", "x"), 415);
    HttpRequest other =
        HttpRequest.newBuilder(URI.create(town.console.url() + "/api/v1/messages"))
            .header("Authorization", "Bearer " + token)
            .header("Accept", "image/png")
            .build();
    isProblem(api.send(other), 406);
    HttpRequest chunked =
        HttpRequest.newBuilder(URI.create(town.console.url() + "/api/v1/messages"))
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofInputStream(() -> new java.io.ByteArrayInputStream(new byte[9])))
            .build();
    isProblem(api.send(chunked), 411);
    HttpRequest large =
        HttpRequest.newBuilder(URI.create(town.console.url() + "/api/v1/messages"))
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofByteArray(new byte[9_000_001]))
            .build();
    isProblem(api.send(large), 413);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{                                                      | 400 |",
        "[]                                                     | 400 |",
        "{}                                                     | 422 | campaign,kind,title,wordings",
        "{\"titel\": \"x\"}                                     | 400 | titel",
        "{\"campaign\":\"none\",\"title\":\"x\",\"kind\":\"TEXT\",\"wordings\":[{\"texts\":[{\"language\":\"en\",\"text\":\"y\"}]}]} | 422 | campaign",
        "{\"campaign\":\"NO!\",\"title\":\"x\",\"kind\":\"TEXT\",\"wordings\":[{\"texts\":[{\"language\":\"en\",\"text\":\"y\"}]}]} | 422 | campaign",
        "{\"campaign\":\"safer\",\"title\":\"\",\"kind\":\"TEXT\",\"wordings\":[{\"texts\":[{\"language\":\"en\",\"text\":\"\"}]}]} | 422 | title,wordings[0].texts[0].text",
        "{\"campaign\":\"safer\",\"title\":\"x\",\"kind\":\"SONG\"}         | 400 | kind",
        "{\"campaign\":\"safer\",\"title\":\"x\",\"kind\":\"TEXT\",\"wordings\":[]} | 422 | wordings",
        "{\"campaign\":\"safer\",\"title\":\"x\",\"kind\":\"TEXT\",\"wordings\":[{\"texts\":[{\"language\":\"!\",\"text\":\"y\"}]}]} | 422 | wordings[0].texts[0].language",
        "{\"campaign\":\"safer\",\"title\":\"x\",\"kind\":\"VCARD\",\"wordings\":[{\"texts\":[{\"language\":\"en\",\"text\":\"y\"}]}]} | 422 | wordings[0].contact.name",
        "{\"campaign\":\"safer\",\"title\":\"x\",\"kind\":\"VCARD\",\"wordings\":[{\"texts\":[{\"language\":\"en\",\"text\":\"y\"}],\"contact\":{\"name\":\"\",\"organisation\":\"\",\"numbers\":[{\"label\":\"a\"}]}}]} | 422 | wordings[0].contact.numbers[0].dial",
        "{\"campaign\":\"safer\",\"title\":\"x\",\"kind\":\"VCARD\",\"wordings\":[{\"texts\":[{\"language\":\"en\",\"text\":\"y\"}],\"contact\":{\"name\":\"\",\"organisation\":\"\",\"numbers\":[]}}]} | 422 | wordings[0].contact.name,wordings[0].contact.numbers",
        "{\"campaign\":\"safer\",\"title\":\"x\",\"kind\":\"IMAGE\",\"wordings\":[{\"texts\":[{\"language\":\"en\",\"text\":\"y\"}],\"image\":\"%%\"}]} | 400 | wordings[0].image",
        "{\"campaign\":\"safer\",\"title\":\"x\",\"kind\":\"IMAGE\",\"wordings\":[{\"texts\":[{\"language\":\"en\",\"text\":\"y\"}],\"image\":\"AAAA\"}]} | 422 | wordings[0].image",
        "{\"campaign\":\"safer\",\"title\":\"x\",\"kind\":\"TEXT\",\"wordings\":[{\"texts\":[{\"language\":\"en\",\"text\":\"y\"}]}],\"places\":[\"moon\",\"!\"]} | 422 | places[1]",
        "{\"campaign\":\"safer\",\"title\":\"x\",\"kind\":\"TEXT\",\"wordings\":[{\"texts\":[{\"language\":\"en\",\"text\":\"y\"}]}],\"places\":[\"moon\"]} | 422 | places",
        "{\"campaign\":\"safer\",\"title\":\"x\",\"kind\":\"TEXT\",\"wordings\":[{\"texts\":[{\"language\":\"en\",\"text\":\"y\"}]}],\"places\":[null]} | 422 | places[0]",
        "{\"campaign\":\"safer\",\"title\":\"x\",\"kind\":\"TEXT\",\"wordings\":[{\"texts\":[{\"language\":\"en\",\"text\":\"y\"}]}],\"windows\":[{\"from\":\"2026-11-27\",\"to\":\"2026-11-26\",\"days\":[],\"start\":\"19:00\",\"end\":\"04:00\"}]} | 422 | windows[0].days,windows[0].to",
        "{\"campaign\":\"safer\",\"title\":\"x\",\"kind\":\"TEXT\",\"wordings\":[{\"texts\":[{\"language\":\"en\",\"text\":\"y\"}]}],\"windows\":[{\"from\":\"27/11\",\"to\":\"2026-11-26\",\"days\":[],\"start\":\"19:00\",\"end\":\"04:00\"}]} | 400 | windows[0].from"
      })
  void a_body_that_is_wrong_is_refused_by_its_fields_and_nothing_is_written(
      String body, int status, String fields) {
    String token = town.token("ann", Scope.MESSAGES_READ, Scope.MESSAGES_WRITE);
    int before = api.get(token, "/messages?size=200").json().path("items").size();
    Answer answer = api.post(token, "/messages", body.strip());
    isProblem(answer, status);
    assertThat(String.join(",", answer.wrong())).isEqualTo(fields == null ? "" : fields);
    assertThat(api.get(token, "/messages?size=200").json().path("items").size()).isEqualTo(before);
  }

  @ParameterizedTest
  @CsvSource({
    "/messages?page=0,page",
    "/messages?page=x,page",
    "/messages?size=201,size",
    "/messages?status=NEAR,status",
    "/plan/at?site=square,at",
    "/plan/at?site=square&at=today,at",
    "/plan/week?from=27.11.2026,from"
  })
  void a_parameter_that_is_wrong_is_named(String path, String parameter) {
    String token = town.token("ann", Scope.MESSAGES_READ, Scope.PLAN_READ);
    Answer answer = api.get(token, path);
    isProblem(answer, 400);
    assertThat(answer.wrong()).containsExactly(parameter);
  }

  @Test
  void a_failure_of_the_console_s_own_gives_a_reference_and_nothing_of_its_inside() {
    String token = town.token("eve", Scope.EVALUATION_READ);
    JdbcClient db = town.console.bean(JdbcClient.class);
    db.sql("ALTER TABLE outcome_count RENAME TO gone").update();
    try {
      Answer failed = api.get(token, "/evaluation/counts");
      isProblem(failed, 500);
      assertThat(failed.json().path("reference").asString()).hasSize(8);
    } finally {
      db.sql("ALTER TABLE gone RENAME TO outcome_count").update();
    }
  }

  @Test
  void nobody_approves_through_a_token_what_they_wrote_even_where_programs_approve(
      @TempDir Path other) {
    try (TestConsole console = new TestConsole(other, "--towncrier.api.approvals=true")) {
      ApiTown there = new ApiTown(console);
      there.campaign("safer", "Home safe", "Domestic abuse: where to turn");
      console.person(there.administrator, "both", "Both", "AUTHOR", "APPROVER");
      String both =
          there.token("both", Scope.MESSAGES_READ, Scope.MESSAGES_WRITE, Scope.MESSAGES_APPROVE);
      int edit = there.api.get(both, "/messages/safer-0").json().path("edit").asInt();
      Answer mine =
          there.api.put(
              both,
              "/messages/safer-0/words",
              Map.of(
                  "edit",
                  edit,
                  "title",
                  "Home safe",
                  "kind",
                  "TEXT",
                  "wordings",
                  ApiTown.words("Take the bus home.")));
      there.api.post(both, "/messages/safer-0/submit", null);
      Answer refused =
          there.api.post(
              both, "/messages/safer-0/approve", Map.of("edit", mine.json().path("edit").asInt()));
      isProblem(refused, 409);
      assertThat(refused.detail()).contains("You wrote some of this message");
      String bob = there.token("bob", Scope.MESSAGES_READ, Scope.MESSAGES_APPROVE);
      assertThat(
              there
                  .api
                  .post(
                      bob,
                      "/messages/safer-0/approve",
                      Map.of("edit", mine.json().path("edit").asInt()))
                  .status())
          .isEqualTo(200);
      Answer sensitive =
          there.api.post(
              there.token("ann", Scope.MESSAGES_WRITE),
              "/messages",
              Map.of(
                  "campaign",
                  "safer",
                  "title",
                  "Somebody to talk to",
                  "kind",
                  "TEXT",
                  "wordings",
                  ApiTown.words("Domestic abuse? Call 0808 2000 247."),
                  "places",
                  List.of("square"),
                  "windows",
                  List.of(
                      Map.of(
                          "from",
                          java.time.LocalDate.now().toString(),
                          "to",
                          java.time.LocalDate.now().plusDays(3).toString(),
                          "days",
                          List.of("FRIDAY", "SATURDAY", "SUNDAY", "MONDAY"),
                          "start",
                          "19:00",
                          "end",
                          "04:00"))));
      String id = sensitive.json().path("id").asString();
      there.api.post(there.token("ann", Scope.MESSAGES_WRITE), "/messages/" + id + "/submit", null);
      Answer junior =
          there.api.post(
              bob,
              "/messages/" + id + "/approve",
              Map.of("edit", sensitive.json().path("edit").asInt()));
      isProblem(junior, 409);
      assertThat(junior.detail()).contains("a senior approver must approve it");
    }
  }

  @Test
  void a_program_with_a_dead_token_does_not_lock_its_neighbours_out(@TempDir Path other) {
    try (TestConsole console = new TestConsole(other)) {
      ApiTown there = new ApiTown(console);
      String alive = there.token("ann", Scope.MESSAGES_READ);
      for (int n = 0; n < 30; n++) {
        assertThat(there.api.get("dead", "/messages").status()).isEqualTo(401);
      }
      isProblem(there.api.get("dead", "/messages"), 429);
      assertThat(there.api.get(alive, "/messages").status()).isEqualTo(200);
    }
  }

  @Test
  void who_may_read_messages_is_told_figures_as_they_may_leave_the_team() {
    town.count("safer-0", "ACCEPTED", false, 43);
    town.count("safer-1", "ACCEPTED", false, 7);
    String token = town.token("ann", Scope.MESSAGES_READ);
    Answer list = api.get(token, "/messages?size=200");
    assertThat(line(list, "safer-0").path("accepted").asInt()).isEqualTo(45);
    assertThat(line(list, "safer-1").path("accepted").isNull()).isTrue();
    String csv = api.get(token, "/messages.csv").body();
    assertThat(csv.lines().filter(l -> l.startsWith("safer-0,"))).allMatch(l -> l.endsWith(",45"));
    assertThat(csv.lines().filter(l -> l.startsWith("safer-1,"))).allMatch(l -> l.endsWith(","));
  }

  private static JsonNode line(Answer list, String id) {
    for (JsonNode item : list.json().path("items")) {
      if (item.path("id").asString().equals(id)) {
        return item;
      }
    }
    throw new AssertionError("no message " + id);
  }

  @Test
  void a_token_that_asks_too_often_is_told_when_to_come_back_and_others_are_not(
      @TempDir Path other) {
    try (TestConsole console = new TestConsole(other, "--towncrier.api.requests-per-minute=3")) {
      ApiTown there = new ApiTown(console);
      String busy = there.token("ann", Scope.MESSAGES_READ);
      String calm = there.token("bob", Scope.MESSAGES_READ);
      for (int n = 0; n < 3; n++) {
        assertThat(there.api.get(busy, "/messages").status()).isEqualTo(200);
      }
      Answer refused = there.api.get(busy, "/messages");
      isProblem(refused, 429);
      assertThat(
              Integer.parseInt(
                  refused.response().headers().firstValue("Retry-After").orElseThrow()))
          .isBetween(1, 61);
      assertThat(there.api.get(calm, "/messages").status()).isEqualTo(200);
    }
  }
}
