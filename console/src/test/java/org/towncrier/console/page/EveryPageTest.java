package org.towncrier.console.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.towncrier.console.Browser;
import org.towncrier.console.Browser.Page;
import org.towncrier.console.TestConsole;
import org.towncrier.protocol.MessageId;
import org.towncrier.protocol.NodeId;
import org.towncrier.protocol.NodeState;
import org.towncrier.protocol.SiteId;
import org.towncrier.protocol.WireJson;

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
    Browser author = console.person(administrator, "ann", "Ann Author", "AUTHOR");
    emptyPages();
    console.node("square", "Marlborough Square", "square-north");
    console.node("street", "Market Street", "street-east");
    Page form = author.get("/campaigns/import");
    author.submit(
        form.form("/campaigns/import"),
        Map.of(
            "file",
            new Browser.Upload(
                "c.yaml",
                TestConsole.campaign("safer", "square", "Home <b>safe</b>", "Drinking", "Draft")
                    .getBytes(StandardCharsets.UTF_8))));
    for (String path : List.of("/messages/safer-0", "/messages/safer-1")) {
      author.submit(author.get(path).form("/submit"), Map.of());
    }
    everybody.submit(everybody.get("/messages/safer-0").form("/approve"), Map.of());
    said("square-north");
  }

  /** What a fresh console shows, before there is anything. */
  private static void emptyPages() {
    assertThat(everybody.get("/").text()).contains("No node offers anything at the moment");
    assertThat(everybody.get("/messages").text()).contains("There is no message yet");
    assertThat(everybody.get("/nodes").text()).contains("There is no node yet");
    assertThat(everybody.get("/messages/new").text()).contains("There is no campaign yet");
    assertThat(everybody.get("/evaluation").text())
        .contains("No node has reported anything yet")
        .contains("No phone has been seen yet")
        .contains("No node has looked yet");
  }

  /** A node that is on line with a message on air, a refused schedule and an adapter down. */
  private static void said(String node) {
    Instant now = Instant.now();
    NodeState state =
        new NodeState(
            new SiteId("square"),
            new NodeId(node),
            UUID.randomUUID(),
            now,
            "0.1.0",
            1,
            new NodeState.Refusal(2L, "signed by a key this node does not trust", now),
            null,
            false,
            false,
            List.of(
                new NodeState.MessageState(
                    new MessageId("safer-0"), NodeState.MessageState.Status.ON_AIR)),
            new NodeState.Clock(true, "synchronised"),
            List.of(
                new NodeState.Adapter("hci0", NodeState.Adapter.Health.UP, ""),
                new NodeState.Adapter(
                    "hci1", NodeState.Adapter.Health.DOWN, "does not answer; replug it")),
            new NodeState.Disk(5_000_000_000L, true),
            3,
            12);
    JdbcClient db = console.bean(JdbcClient.class);
    db.sql(
            """
            INSERT INTO node_heard (site, node, presence, presence_since, state, state_at)
            VALUES ('square', ?, 'ONLINE', ?, ?, ?)
            """)
        .params(
            node,
            now.toString(),
            new String(WireJson.write(state), StandardCharsets.UTF_8),
            now.toString())
        .update();
    db.sql(
            "INSERT INTO outcome_count (message, hour, site, node, outcome, reason, training, count) VALUES ('safer-0', ?, 'square', ?, 'ACCEPTED', '', 0, 41)")
        .params(now.truncatedTo(ChronoUnit.HOURS).toString(), node)
        .update();
    db.sql(
            "INSERT INTO outcome_count (message, hour, site, node, outcome, reason, training, count) VALUES"
                + " ('safer-0', ?, 'square', ?, 'WITHHELD', 'BUDGET_SPENT', 0, 7)")
        .params(now.truncatedTo(ChronoUnit.HOURS).toString(), node)
        .update();
    db.sql(
            "INSERT INTO outcome_count (message, hour, site, node, outcome, reason, training, count) VALUES ('=1+1', ?, 'square', ?, 'ACCEPTED', '', 1, 2)")
        .params(now.truncatedTo(ChronoUnit.HOURS).toString(), node)
        .update();
    db.sql("INSERT INTO coverage VALUES ('square', ?, ?, 'hci0', 1800)")
        .params(node, now.truncatedTo(ChronoUnit.HOURS).toString())
        .update();
  }

  @Test
  void the_start_page_says_what_goes_on_and_what_needs_a_look() {
    String text = everybody.get("/").text();
    assertThat(text)
        .contains("41 accepted since noon")
        .contains("1 message on air now")
        .contains("1 of 2 nodes online")
        .contains("1 waiting for approval")
        .contains("Home <b>safe</b>")
        .contains("square/square-north")
        .contains("Refused Revision 2")
        .contains("Adapter hci1: does not answer; replug it")
        .contains("street/street-east: Has never connected");
  }

  @Test
  void a_node_s_page_shows_what_it_does_beside_what_it_was_told() {
    Page page = everybody.get("/nodes/square/square-north");
    assertThat(page.text())
        .contains("Online")
        .contains("signed by a key this node does not trust")
        .contains("On air")
        .contains("Reports on their way 3")
        .contains("about 12");
    Page held = everybody.submit(page.form("/hold"), Map.of());
    assertThat(held.text()).contains("On hold").contains("Resume");
    Page resumed = everybody.submit(held.form("/hold"), Map.of());
    assertThat(resumed.text()).doesNotContain("On hold");
    assertThat(everybody.forge("/nodes/no/such/hold", Map.of("hold", "true")).status())
        .isEqualTo(404);
  }

  @Test
  void only_an_administrator_holds_a_node() {
    Browser other = console.person(console.administrator(), "reader", "Reader", "EVALUATOR");
    String path = "/nodes/square/square-north";
    assertThat(other.get(path).hasForm("/hold")).isFalse();
    assertThat(other.forge(path + "/hold", Map.of("hold", "true")).status()).isEqualTo(403);
  }

  @Test
  void the_evaluation_counts_live_offers_and_gives_every_count_to_take_away() {
    Page page = everybody.get("/evaluation");
    assertThat(page.text())
        .contains("41")
        .contains("it had had its offers for the night 7")
        .contains("Marlborough Square, square-north 30 minutes");
    assertThat(page.html().select("#main-content").text()).doesNotContain("=1+1");
    String csv = everybody.get("/evaluation/counts.csv").response().body();
    assertThat(csv)
        .startsWith(
            "message,title,hour_utc,site,node,outcome,withheld_reason,training,count,wording,"
                + "hour_local,figures\r\n")
        .contains("safer-0,Home <b>safe</b>,")
        .contains(",WITHHELD,BUDGET_SPENT,no,7")
        .contains("'=1+1,'=1+1,")
        .contains(",ACCEPTED,,yes,2");
    for (String table : List.of("totals", "withheld", "coverage")) {
      assertThat(page.hasLink("/evaluation/" + table + ".csv")).as(table).isTrue();
    }
    assertThat(everybody.get("/evaluation/totals.csv").response().body())
        .contains(",ACCEPTED,EXACT,41\r\n");
    assertThat(everybody.get("/evaluation/totals.csv?figures=PUBLISHED").response().body())
        .contains(",ACCEPTED,PUBLISHED,40\r\n");
    assertThat(everybody.get("/evaluation/withheld.csv").response().body())
        .contains("BUDGET_SPENT,EXACT,7\r\n");
    assertThat(everybody.get("/evaluation/coverage.csv").response().body())
        .contains("square,square-north,1800\r\n");
    assertThat(everybody.get("/evaluation/nights.csv?from=2026-11-20&to=2026-11-01").status())
        .isEqualTo(400);
    assertThat(everybody.get("/evaluation/nights.csv?from=2026-11-01&to=2026-11-07").status())
        .isEqualTo(200);
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
        // The plan leads from week to week without end: the weeks beside this one are enough.
        boolean endless = path.contains("week=") && next.contains("week=");
        if (!endless && seen.add(next)) {
          ahead.add(next);
        }
      }
    }
    assertThat(seen).hasSizeGreaterThan(25);
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
  void a_file_named_by_its_content_is_kept_for_ever_and_travels_compressed() {
    Document html = everybody.get("/").html();
    List<String> files = html.select("link[rel=stylesheet], link[rel=icon]").eachAttr("href");
    files.addAll(html.select("script[src]").eachAttr("src"));
    assertThat(files).hasSize(4);
    for (String path : files) {
      assertThat(path).matches("/assets/(govuk/)?[a-z.-]+-[0-9a-f]{32}\\.(css|js|svg)");
      Page file = console.browser().get(path, "Accept-Encoding", "gzip");
      assertThat(file.response().headers().firstValue("Cache-Control").orElse(""))
          .as(path)
          .contains("max-age=31536000", "immutable");
      if (!path.endsWith(".svg")) {
        assertThat(file.response().headers().firstValue("Content-Encoding"))
            .as(path)
            .contains("gzip");
      }
      String stale = path.replaceAll("-[0-9a-f]{32}", "-" + "0".repeat(32));
      assertThat(console.browser().get(stale).status()).as(stale).isEqualTo(404);
    }
    Page plain = console.browser().get("/assets/console.js");
    assertThat(plain.response().headers().firstValue("Cache-Control").orElse(""))
        .contains("max-age=3600")
        .doesNotContain("immutable");
  }

  @Test
  void the_footer_leads_everybody_to_the_accessibility_statement() {
    assertThat(console.browser().get("/sign-in").hasLink("/accessibility")).isTrue();
    assertThat(console.browser().get("/accessibility").text())
        .contains("partially compliant")
        .contains("Equality and Human Rights Commission")
        .contains("27 November 2026");
  }

  @Test
  void people_and_the_evaluation_are_searched_and_say_when_nothing_fits() {
    assertThat(everybody.get("/people?words=ALEX").text())
        .contains("Alex Allroles")
        .doesNotContain("Ann Author");
    assertThat(everybody.get("/people?words=nobody").text()).contains("Nobody fits");
    assertThat(everybody.get("/people?page=2").status()).isEqualTo(404);
    assertThat(everybody.get("/evaluation?words=home").text()).contains("Home <b>safe</b>");
    assertThat(everybody.get("/evaluation?words=no%20such").text()).contains("No message fits");
    assertThat(everybody.get("/evaluation?page=9").status()).isEqualTo(404);
    assertThat(everybody.get("/evaluation?nights=0").status()).isEqualTo(404);
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
