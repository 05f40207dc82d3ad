package org.towncrier.console.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.towncrier.console.Browser;
import org.towncrier.console.Browser.Page;
import org.towncrier.console.TestConsole;
import org.towncrier.console.audit.AuditTrail;
import org.towncrier.protocol.NodeId;
import org.towncrier.protocol.NodeState;
import org.towncrier.protocol.Presence;
import org.towncrier.protocol.SiteId;

/** The list of nodes, where they are, and what each page says of them. */
class NodePagesTest {
  @TempDir static Path data;
  static TestConsole console;
  static Browser administrator;
  static Browser reader;

  @BeforeAll
  static void start() {
    console = new TestConsole(data);
    administrator = console.administrator();
    reader = console.person(administrator, "eve", "Eve Evaluator", "EVALUATOR");
    console.node("square", "Marlborough Square", "clock-tower");
    console.node("square", "Marlborough Square", "memorial");
    console.node("street", "Market Street", "town-hall");
    console.node("many", "Many", "node-0");
    JdbcClient db = console.bean(JdbcClient.class);
    for (int n = 1; n < 60; n++) {
      db.sql("INSERT INTO node (site, id, added_at) VALUES ('many', ?, '2026-01-01T00:00:00Z')")
          .param("node-" + n)
          .update();
    }
    console.heard("square", "clock-tower", NodeState.OUTSIDE_PERMITTED_HOURS);
  }

  @AfterAll
  static void stop() {
    console.close();
  }

  private static Page place(String path, String latitude, String longitude) {
    return administrator.submit(
        administrator.get(path + "/position").form("/position"),
        Map.of("latitude", latitude, "longitude", longitude));
  }

  @Test
  void a_node_is_put_on_the_plan_and_taken_off_again() {
    Page placed = place("/nodes/street/town-hall", "52.7462", "-1.4716");
    assertThat(placed.path()).isEqualTo("/nodes/street/town-hall");
    assertThat(placed.text()).contains("52.74620, -1.47160");
    assertThat(administrator.get("/nodes").html().select("svg a[href=/nodes/street/town-hall]"))
        .hasSize(1);
    assertThat(console.bean(AuditTrail.class).of("node street/town-hall"))
        .anySatisfy(entry -> assertThat(entry.what()).isEqualTo("put on the map"));
    assertThat(place("/nodes/street/town-hall", "", "").text()).contains("Nobody has said");
    assertThat(administrator.get("/nodes").html().select("svg a[href=/nodes/street/town-hall]"))
        .isEmpty();
  }

  @Test
  void both_numbers_can_be_pasted_at_once() {
    assertThat(place("/sites/square", "52.72437, -1.36905", "").text())
        .contains("52.72437, -1.36905");
  }

  @Test
  void what_is_no_place_is_named_at_its_field_and_kept() {
    String[][] wrong = {
      {"91", "0"},
      {"52.7", ""},
      {"", "-1.3"},
      {"north", "-1.3"},
      {"NaN", "0"},
      {"1e1", "0"},
      {"52,7", "-1"},
      {"52.7", "181"},
      {"52.7", "--1"},
      {"<b>", "0"}
    };
    for (String[] typed : wrong) {
      Page page = place("/nodes/square/memorial", typed[0], typed[1]);
      assertThat(page.problems()).as("%s %s", (Object[]) typed).contains("Enter the l");
      assertThat(page.html().select("#latitude").val()).isEqualTo(typed[0]);
      assertThat(page.html().select("#longitude").val()).isEqualTo(typed[1]);
    }
    assertThat(administrator.get("/nodes/square/memorial").text()).contains("Nobody has said");
  }

  @Test
  void only_an_administrator_says_where_something_is() {
    assertThat(reader.get("/nodes/square/memorial/position").status()).isEqualTo(403);
    assertThat(reader.get("/sites/square/position").status()).isEqualTo(403);
    assertThat(
            reader
                .forge("/nodes/square/memorial/position", Map.of("latitude", "1", "longitude", "1"))
                .status())
        .isEqualTo(403);
    assertThat(reader.get("/nodes/square/memorial").hasLink("/nodes/square/memorial/position"))
        .isFalse();
    assertThat(administrator.get("/nodes/square/nowhere/position").status()).isEqualTo(404);
    assertThat(administrator.get("/sites/no.site/position").status()).isEqualTo(404);
  }

  @Test
  void many_nodes_are_searched_and_paged() {
    Page first = reader.get("/nodes?words=many/");
    assertThat(first.html().select("tbody th[scope=row]")).hasSize(50);
    Page second = reader.get(first.html().select("a[rel=next]").attr("href"));
    assertThat(second.html().select("tbody th[scope=row]")).hasSize(10);
    assertThat(second.html().select("#words").val()).isEqualTo("many/");
    assertThat(reader.get("/nodes?page=3").status()).isEqualTo(404);
    assertThat(reader.get("/nodes?page=0").status()).isEqualTo(404);
    Page found = reader.get("/nodes?words=MARLBOROUGH");
    assertThat(found.html().select("tbody th[scope=row]")).hasSize(2);
    assertThat(reader.get("/nodes?words=%25_").text()).contains("No node fits");
    assertThat(reader.get("/nodes?words=square/clock").html().select("tbody th[scope=row]"))
        .hasSize(1);
  }

