package org.towncrier.console.people;

import static org.assertj.core.api.Assertions.assertThat;
import static org.towncrier.console.TestConsole.PASSWORD;

import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.towncrier.console.Browser;
import org.towncrier.console.Browser.Page;
import org.towncrier.console.TestConsole;

class SigningInTest {
  @TempDir static Path data;
  static TestConsole console;
  static Browser administrator;

  @BeforeAll
  static void start() {
    console = new TestConsole(data);
    administrator = console.administrator();
  }

  @AfterAll
  static void stop() {
    console.close();
  }

  private String invite(String username) {
    return administrator
        .submit(
            administrator.get("/people/new").form("/people/new"),
            Map.of("username", username, "displayName", "Name of " + username, "roles", "AUTHOR"))
        .html()
        .select("#link")
        .text();
  }

  private long id(String username) {
    return console.bean(People.class).find(username).orElseThrow().id();
  }

  private static Page setPassword(Browser browser, String link, String password) {
    return browser.submit(
        browser.get(link).form(link.substring(link.lastIndexOf('/'))),
        Map.of("password", password, "again", password));
  }

  @Test
  void nobody_reads_a_page_without_signing_in() {
    for (String path : List.of("/", "/messages", "/nodes", "/evaluation", "/people", "/no/such")) {
      assertThat(console.browser().get(path).path()).as(path).isEqualTo("/sign-in");
    }
  }

  @Test
  void a_person_comes_to_the_page_they_wanted() {
    console.person(administrator, "wants", "Wanda", "AUTHOR");
    Browser browser = console.browser();
    browser.get("/people");
    assertThat(browser.signIn("wants", PASSWORD).status()).isEqualTo(403);
    Browser other = console.browser();
    other.get("/nodes");
    assertThat(other.signIn("wants", PASSWORD).path()).isEqualTo("/nodes");
  }

  @Test
  void a_wrong_password_and_an_unknown_name_get_the_same_answer_and_keep_the_name_typed() {
    invite("nopassword");
    for (String name : List.of("admin", "nobody", "nopassword")) {
      Page page = console.browser().signIn(name, "not the password");
      assertThat(page.problems()).contains("The username or password is not right");
      assertThat(page.html().select("#username").val()).isEqualTo(name);
      assertThat(page.html().select("#password").val()).isEmpty();
      assertThat(page.html().select(".govuk-notification-banner")).isEmpty();
    }
  }

  @Test
  void after_five_wrong_passwords_even_the_right_one_waits() {
    console.person(administrator, "guessed", "Gus", "AUTHOR");
    Browser browser = console.browser();
    for (int i = 0; i < 5; i++) {
      browser.signIn("guessed", "wrong " + i);
    }
    Page page = browser.signIn("guessed", PASSWORD);
    assertThat(page.path()).isEqualTo("/sign-in");
    assertThat(page.problems()).contains("Too many wrong passwords").contains("15 minutes");
  }

  @Test
  void a_one_time_link_works_once() {
    String link = invite("once");
    Browser browser = console.browser();
    assertThat(setPassword(browser, link, PASSWORD).text()).contains("Your password is set");
    assertThat(browser.signIn("once", PASSWORD).path()).isEqualTo("/");
    Page again = console.browser().get(link);
    assertThat(again.status()).isEqualTo(410);
    assertThat(again.text()).contains("This link does not work");
  }

  @Test
  void two_who_hold_the_same_form_cannot_both_use_it() {
    String link = invite("raced");
    Browser first = console.browser();
    Browser second = console.browser();
    Page form = second.get(link);
    setPassword(first, link, PASSWORD);
    Page late =
        second.submit(
            form.form(link.substring(link.lastIndexOf('/'))),
            Map.of("password", "another good password", "again", "another good password"));
    assertThat(late.status()).isEqualTo(410);
    assertThat(console.browser().signIn("raced", PASSWORD).path()).isEqualTo("/");
  }

  @Test
  void a_newer_link_replaces_an_older_one() {
    String old = invite("renewed");
    long id = id("renewed");
    String fresh =
        administrator
            .submit(administrator.get("/people/" + id).form("/link"), Map.of())
            .html()
            .select("#link")
            .text();
    assertThat(console.browser().get(old).status()).isEqualTo(410);
    assertThat(console.browser().get(fresh).status()).isEqualTo(200);
  }

  @Test
  void a_link_itself_is_stored_nowhere() {
    String link = invite("secretive");
    String token = link.substring(link.lastIndexOf('/') + 1);
    assertThat(
            console
                .bean(JdbcClient.class)
                .sql("SELECT token_hash FROM one_time_link")
                .query(String.class)
                .list())
        .isNotEmpty()
        .doesNotContain(token);
  }

  @Test
  void a_poor_password_is_refused_with_why_and_the_link_works_on() {
    String link = invite("poor");
    Browser browser = console.browser();
    assertThat(setPassword(browser, link, "short").problems()).contains("12 characters or more");
    assertThat(setPassword(browser, link, "Password123456").problems()).contains("harder to guess");
    assertThat(setPassword(browser, link, PASSWORD).text()).contains("Your password is set");
  }

  @Test
  void two_different_passwords_are_not_guessed_between() {
    String link = invite("mistyped");
    Browser browser = console.browser();
    Page page =
        browser.submit(
            browser.get(link).form(link.substring(link.lastIndexOf('/'))),
            Map.of("password", PASSWORD, "again", PASSWORD + "x"));
    assertThat(page.problems()).contains("same password in both boxes");
  }

