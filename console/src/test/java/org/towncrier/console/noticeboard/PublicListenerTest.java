package org.towncrier.console.noticeboard;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.towncrier.console.Browser;
import org.towncrier.console.Browser.Page;

/** What comes back on the public port, whatever is sent to it: asked on bare sockets. */
class PublicListenerTest {
  @TempDir static Path data;
  static PublicTown town;

  @BeforeAll
  static void start() {
    town = PublicTown.open(data);
    town.onAir("public");
  }

  @AfterAll
  static void stop() {
    town.close();
  }

  /** Everything the server says until it hangs up. */
  private static String say(String request) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", town.port())) {
      socket.setSoTimeout(60_000);
      socket.getOutputStream().write(request.getBytes(ISO_8859_1));
      socket.getOutputStream().flush();
      socket.shutdownOutput();
      return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
    } catch (java.net.SocketException reset) {
      return ""; // It hung up on what it would not read.
    }
  }

  private static String request(String method, String target, String... headers) {
    return "%s %s HTTP/1.1\r\nHost: check.example.gov.uk\r\n%sConnection: close\r\n\r\n"
        .formatted(
            method, target, headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n");
  }

  private static int status(String answer) {
    assertThat(answer).startsWith("HTTP/1.1 ");
    return Integer.parseInt(answer.substring(9, 12));
  }

  /** Nothing of the console, of the server or of the failure is in it. */
  private static void tellsNothing(String answer) {
    assertThat(answer.toLowerCase(Locale.ROOT))
        .doesNotContain("set-cookie", "jsessionid", "location:", "server:", "www-authenticate")
        .doesNotContain("tomcat", "apache", "spring", "exception", "org.towncrier", "at java")
        .doesNotContain("password", "csrf", "govuk", "\"status\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/sign-in",
        "/messages",
        "/messages/public-0",
        "/nodes",
        "/people",
        "/signs",
        "/signs/square-a4.pdf",
        "/live/counts",
        "/evaluation",
        "/campaigns/public/export",
        "/api/v1/messages",
        "/error",
        "/actuator",
        "/actuator/health",
        "/actuator/prometheus",
        "/assets/console.css",
        "/assets/govuk/govuk-frontend.min.css",
        "/favicon.ico",
        "/robots.txt",
        "/WEB-INF/web.xml",
        "/META-INF/MANIFEST.MF",
        "/index.html",
        "/%61ctuator/health",
        "/%2561ctuator/health",
        "/actuator%2fhealth",
        "/actuator;/health",
        "/;/actuator/health",
        "/..;/actuator/health",
        "/at/..;/..;/sign-in",
        "/at/../sign-in",
        "/at/%2e%2e/sign-in",
        "/./sign-in",
        "//sign-in",
        "/\\sign-in",
        "/at/square/",
        "/at/",
        "/at/SQUARE",
        "/at/square;x=1",
        "/at/%73quare",
        "/at/square%00",
        "/message/",
        "/message/x",
        "/message/00000000/../../sign-in",
        "/privacy/",
        "/PRIVACY",
        "/privacy;jsessionid=1",
        "/board.css/../sign-in",
        "/noticeboard/layout.html",
        "/layout",
        "/parts.html",
        "sign-in",
        "*",
        "?",
        "/<script>",
        "/%",
        "/%zz",
        "/\u00e9",
        "/a b"
      })
  void an_address_that_is_not_the_boards_own_leads_nowhere(String target) throws IOException {
    String answer = say(request("GET", target));
    assertThat(status(answer)).as(answer).isIn(400, 404, 410);
    tellsNothing(answer);
    assertThat(answer).contains("Content-Security-Policy: default-src 'none'");
  }

  @Test
  void naming_the_console_in_the_request_does_not_reach_it() throws IOException {
    String console = town.console.url();
    String host = console.substring("http://".length());
    for (String answer :
        List.of(
            say(request("GET", console + "/sign-in")),
            say("GET /sign-in HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n"),
            say(request("GET", "/sign-in", "X-Forwarded-Port: 8080", "X-Forwarded-Host: " + host)),
            say(request("GET", "/sign-in", "Forwarded: for=127.0.0.1;host=" + host)),
            say(request("GET", "/sign-in", "X-Original-URL: /sign-in", "X-Rewrite-URL: /sign-in")),
            say(request("GET", "/sign-in", "Upgrade: h2c", "Connection: Upgrade")),
            say("GET /sign-in HTTP/1.0\r\n\r\n"))) {
      assertThat(status(answer)).as(answer).isIn(400, 404);
      tellsNothing(answer);
    }
  }

  @Test
  void a_session_of_the_console_means_nothing_here() throws IOException {
    Browser admin = town.administrator;
    String cookie =
        ((java.net.CookieManager) admin.http().cookieHandler().orElseThrow())
            .getCookieStore()
            .getCookies()
            .get(0)
            .toString();
    String answer = say(request("GET", "/people", "Cookie: " + cookie));
    assertThat(status(answer)).isEqualTo(404);
    tellsNothing(answer);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND", "get", "FOO"})
  void whoever_does_not_just_read_is_refused(String method) throws IOException {
    for (String target : List.of("/", "/sign-in", "/at/square")) {
      String answer = say(request(method, target, "Content-Length: 0"));
      assertThat(status(answer)).as(answer).isEqualTo(405);
      assertThat(answer).containsIgnoringCase("\nAllow: ");
      tellsNothing(answer);
    }
  }

  @Test
  void a_request_that_is_too_large_or_broken_is_refused_in_few_words() throws IOException {
    for (String request :
        List.of(
            request("GET", "/" + "a".repeat(9_000)),
            request("GET", "/", "X-Long: " + "a".repeat(9_000)),
            request("GET", "/", ("X-Many: " + "a".repeat(80) + "\r\n").repeat(120).strip()),
            "GET / HTTP/1.1\r\nConnection: close\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\nConnection: close\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: a b\r\nConnection: close\r\n\r\n",
            "GET / HTTP/9.9\r\nHost: a\r\nConnection: close\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: a\r\nBroken\u0000: x\r\nConnection: close\r\n\r\n",
            "\u0016\u0003\u0001\u0002\u0000\u0001\r\n\r\n")) {
      String answer = say(request);
      tellsNothing(answer);
      assertThat(answer).doesNotContain("Words of Title of public");
      if (!answer.isEmpty()) {
        assertThat(status(answer)).as(answer).isBetween(400, 505);
        assertThat(answer.length()).isLessThan(2_000);
      }
    }
  }

  @Test
  void what_somebody_sends_along_is_not_read() throws IOException {
    String answer =
        say(
            request("POST", "/", "Content-Length: 50000000", "Content-Type: text/plain")
                + "x".repeat(200_000));
    if (!answer.isEmpty()) {
      assertThat(status(answer)).isEqualTo(405);
    }
    String query = say(request("GET", "/?" + "a=b&".repeat(500)));
    assertThat(status(query)).isEqualTo(200);
  }

  @Test
  void every_page_is_safe_to_show_and_never_stale_for_a_minute() {
    for (String path :
        List.of("/", "/at/square", PublicTown.path("public-0"), "/privacy", "/nothing-here")) {
      Page page = town.visitor().get(path);
      HttpHeaders headers = page.response().headers();
      assertThat(headers.firstValue("Content-Security-Policy").orElse(""))
          .startsWith("default-src 'none'")
          .doesNotContain("unsafe", "http", "script");
      assertThat(headers.firstValue("X-Content-Type-Options")).contains("nosniff");
      assertThat(headers.firstValue("Referrer-Policy")).contains("no-referrer");
      assertThat(headers.firstValue("X-Robots-Tag")).contains("noindex, noarchive");
      assertThat(headers.firstValue("Set-Cookie")).isEmpty();
      assertThat(headers.firstValue("Cache-Control"))
          .contains("public, max-age=20, must-revalidate");
      assertThat(page.html().select("script, style, [style], [onclick], form, iframe")).isEmpty();
      assertThat(page.html().select("[src], [href]").stream())
          .allMatch(
              link ->
                  (link.attr("src") + link.attr("href")).matches("(/[^/].*)?|/|#main|tel:[0-9+]+"));
      assertThat(page.response().body().length()).isLessThan(20_000);
    }
  }

  @Test
  void head_says_the_same_without_the_page() throws Exception {
    Browser visitor = town.visitor();
    Page whole = visitor.get("/privacy");
    Page head =
        visitor.send(
            HttpRequest.newBuilder(visitor.uri("/privacy"))
                .method("HEAD", HttpRequest.BodyPublishers.noBody())
                .build());
    assertThat(head.status()).isEqualTo(200);
    assertThat(head.response().body()).isEmpty();
    assertThat(head.response().headers().firstValue("Content-Type"))
        .isEqualTo(whole.response().headers().firstValue("Content-Type"));
    assertThat(head.response().headers().firstValue("Content-Length"))
        .contains(String.valueOf(whole.response().body().getBytes("UTF-8").length));
  }

  @Test
  void none_of_its_pages_is_on_the_consoles_listener() {
    Browser stranger = town.console.browser();
    for (String path : List.of("/at/square", PublicTown.path("public-0"), "/privacy", "/object")) {
      assertThat(stranger.get(path).path()).as(path).isEqualTo("/sign-in");
      assertThat(town.administrator.get(path).status()).as(path).isEqualTo(404);
    }
  }
}
