package org.towncrier.console.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.towncrier.console.Browser;
import org.towncrier.console.Browser.Page;
import org.towncrier.console.TestConsole;

/**
 * Walks through every page a person with every role can reach, and holds each to the same rules.
 */
class EveryPageTest {
  @TempDir static Path data;
  static TestConsole console;
  static Browser everybody;

  @BeforeAll
  static void start() {
    console = new TestConsole(data, "--towncrier.demo=true");
    Browser administrator = console.administrator();
    everybody =
        console.person(
            administrator,
            "all",
            "Alex Allroles",
            "AUTHOR",
            "APPROVER",
            "EVALUATOR",
            "ADMINISTRATOR");
  }

  @AfterAll
  static void stop() {
    console.close();
  }

  @Test
  void every_page_keeps_to_the_security_policy_and_the_frame() {
    Deque<String> ahead = new ArrayDeque<>(List.of("/", "/sign-in", "/no/such/page", "/people/0"));
    Set<String> seen = new HashSet<>(ahead);
    while (!ahead.isEmpty()) {
      String path = ahead.remove();
      Page page = everybody.get(path);
      if (!page.response()
          .headers()
          .firstValue("Content-Type")
          .orElse("")
          .startsWith("text/html")) {
        continue;
      }
      check(path, page);
      for (Element link : page.html().select("a[href^=/]")) {
        String next = link.attr("href").replaceAll("#.*", "");
        if (seen.add(next)) {
          ahead.add(next);
        }
      }
    }
    assertThat(seen).hasSizeGreaterThan(8);
  }

  private static void check(String path, Page page) {
    Document html = page.html();
    assertThat(page.status()).as(path).isLessThan(500);
    assertThat(page.response().body()).as(path).startsWith("<!DOCTYPE html>");
    Map<String, List<String>> headers = page.response().headers().map();
    assertThat(headers.get("content-security-policy").get(0))
        .as(path)
        .startsWith("default-src 'self';")
        .doesNotContain("unsafe");
    assertThat(headers.get("x-content-type-options")).as(path).containsExactly("nosniff");
    assertThat(headers.get("x-frame-options")).as(path).containsExactly("DENY");
    assertThat(headers.get("cache-control").get(0)).as(path).contains("no-store");
    assertThat(html.select("script:not([src]), style, [style]")).as(path).isEmpty();
    assertThat(html.getAllElements())
        .as(path)
        .allSatisfy(
            element ->
                assertThat(element.attributes().asList())
                    .noneMatch(attribute -> attribute.getKey().startsWith("on")));
    for (Element element : html.select("script[src], link[href], img[src], form[action]")) {
      String target = element.attr("src") + element.attr("href") + element.attr("action");
      assertThat(target).as(path).startsWith("/").doesNotStartWith("//");
    }
    assertThat(html.select("h1")).as(path).hasSize(1);
    assertThat(html.title()).as(path).endsWith("– Towncrier");
    assertThat(html.select("html").attr("lang")).as(path).isEqualTo("en-GB");
    assertThat(html.text()).as(path).contains("Windows are open at any hour; phones are emulated");
    assertThat(html.text()).as(path).contains("All times are local (Europe/London)");
    assertThat(html.select("[id]").eachAttr("id")).as(path).doesNotHaveDuplicates();
    for (Element input : html.select("input:not([type=hidden]), select, textarea")) {
      assertThat(html.select("label[for=" + input.id() + "]"))
          .as(path + " has a label for " + input.id())
          .hasSize(1);
    }
  }

  @Test
  void an_unknown_address_is_a_404_page_that_helps() {
    Page page = everybody.get("/no/such/page");
    assertThat(page.status()).isEqualTo(404);
    assertThat(page.text()).contains("Page not found").contains("Alex Allroles");
  }

  @Test
  void style_and_script_come_from_here_without_what_only_gov_uk_may_use() {
    Page css = console.browser().get("/assets/govuk/govuk-frontend.min.css");
    assertThat(css.status()).isEqualTo(200);
    assertThat(css.response().body())
        .contains(".govuk-button")
        .doesNotContain("GDS Transport", "@font-face", "woff");
    for (String path : List.of("/assets/console.css", "/assets/console.js", "/assets/icon.svg")) {
      Page file = console.browser().get(path);
      assertThat(file.status()).as(path).isEqualTo(200);
      assertThat(file.response().body()).as(path).doesNotContain("http://www.g", "https://");
    }
    assertThat(console.browser().get("/assets/govuk/govuk-frontend.min.js").status())
        .isEqualTo(200);
    for (String path :
        List.of(
            "/assets/govuk/assets/images/govuk-crest.svg",
            "/webjars/govuk-frontend/5.14.0/dist/govuk/assets/images/govuk-crest.svg",
            "/assets/../application.yaml",
            "/assets/..%2f..%2fapplication.yaml")) {
      assertThat(everybody.get(path).status()).as(path).isIn(400, 404);
    }
  }
}
