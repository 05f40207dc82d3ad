package org.towncrier.console.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.towncrier.console.Browser;
import org.towncrier.console.Browser.Page;
import org.towncrier.console.TestConsole;
import org.towncrier.console.input.InvalidInputException;

/** Making, taking, listing and revoking tokens, as people do. */
class TokenPagesTest {
  @TempDir static Path data;
  static TestConsole console;
  static Browser administrator;
  static Browser ann;

  @BeforeAll
  static void start() {
    console = new TestConsole(data);
    administrator = console.administrator();
    ann = console.person(administrator, "ann", "Ann Author", "AUTHOR");
  }

  @AfterAll
  static void stop() {
    console.close();
  }

  private static Page make(String name, String username, String expires, String... scopes) {
    return administrator.submit(
        administrator.get("/tokens/new").form("/tokens/new"),
        Map.of("name", name, "username", username, "expires", expires, "scopes", List.of(scopes)));
  }

  @Test
  void only_its_person_is_shown_a_token_and_only_once() throws Exception {
    Page made = make("Bus times", "ann", "", "messages:read", "messages:write");
    assertThat(made.text()).contains("Ann Author finds it on the page of their account");
    assertThat(made.text()).contains("Waits to be taken").doesNotContain("towncrier_");

    Page mine = ann.get("/account/tokens");
    assertThat(mine.text()).contains("Bus times").contains("messages:read, messages:write");
    Page shown = ann.submit(mine.form("/take"), Map.of());
    String secret = shown.html().select("#secret").text();
    assertThat(secret).matches("towncrier_[A-Za-z0-9_-]{43}");
    assertThat(shown.path()).endsWith("/take");
    assertThat(ann.get("/account/tokens").hasForm("/take")).isFalse();

    Token token = console.bean(Tokens.class).of("ann").get(0);
    assertThatThrownBy(() -> console.bean(Tokens.class).take("ann", token.id()))
        .isInstanceOf(InvalidInputException.class);
    assertThatThrownBy(() -> console.bean(Tokens.class).take("admin", token.id()))
        .isInstanceOf(InvalidInputException.class);
    try (Stream<Path> files = Files.walk(data)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertThat(
                new String(Files.readAllBytes(file), java.nio.charset.StandardCharsets.ISO_8859_1))
            .as(file + " holds the secret")
            .doesNotContain(secret);
      }
    }

    assertThat(console.bean(Tokens.class).caller(secret).orElseThrow().username()).isEqualTo("ann");
    Page list = administrator.get("/tokens");
    assertThat(list.text()).contains("less than a minute ago");
    Page revoked = administrator.submit(list.form("/tokens/" + token.id() + "/revoke"), Map.of());
    assertThat(revoked.text()).contains("Revoked. It lets nobody in any more");
    assertThat(console.bean(Tokens.class).caller(secret)).isEmpty();

