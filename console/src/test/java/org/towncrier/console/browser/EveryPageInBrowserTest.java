package org.towncrier.console.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.towncrier.console.Browser;
import org.towncrier.console.TestConsole;
import org.towncrier.console.page.PageAddresses;
import org.towncrier.console.people.CreateAdmin;
import org.towncrier.protocol.MessageId;
import org.towncrier.protocol.NodeState;

/** Every page that somebody with every role can reach, looked at in both widths. */
@Tag("browser")
class EveryPageInBrowserTest {
  @RegisterExtension static final ConsoleInChromium BROWSER = new ConsoleInChromium();
  static TestConsole console;
  static Chromium chromium;

  /** Opened for their links: what is offered differs from one message to the next. */
  private static final int OF_A_KIND = 5;

  /** What comes before somebody is signed in. */
  private static final Pattern BEFORE = Pattern.compile("/sign-in|/set-password/.*|/second-factor");

  @BeforeAll
  static void start(TestConsole running, Chromium shown) {
    console = running;
    chromium = shown;
    Browser administrator = console.administrator();
    console.person(administrator, "ann", "Ann Author", "AUTHOR");
    console.person(
        administrator, "all", "Alex Allroles", "AUTHOR", "APPROVER", "EVALUATOR", "ADMINISTRATOR");
  }

  @Test
  void every_page_is_accessible_and_fits_in_both_widths() {
    chromium.open("/sign-in");
    BROWSER.look("sign-in");
    String link = console.bean(CreateAdmin.class).link("late", "Lou Late", true);
    chromium.open(link);
    BROWSER.look("set-password");
    chromium.as("all");
    walk("empty", Set.of("/"));
    fill();
    Set<String> kinds =
        walk(
            "all",
            Set.of("/", "/no/such/page", "/account/second-factor", "/messages/safer-1/schedule"));
    assertThat(console.bean(PageAddresses.class).pages())
        .as("a page that nothing leads to: add it here, or a link to it")
        .filteredOn(address -> !BEFORE.matcher(address).matches())
        .allMatch(kinds::contains);
  }

  /**
   * From page to page as the links go; of those that differ in their data alone, one is looked at.
   */
  private static Set<String> walk(String prefix, Set<String> from) {
    Deque<String> ahead = new ArrayDeque<>(from);
    Set<String> seen = new HashSet<>(from);
    Map<String, Integer> kinds = new HashMap<>();
    while (!ahead.isEmpty()) {
      String path = ahead.remove();
      String plain = path.replaceAll("\\?.*", "");
      if (!PageAddresses.isPage(plain)
          || BEFORE.matcher(plain).matches()
          || kinds.merge(kind(path), 1, Integer::sum) > OF_A_KIND) {
        continue;
      }
      chromium.open(path);
      if (path.startsWith("/no/")) {
        chromium.complaints(); // That it is not there is what the browser should say.
      }
      if (kinds.get(kind(path)) == 1) {
        BROWSER.look(prefix + name(path));
      }
      chromium.links().stream().filter(seen::add).forEach(ahead::add);
    }
    assertThat(kinds).hasSizeGreaterThan(5);
    return kinds.keySet();
  }

  /** The address with what differs from one thing of a kind to the next left out. */
  private static String kind(String path) {
    return console.bean(PageAddresses.class).of(path).orElse(path).replaceAll("\\?.*", "");
  }

  private static String name(String path) {
    String words = kind(path).toLowerCase(java.util.Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    return words.equals("-") ? "-home" : words;
  }

  private static void fill() {
    console.node("square", "Marlborough Square", "square-north");
    console.node("square", "Marlborough Square", "square-south");
    console.node("street", "Market Street", "street-east");
    Browser administrator = console.browser();
    administrator.signIn("all", TestConsole.PASSWORD);
    place(administrator, "/nodes/square/square-north", "52.72490", "-1.36980");
    place(administrator, "/nodes/square/square-south", "52.72400", "-1.36850");
    place(administrator, "/nodes/street/street-east", "52.74620", "-1.47160");
    LocalDate friday =
        LocalDate.now(ZoneId.of("Europe/London"))
            .with(TemporalAdjusters.nextOrSame(DayOfWeek.FRIDAY));
    administrator.submit(
        administrator.get("/plan/events").form("/plan/events"),
        Map.of(
            "name", "Winter market",
            "first", friday.toString(),
            "last", friday.plusDays(1).toString()));
    Browser author = console.browser();
    author.signIn("ann", TestConsole.PASSWORD);
    TestConsole.takeIn(author, "safer", "square", "Home safe", "Drinking");
    for (String path : List.of("/messages/safer-0", "/messages/safer-1")) {
      author.submit(author.get(path).form("/submit"), Map.of());
    }
    Browser approver = console.browser();
    approver.signIn("all", TestConsole.PASSWORD);
    approver.submit(approver.get("/messages/safer-1").form("/approve"), Map.of());
    TestConsole.takeIn(approver, "own", "square", "A draft of mine");
    Browser third = console.person(administrator, "tom", "Tom Third", "AUTHOR");
    TestConsole.takeIn(third, "market", "square", "Taxis at the station");
    third.submit(
        third.get("/messages/market-0/schedule").form("/schedule"),
        Map.of(
            "from",
            friday.toString(),
            "to",
            friday.toString(),
            "opens",
            "22:00",
            "closes",
            "04:00"));
    third.submit(third.get("/messages/market-0").form("/submit"), Map.of());
    approver.submit(approver.get("/messages/market-0").form("/approve"), Map.of());
    console.heard(
        "square",
        "square-north",
        null,
        new NodeState.MessageState(new MessageId("safer-1"), NodeState.MessageState.Status.ON_AIR));
    console.heard("street", "street-east", NodeState.OUTSIDE_PERMITTED_HOURS);
    Instant night =
        LocalDate.now(ZoneId.of("Europe/London"))
            .minusDays(1)
            .atTime(20, 0)
            .atZone(ZoneId.of("Europe/London"))
            .toInstant();
    for (long hour = -25; hour < 8; hour++) {
      if (hour > -17 && hour < -1) {
        continue; // By day it does not look.
      }
      console
          .bean(JdbcClient.class)
          .sql("INSERT INTO coverage VALUES ('square', 'square-north', ?, 'hci0', 2700)")
          .param(night.plusSeconds(hour * 3600).toString())
          .update();
    }
  }

  private static void place(Browser browser, String path, String latitude, String longitude) {
    browser.submit(
        browser.get(path + "/position").form("/position"),
        Map.of("latitude", latitude, "longitude", longitude));
  }
}