  @Test
  void the_session_is_a_new_one_after_signing_in_and_its_cookie_is_closed_to_scripts() {
    Browser browser = console.browser();
    String before = sessionCookie(browser.get("/sign-in"));
    Page form = browser.get("/sign-in");
    java.net.http.HttpClient plain =
        java.net.http.HttpClient.newBuilder()
            .cookieHandler(browser.http().cookieHandler().orElseThrow())
            .build();
    String body =
        "username=admin&password="
            + PASSWORD.replace(' ', '+')
            + "&_csrf="
            + form.html().select("input[name=_csrf]").val();
    HttpRequest post =
        HttpRequest.newBuilder(browser.uri("/sign-in"))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    var response = plain.sendAsync(post, java.net.http.HttpResponse.BodyHandlers.ofString()).join();
    String after = response.headers().firstValue("Set-Cookie").orElseThrow();
    assertThat(before).startsWith("JSESSIONID=").contains("HttpOnly", "SameSite=Lax");
    assertThat(after).startsWith("JSESSIONID=").contains("HttpOnly", "SameSite=Lax");
    assertThat(after.split(";")[0]).isNotEqualTo(before.split(";")[0]);
  }

  private static String sessionCookie(Page page) {
    return page.response().headers().firstValue("Set-Cookie").orElseThrow();
  }

  @Test
  void signing_out_ends_the_session() {
    Browser browser = console.person(administrator, "leaves", "Lee", "AUTHOR");
    Page out = browser.submit(browser.get("/").form("/sign-out"), Map.of());
    assertThat(out.text()).contains("You are signed out");
    assertThat(browser.get("/").path()).isEqualTo("/sign-in");
  }

  @Test
  void a_form_from_elsewhere_is_refused() {
    Page page = administrator.postWithoutToken("/people/new");
    assertThat(page.status()).isEqualTo(403);
    assertThat(page.text()).contains("You may not do this");
  }

  @Test
  void a_sign_in_page_left_open_too_long_is_shown_anew() {
    Page page = console.browser().postWithoutToken("/sign-in");
    assertThat(page.path()).isEqualTo("/sign-in");
    assertThat(page.text()).contains("open for too long");
  }

  @Test
  void who_is_disabled_is_out_at_once_and_cannot_come_back() {
    Browser browser = console.person(administrator, "dismissed", "Dis", "AUTHOR");
    Page page = administrator.get("/people/" + id("dismissed"));
    administrator.submit(page.form("/enabled"), Map.of());
    assertThat(browser.get("/messages").path()).isEqualTo("/sign-in");
    assertThat(browser.signIn("dismissed", PASSWORD).problems()).contains("not right");
  }

  @Test
  void changed_roles_hold_from_the_next_request() {
    Browser browser = console.person(administrator, "demoted", "Dem", "ADMINISTRATOR");
    assertThat(browser.get("/people").status()).isEqualTo(200);
    administrator.submit(
        administrator.get("/people/" + id("demoted")).form("/roles"), Map.of("roles", "AUTHOR"));
    assertThat(browser.get("/people").path()).isEqualTo("/sign-in");
    browser.signIn("demoted", PASSWORD);
    assertThat(browser.get("/people").status()).isEqualTo(403);
  }

  @Test
  void only_an_administrator_reads_or_changes_people() {
    Browser author = console.person(administrator, "curious", "Cur", "AUTHOR", "APPROVER");
    assertThat(author.get("/people").status()).isEqualTo(403);
    assertThat(author.get("/people/new").status()).isEqualTo(403);
    assertThat(
            author
                .forge(
                    "/people/new",
                    Map.of("username", "x", "displayName", "X", "roles", "ADMINISTRATOR"))
                .status())
        .isEqualTo(403);
    assertThat(author.forge("/people/" + id("curious") + "/roles", Map.of()).status())
        .isEqualTo(403);
  }

  @Test
  void every_error_in_adding_a_person_keeps_what_was_typed() {
    for (Map<String, ?> typed :
        List.<Map<String, ?>>of(
            Map.of("username", "Not a name!", "displayName", "Kept", "roles", "APPROVER"),
            Map.of("username", "admin", "displayName", "Kept", "roles", "APPROVER"),
            Map.of("username", "", "displayName", "Kept", "roles", "APPROVER"))) {
      Page page = administrator.submit(administrator.get("/people/new").form("/people/new"), typed);
      assertThat(page.problems()).contains("There is a problem");
      assertThat(page.html().select("#username-error")).hasSize(1);
      assertThat(page.html().select("#username").val()).isEqualTo(typed.get("username"));
      assertThat(page.html().select("#displayName").val()).isEqualTo("Kept");
      assertThat(page.html().select("input[name=roles][checked]").val()).isEqualTo("APPROVER");
    }
    Page noRole =
        administrator.submit(
            administrator.get("/people/new").form("/people/new"),
            Map.of("username", "fine", "displayName", "Fine"));
    assertThat(noRole.problems()).contains("Select at least one role");
    assertThat(noRole.html().select("#username").val()).isEqualTo("fine");
  }

  @Test
  void an_unknown_person_is_a_404_page() {
    assertThat(administrator.get("/people/999999").status()).isEqualTo(404);
    Page wild = administrator.get("/people/abc");
    assertThat(wild.status()).isIn(400, 404);
    assertThat(wild.html().select("h1")).hasSize(1);
  }
}
