package org.towncrier.console.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.towncrier.console.Browser;
import org.towncrier.console.Browser.Page;
import org.towncrier.console.TestConsole;
import org.towncrier.protocol.NodeState;
import org.towncrier.protocol.SiteId;

class SitePagesTest {
  @TempDir static Path data;
  static TestConsole console;
  static Browser administrator;
  static Browser both;

  @BeforeAll
  static void start() {
    console = new TestConsole(data);
    administrator = console.administrator();
    both = console.person(administrator, "both", "Bo Both", "AUTHOR", "APPROVER");
    for (String site : List.of("square", "quiet", "trained", "asked")) {
      console.node(site, "The " + site, site + "-north");
      console.node(site, "The " + site, site + "-south");
    }
  }

  @AfterAll
  static void stop() {
    console.close();
  }

  private static SiteView site(String id) {
    return console.bean(Nodes.class).site(new SiteId(id)).orElseThrow();
  }

  @Test
  void a_whole_site_is_held_and_resumed() {
    Page held = administrator.submit(administrator.get("/sites/quiet").form("/hold"), Map.of());
    assertThat(held.text()).contains("On hold. Connected nodes stop").contains("Resume the whole");
    assertThat(site("quiet").hold()).isTrue();
    assertThat(administrator.get("/nodes/quiet/quiet-north").text())
        .contains("The whole site is on hold");
    administrator.submit(held.form("/hold"), Map.of());
    assertThat(site("quiet").hold()).isFalse();
    assertThat(administrator.get("/audit?words=site+quiet").text())
        .contains("Ada Min held site quiet")
        .contains("Ada Min resumed site quiet");
  }

  @Test
  void training_is_asked_for_once_and_then_every_page_says_so_until_it_ends() {
    assertThat(both.get("/").html().select(".tc-training__banner")).isEmpty();
    Page ask = administrator.get("/sites/trained/training");
    assertThat(ask.text()).contains("Begin training at The trained?").contains("No message is");
    assertThat(site("trained").training()).isFalse();
    administrator.submit(ask.form("/training"), Map.of());
    assertThat(site("trained").training()).isTrue();
    for (String path :
        List.of("/", "/messages", "/nodes", "/sites/square", "/no/such/page", "/messages/new")) {
      Page page = both.get(path);
      assertThat(page.html().select(".tc-training__banner").text())
          .as(path)
          .contains("Training at The trained: messages reach the team's own test phones alone");
      assertThat(page.html().body().hasClass("tc-training")).as(path).isTrue();
    }
    assertThat(console.browser().get("/sign-in").text()).doesNotContain("The trained");
    Page end = administrator.get("/sites/trained/training");
    assertThat(end.text()).contains("Everybody in the street receives what it offers from then on");
    administrator.submit(end.form("/training"), Map.of());
    assertThat(both.get("/").html().select(".tc-training__banner")).isEmpty();
  }

  @Test
  void one_node_trains_alone_and_whoever_begins_it_reads_which_messages_fall_silent() {
    both.submit(
        both.get("/campaigns/import").form("/campaigns/import"),
        Map.of(
            "file",
            new Browser.Upload(
                "c.yaml",
                TestConsole.campaign("real", "asked", "A real one")
                    .getBytes(StandardCharsets.UTF_8))));
    both.submit(both.get("/messages/real-0").form("/submit"), Map.of());
    Browser ben = console.person(administrator, "ben", "Ben Approver", "APPROVER");
    ben.submit(ben.get("/messages/real-0").form("/approve"), Map.of());
    Page ask = administrator.get("/nodes/asked/asked-north/training");
    assertThat(ask.text()).contains("stop reaching the public there: A real one");
    Page begun = administrator.submit(ask.form("/training"), Map.of());
    assertThat(begun.text())
        .contains("Training at asked/asked-north")
        .contains("End training at this node");
    assertThat(site("asked").training()).isFalse();
    administrator.submit(
        administrator.get("/nodes/asked/asked-north/training").form("/training"), Map.of());
  }

  @Test
  void how_often_a_phone_is_asked_is_said_in_numbers_that_make_sense() {
    Page form = administrator.get("/sites/square");
    Page wrong =
        administrator.submit(
            form.form("/contact"),
            Map.of("offersPerNight", "11", "tries", "some", "retryAfter", "-1"));
    assertThat(wrong.problems())
        .contains("Enter a whole number from 1 to 10")
        .contains("Enter a whole number from 10 to 43,200");
    assertThat(wrong.html().select("#offersPerNight").val()).isEqualTo("11");
    assertThat(wrong.html().select("#tries").val()).isEqualTo("some");
    assertThat(site("square").contact().offersPerNight()).isEqualTo(1);
    Page right =
        administrator.submit(
            form.form("/contact"), Map.of("offersPerNight", "2", "tries", "4", "retryAfter", "90"));
    assertThat(right.text()).contains("Saved. The site's nodes are told now");
    assertThat(site("square").contact().offersPerNight()).isEqualTo(2);
    assertThat(site("square").contact().retryAfterSeconds()).isEqualTo(90);
    assertThat(administrator.forge("/sites/square/contact", Map.of()).problems())
        .contains("Enter a whole number");
  }

  @Test
  void only_an_administrator_may() {
    Page page = both.get("/sites/square");
    assertThat(page.html().select("#main-content form")).isEmpty();
    for (String path : List.of("/sites/square/hold", "/sites/square/contact")) {
      assertThat(both.forge(path, Map.of("hold", "true")).status()).as(path).isEqualTo(403);
    }
    for (String path : List.of("/sites/square/training", "/nodes/square/square-north/training")) {
      assertThat(both.get(path).status()).as(path).isEqualTo(403);
      assertThat(both.forge(path, Map.of("begin", "true")).status()).as(path).isEqualTo(403);
    }
  }

  @Test
  void what_is_not_there_is_a_404_page() {
    for (String path :
        List.of(
            "/sites/none",
            "/sites/NO%20SITE",
            "/sites/none/training",
            "/nodes/square/none/training")) {
      assertThat(administrator.get(path).status()).as(path).isEqualTo(404);
    }
    assertThat(administrator.forge("/sites/none/hold", Map.of("hold", "true")).status())
        .isEqualTo(404);
  }

  @Test
  void a_node_that_rests_by_day_is_nothing_to_look_at_and_one_on_hold_is() {
    console.heard("square", "square-north", NodeState.OUTSIDE_PERMITTED_HOURS);
    console.heard("square", "square-south", "has no Bluetooth adapter that works");
    String text = administrator.get("/").text();
    assertThat(text).doesNotContain("square/square-north: Silent");
    assertThat(text).contains("square/square-south: Silent: it has no Bluetooth adapter");
    assertThat(administrator.get("/nodes").text()).contains("is outside its permitted hours");
  }
}