  @Test
  void a_node_that_is_silent_by_day_is_well() {
    assertThat(reader.get("/nodes?show=troubles&words=clock-tower").text())
        .contains("No node fits");
    assertThat(reader.get("/nodes?show=troubles&words=memorial").text())
        .contains("Has never connected")
        .contains("Start it with the file that add-node wrote for it");
  }

  @Test
  void a_node_switched_off_is_missed_in_its_permitted_hours_alone() {
    ZoneId zone = ZoneId.of("Europe/London");
    LocalTime now = LocalTime.now(zone);
    assertThat(troublesOfOne(now.minusHours(1), now.plusHours(1))).isEqualTo(1);
    assertThat(troublesOfOne(now.plusHours(2), now.plusHours(3))).isZero();
  }

  private static int troublesOfOne(LocalTime begins, LocalTime ends) {
    NodeView off =
        new NodeView(
            "square",
            "Square",
            "off",
            false,
            false,
            false,
            Presence.Status.OFFLINE,
            null,
            0,
            null,
            null,
            null,
            null,
            Map.of(),
            Heard.state(begins, ends),
            null,
            false,
            0,
            null,
            null,
            null,
            null);
    return console.bean(NodeWords.class).troubles(off).size();
  }

  @Test
  void last_night_s_coverage_is_said_by_adapter_with_its_share_of_the_permitted_hours() {
    ZoneId zone = ZoneId.of("Europe/London");
    LocalTime now = LocalTime.now(zone);
    LocalDate today = LocalDate.now(zone);
    LocalDate night = (now.isBefore(LocalTime.NOON) ? today.minusDays(1) : today).minusDays(1);
    JdbcClient db = console.bean(JdbcClient.class);
    for (int hour = 20; hour < 23; hour++) {
      db.sql("INSERT INTO coverage VALUES ('square', 'clock-tower', ?, 'hci0', 2700)")
          .param(night.atTime(hour, 0).atZone(zone).toInstant().toString())
          .update();
    }
    // Of another night.
    db.sql("INSERT INTO coverage VALUES ('square', 'clock-tower', ?, 'hci0', 3600)")
        .param(night.plusDays(1).atTime(20, 0).atZone(zone).toInstant().toString())
        .update();
    String share = String.valueOf(Math.round(100.0 * 8100 / Heard.permittedSeconds(night)));
    assertThat(reader.get("/nodes?words=clock-tower").text())
        .contains("hci0 2 hours 15 minutes, " + share + "%");
    assertThat(reader.get("/nodes/square/clock-tower").text())
        .contains("hci0 looked for 2 hours 15 minutes, " + share + "% of its permitted hours");
    assertThat(reader.get("/nodes?words=memorial").text()).contains("Did not look");
  }

  @Test
  void the_table_of_nodes_writes_small_degrees_without_an_exponent() {
    place("/nodes/street/town-hall", "51.4779", "-0.0005");
    assertThat(reader.get("/nodes/nodes.csv").text())
        .contains("leaving_since,last_night_seconds_by_adapter")
        .contains(",51.4779,-0.00050,,");
    place("/nodes/street/town-hall", "", "");
  }

  @Test
  void a_node_is_taken_out_after_a_question_and_comes_back_under_its_name() throws Exception {
    console.node("stays", "Stays", "second");
    // One that never connected leaves as soon as the console looks.
    console.heard("stays", "second", null);
    Page ask = administrator.get("/nodes/stays/second/take-out");
    assertThat(administrator.submit(ask.form("/take-out"), Map.of()).problems())
        .contains("Select how the node is taken out");
    Page order = administrator.submit(ask.form("/take-out"), Map.of("how", "in-order"));
    assertThat(order.text()).contains("Being taken out of its site");
    assertThat(administrator.submit(ask.form("/take-out"), Map.of("how", "in-order")).problems())
        .contains("The node is not there any more, or that was done already");
    Page kept =
        administrator.submit(
            administrator.get("/nodes/stays/second/take-out").form("/take-out"),
            Map.of("how", "keep"));
    assertThat(kept.text()).doesNotContain("Being taken out");
    console.node("gone", "Gone", "first");
    Page gone =
        administrator.submit(
            administrator.get("/nodes/gone/first/take-out").form("/take-out"),
            Map.of("how", "at-once"));
    assertThat(gone.text()).contains("first is taken out. What it reported stays");
    assertThat(administrator.get("/nodes/gone/first").status()).isEqualTo(404);
    assertThat(administrator.get("/sites/gone").text()).contains("This site has no node.");
    assertThat(reader.get("/nodes/square/memorial/take-out").status()).isEqualTo(403);
    assertThat(reader.forge("/nodes/square/memorial/take-out", Map.of("how", "at-once")).status())
        .isEqualTo(403);
    assertThat(administrator.forge("/nodes/gone/first/take-out", Map.of("how", "at-once")).status())
        .isEqualTo(404);
    console
        .bean(AddNode.class)
        .add(new AddNodeRequest(new SiteId("gone"), new NodeId("first"), data.resolve("again")));
    assertThat(administrator.get("/nodes/gone/first").text())
        .contains("Never seen")
        .doesNotContain("Being taken out");
  }
}
