package org.towncrier.console.people;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jsoup.nodes.FormElement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.towncrier.console.Browser;
import org.towncrier.console.Browser.Page;
import org.towncrier.console.ConsoleSettings.SignIn;
import org.towncrier.console.TestConsole;
import org.towncrier.console.token.Scope;
import org.towncrier.console.token.Tokens;

/** Signing in by a real OpenID Connect provider. */
class SignInServiceTest {
  @TempDir static Path data;
  static CouncilLogin council;
  static TestConsole console;
  static People people;

  @BeforeAll
  static void start() {
    council = new CouncilLogin();
    console =
        new TestConsole(
            data,
            "--towncrier.sign-in.issuer=" + council.issuer(),
            "--towncrier.sign-in.client-id=" + CouncilLogin.CLIENT,
            "--towncrier.sign-in.client-secret=" + CouncilLogin.SECRET,
            "--towncrier.sign-in.name=your council account");
    council.register(console.url());
    people = console.bean(People.class);
  }

  @AfterAll
  static void stop() {
    console.close();
    council.close();
  }

  /** Goes there by the button, signs in there, and comes back. */
  private static Page signIn(Browser browser, String councilName) {
    assertThat(browser.get("/sign-in").text()).contains("Sign in with your council account");
    Page there = browser.get("/sign-in/service");
    FormElement form = there.form("/login");
    form.attr("action", form.absUrl("action"));
    return browser.submit(form, Map.of("username", councilName, "password", CouncilLogin.PASSWORD));
  }

  private static void add(String username, String email, Role role) {
    people.add("admin", username, "Name of " + username, email, Set.of(role));
  }

  @Test
  void whoever_has_an_account_with_that_verified_address_comes_in_with_the_roles_it_has() {
    add("ann", "ann@council.example.org", Role.AUTHOR);
    council.says("a.author", "Ann@council.example.org", true);
    Browser browser = console.browser();
    Page home = signIn(browser, "a.author");
    assertThat(home.path()).isEqualTo("/");
    assertThat(home.text()).contains("Name of ann");
    assertThat(browser.get("/messages/new").status()).isEqualTo(200);
    assertThat(browser.get("/people").status()).isEqualTo(403);
    assertThat(browser.get("/account").text()).contains("here");
    people.setEnabled("admin", people.find("ann").orElseThrow().id(), false);
    assertThat(browser.get("/messages").text()).contains("Your account was changed");
  }