    String trail = administrator.get("/audit?words=token+" + token.id()).text();
    assertThat(trail).contains("made a token", "took a token", "revoked a token", "Bus times");
    assertThat(trail).doesNotContain(secret);
    assertThat(administrator.get("/tokens/tokens.csv").response().body())
        .contains(token.id() + ",Bus times,ann,messages:read messages:write,Revoked,admin,20")
        .matches("(?s).*\\+0[01]:00,.*");
  }

  @Test
  void an_administrator_s_own_token_is_shown_at_once_and_can_be_given_back() {
    Page shown = make("Backups", "admin", "", "audit:read");
    assertThat(shown.html().select("#secret").text()).startsWith("towncrier_");
    Page mine = administrator.get("/account/tokens");
    assertThat(mine.text()).contains("Backups");
    Page done = administrator.submit(mine.form("/revoke"), Map.of());
    assertThat(done.text()).contains("Revoked");
  }

  @ParameterizedTest
  @CsvSource({
    "'',ann,'',messages:read,Enter what the token is for",
    "x,'','',messages:read,Select somebody who can sign in",
    "x,nobody,'',messages:read,Select somebody who can sign in",
    "x,ann,'',nothing:ever,Select at least one thing it may do",
    "x,ann,'',messages:stop,Ann Author is not allowed messages:stop on the pages either",
    "x,admin,'',messages:write,Ada Min is not allowed messages:write on the pages either",
    "x,ann,'',messages:approve,Programs may not approve messages here",
    "x,ann,yesterday,messages:read,Enter a day such as 2027-11-27",
    "x,ann,2020-01-01,messages:read,The last day must be today or later"
  })
  void what_is_wrong_is_said_by_the_field_and_what_was_typed_is_kept(
      String name, String username, String expires, String scope, String problem) {
    long before = count();
    Page page = make(name, username, expires, scope);
    assertThat(page.problems()).contains(problem);
    assertThat(page.html().select("#name").attr("value")).isEqualTo(name);
    assertThat(page.html().select("#expires").attr("value")).isEqualTo(expires);
    assertThat(count()).isEqualTo(before);
  }

  private static long count() {
    return console
        .bean(JdbcClient.class)
        .sql("SELECT count(*) FROM api_token")
        .query(Long.class)
        .single();
  }

  @Test
  void a_last_day_is_the_last_day_whole() {
    LocalDate today = LocalDate.now(ZoneId.of("Europe/London"));
    make("Until tonight", "ann", today.toString(), "messages:read");
    Token token =
        console.bean(Tokens.class).of("ann").stream()
            .filter(t -> t.name().equals("Until tonight"))
            .findFirst()
            .orElseThrow();
    assertThat(token.expiresAt())
        .isEqualTo(today.plusDays(1).atStartOfDay(ZoneId.of("Europe/London")).toInstant());
  }

  @ParameterizedTest
  @ValueSource(strings = {"/tokens", "/tokens/new", "/tokens/tokens.csv"})
  void tokens_are_for_administrators(String path) {
    assertThat(ann.get(path).status()).isEqualTo(403);
  }

  @Test
  void nobody_makes_takes_or_revokes_what_is_not_theirs() {
    Map<String, Object> wanted = new HashMap<>();
    wanted.put("name", "Mine");
    wanted.put("username", "ann");
    wanted.put("scopes", "messages:read");
    assertThat(ann.forge("/tokens/new", wanted).status()).isEqualTo(403);
    Token other =
        console
            .bean(Tokens.class)
            .create("admin", new Tokens.Wanted("Other", "admin", Set.of(Scope.AUDIT_READ), null));
    assertThat(ann.forge("/tokens/" + other.id() + "/revoke", Map.of()).status()).isEqualTo(403);
    assertThat(ann.forge("/account/tokens/" + other.id() + "/take", Map.of()).status())
        .isEqualTo(404);
    assertThat(ann.forge("/account/tokens/" + other.id() + "/revoke", Map.of()).status())
        .isEqualTo(404);
    assertThat(ann.forge("/account/tokens/999999/take", Map.of()).status()).isEqualTo(404);
    assertThat(administrator.postWithoutToken("/tokens/" + other.id() + "/revoke").status())
        .isEqualTo(403);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "DELETE FROM api_token",
        "UPDATE api_token SET scopes = 'people:write'",
        "UPDATE api_token SET person_id = 1",
        "UPDATE api_token SET expires_at = NULL",
        "UPDATE api_token SET secret_hash = 'mine'",
        "UPDATE api_token SET revoked_at = NULL"
      })
  void the_database_itself_lets_no_token_grow_or_come_back(String sql) {
    Tokens tokens = console.bean(Tokens.class);
    Token token =
        tokens.create("admin", new Tokens.Wanted("Kept", "ann", Set.of(Scope.PLAN_READ), null));
    tokens.take("ann", token.id());
    tokens.revoke("admin", token.id());
    assertThatThrownBy(
            () -> console.bean(JdbcClient.class).sql(sql + " WHERE id = " + token.id()).update())
        .hasMessageContaining("token");
  }
}