  @Test
  void whom_a_program_has_added_is_not_let_in_before_a_person_enables_them() throws Exception {
    Tokens tokens = console.bean(Tokens.class);
    console.administrator();
    long made =
        tokens
            .create(
                "admin", new Tokens.Wanted("robot", "admin", EnumSet.of(Scope.PEOPLE_WRITE), null))
            .id();
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(console.url() + "/api/v1/people"))
            .header("Authorization", "Bearer " + tokens.take("admin", made))
            .header("Content-Type", "application/json")
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    "{\"username\":\"rob@council.example.org\",\"name\":\"Rob\","
                        + "\"roles\":[\"ADMINISTRATOR\"]}"))
            .build();
    assertThat(
            HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .statusCode())
        .isEqualTo(201);
    council.says("r.ob", "rob@council.example.org", true);
    assertThat(signIn(console.browser(), "r.ob").problems()).contains("switched off");
    people.setEnabled("admin", people.find("rob@council.example.org").orElseThrow().id(), true);
    assertThat(signIn(console.browser(), "r.ob").path()).isEqualTo("/");
  }

  @Test
  void a_stranger_is_not_let_in_and_gets_no_account() {
    council.says("stranger", "stranger@council.example.org", true);
    int before = people.all().size();
    Browser browser = console.browser();
    Page back = signIn(browser, "stranger");
    assertThat(back.path()).isEqualTo("/sign-in");
    assertThat(back.problems()).contains("You have no account here");
    assertThat(browser.get("/messages").path()).isEqualTo("/sign-in");
    assertThat(people.all()).hasSize(before);
  }

  @Test
  void an_address_that_the_service_has_not_verified_counts_for_nothing() {
    add("uma", "uma@council.example.org", Role.ADMINISTRATOR);
    council.says("u.unverified", "uma@council.example.org", false);
    assertThat(signIn(console.browser(), "u.unverified").problems())
        .contains("You have no account here");
  }

  @Test
  void an_address_that_passed_on_to_a_colleague_does_not_pass_on_the_account() {
    add("carl", "carl@council.example.org", Role.APPROVER);
    council.says("carl.first", "carl@council.example.org", true);
    assertThat(signIn(console.browser(), "carl.first").path()).isEqualTo("/");
    council.says("carl.second", "carl@council.example.org", true);
    assertThat(signIn(console.browser(), "carl.second").problems())
        .contains("You have no account here");
    council.says("carl.first", "carl.married@council.example.org", true);
    assertThat(signIn(console.browser(), "carl.first").path()).isEqualTo("/");

    Browser administrator = console.administrator();
    long id = people.find("carl").orElseThrow().id();
    administrator.submit(administrator.get("/people/" + id).form("/forget-provider"), Map.of());
    assertThat(signIn(console.browser(), "carl.second").path()).isEqualTo("/");
  }

  @Test
  void somebody_who_was_disabled_is_not_let_in() {
    add("dis", "dis@council.example.org", Role.AUTHOR);
    people.setEnabled("admin", people.find("dis").orElseThrow().id(), false);
    council.says("d.isabled", "dis@council.example.org", true);
    assertThat(signIn(console.browser(), "d.isabled").problems()).contains("switched off");
  }

  @Test
  void a_second_factor_set_up_here_is_asked_for_all_the_same() {
    add("tia", "tia@council.example.org", Role.AUTHOR);
    Totp totp = Totp.random();
    people.setSecondFactor("tia", totp, totp.codeAt(Instant.now()));
    council.says("t.otp", "tia@council.example.org", true);
    Browser browser = console.browser();
    assertThat(signIn(browser, "t.otp").path()).isEqualTo("/second-factor");
    assertThat(browser.get("/messages").path()).isEqualTo("/second-factor");
  }

  @Test
  void an_answer_that_nobody_asked_for_lets_nobody_in() {
    Page page = console.browser().get("/login/oauth2/code/council?code=stolen&state=guessed");
    assertThat(page.path()).isEqualTo("/sign-in");
    assertThat(page.problems()).contains("could not say who you are");
  }

  @Test
  void a_service_that_is_away_is_said_and_passwords_work_on(@TempDir Path other) {
    try (TestConsole alone =
        new TestConsole(
            other,
            "--towncrier.sign-in.issuer=http://127.0.0.1:9/away",
            "--towncrier.sign-in.client-id=console",
            "--towncrier.sign-in.client-secret=secret")) {
      Page page = alone.browser().get("/sign-in/service");
      assertThat(page.problems()).contains("does not answer just now");
      assertThat(alone.administrator().get("/").status()).isEqualTo(200);
    }
  }

  @Test
  void a_service_that_is_away_is_asked_by_one_and_not_again_for_a_while() throws Exception {
    HttpServer away = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    AtomicInteger asked = new AtomicInteger();
    CountDownLatch arrived = new CountDownLatch(1);
    CountDownLatch answer = new CountDownLatch(1);
    away.createContext(
        "/",
        request -> {
          asked.incrementAndGet();
          arrived.countDown();
          try {
            answer.await();
          } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
          }
          request.sendResponseHeaders(500, -1);
          request.close();
        });
    away.start();
    SettableClock clock = new SettableClock();
    URI issuer = URI.create("http://127.0.0.1:" + away.getAddress().getPort());
    SignInService service =
        new SignInService(new SignIn(issuer, "id", "secret", "name"), people, clock);
    try (AutoCloseable stop = () -> away.stop(0)) {
      CompletableFuture<Boolean> first = CompletableFuture.supplyAsync(service::isThere);
      arrived.await();
      assertThat(service.isThere()).as("told at once, while the first waits").isFalse();
      assertThat(first).isNotDone();
      answer.countDown();
      assertThat(first.get()).isFalse();

      int once = asked.get();
      clock.pass(SignInService.AWAY.minusMillis(1));
      assertThat(service.isThere()).isFalse();
      assertThat(asked).hasValue(once);
      clock.pass(Duration.ofMillis(1));
      assertThat(service.isThere()).isFalse();
      assertThat(asked.get()).isGreaterThan(once);
    }
  }

  @Test
  void whoever_comes_by_the_service_reads_so_on_their_account() {
    add("lin", "lin@council.example.org", Role.AUTHOR);
    council.says("l.inked", "lin@council.example.org", true);
    Browser browser = console.browser();
    signIn(browser, "l.inked");
    assertThat(browser.get("/account").text())
        .contains("You sign in by the sign-in service, since")
        .contains("lin@council.example.org is your address");
  }

  @Test
  void without_the_setting_there_is_no_such_button(@TempDir Path other) {
    try (TestConsole alone = new TestConsole(other)) {
      assertThat(alone.browser().get("/sign-in").text()).doesNotContain("without a password");
      assertThat(alone.browser().get("/sign-in/service").path()).isEqualTo("/sign-in");
      assertThat(alone.browser().get("/oauth2/authorization/council").path()).isEqualTo("/sign-in");
    }
  }

  @Test
  void broken_settings_are_refused_by_name() {
    URI plain = URI.create("http://login.example.org");
    assertThatThrownBy(() -> new SignIn(plain, "id", "secret", "name"))
        .hasMessageContaining("towncrier.sign-in.issuer");
    assertThatThrownBy(
            () -> new SignIn(URI.create("https://login.example.org"), "id", null, "name"))
        .hasMessageContaining("client-secret");
  }
}
