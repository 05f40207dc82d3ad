package org.towncrier.console;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.towncrier.console.node.AddNode;
import org.towncrier.console.node.AddNodeRequest;
import org.towncrier.console.people.CreateAdmin;
import org.towncrier.protocol.NodeId;
import org.towncrier.protocol.NodeState;
import org.towncrier.protocol.NodeState.MessageState;
import org.towncrier.protocol.SiteId;
import org.towncrier.protocol.WireJson;

/** The real console on a port of its own, with its data in a folder that the test owns. */
public final class TestConsole implements AutoCloseable {
  public static final String PASSWORD = "plum tractor eleven";

  private final Path data;
  private final ConfigurableApplicationContext context;

  public TestConsole(Path data, String... more) {
    this.data = data;
    List<String> args =
        new ArrayList<>(
            List.of(
                "--server.port=0",
                "--towncrier.data=" + data,
                // Pages need no broker, and must say what they know without one.
                "--towncrier.broker.embedded=false",
                "--towncrier.broker.url=mqtt://127.0.0.1:9",
                "--towncrier.broker.username=console",
                "--towncrier.broker.password=nobody-listens"));
    args.addAll(List.of(more));
    context = ConsoleMain.start(args.toArray(String[]::new));
  }

  private TestConsole(Path data, ConfigurableApplicationContext context) {
    this.data = data;
    this.context = context;
  }

  /** With its own broker, for nodes to come to. */
  public static TestConsole withBroker(Path data) {
    return withBroker(data, "mqtt://127.0.0.1:0");
  }

  /** With its own broker where another has been. */
  public static TestConsole withBroker(Path data, String bind, String... more) {
    List<String> args =
        new ArrayList<>(
            List.of(
                "--server.port=0", "--towncrier.data=" + data, "--towncrier.broker.bind=" + bind));
    args.addAll(List.of(more));
    return new TestConsole(data, ConsoleMain.start(args.toArray(String[]::new)));
  }

  public <T> T bean(Class<T> type) {
    return context.getBean(type);
  }

  /** The beans of a kind that may not be there. */
  public <T> List<T> beans(Class<T> type) {
    return List.copyOf(context.getBeansOfType(type).values());
  }

  public String url() {
    return "http://127.0.0.1:" + context.getEnvironment().getProperty("local.server.port");
  }

  public Browser browser() {
    return new Browser(url());
  }

  /** Makes the first administrator, as the command line does, and signs in. */
  public Browser administrator() {
    Browser browser = browser();
    String link = bean(CreateAdmin.class).link("admin", "Ada Min", true);
    setPassword(browser, link);
    browser.signIn("admin", PASSWORD);
    return browser;
  }

  /** Adds somebody through the pages, and signs them in. */
  public Browser person(Browser administrator, String username, String name, String... roles) {
    Browser.Page shown =
        administrator.submit(
            administrator.get("/people/new").form("/people/new"),
            Map.of("username", username, "displayName", name, "roles", List.of(roles)));
    Browser browser = browser();
    setPassword(browser, shown.html().select("#link").text());
    browser.signIn(username, PASSWORD);
    return browser;
  }

  /** Adds a node, as the command line does. */
  public void node(String site, String siteName, String node) {
    try {
      bean(AddNode.class)
          .add(
              new AddNodeRequest(
                  new SiteId(site), new NodeId(node), siteName, data, null, false, Map.of()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A node that is on line, applies what it was told last, and says this of itself. */
  public void heard(
      String site, String node, @Nullable String silentBecause, MessageState... messages) {
    Instant now = Instant.now();
    JdbcClient db = bean(JdbcClient.class);
    long revision =
        db.sql("SELECT coalesce(max(revision), 0) FROM node_schedule WHERE site = ? AND node = ?")
            .params(site, node)
            .query(Long.class)
            .single();
    NodeState state =
        new NodeState(
            new SiteId(site),
            new NodeId(node),
            UUID.randomUUID(),
            now,
            "0.1.0",
            revision,
            null,
            silentBecause,
            false,
            false,
            List.of(messages),
            new NodeState.Clock(true, "synchronised"),
            List.of(new NodeState.Adapter("hci0", NodeState.Adapter.Health.UP, "")),
            new NodeState.Disk(5_000_000_000L, true),
            0,
            12);
    db.sql(
            """
            INSERT OR REPLACE INTO node_heard (site, node, presence, presence_since, state, state_at)
            VALUES (?, ?, 'ONLINE', ?, ?, ?)
            """)
        .params(
            site,
            node,
            now.toString(),
            new String(WireJson.write(state), StandardCharsets.UTF_8),
            now.toString())
        .update();
  }

  /** A campaign file that runs now, with one message per title, for every node of a site. */
  public static String campaign(String id, String site, String... titles) {
    LocalDate today = LocalDate.now(ZoneId.of("Europe/London"));
    StringBuilder yaml =
        new StringBuilder(
            """
            campaign: %s
            title: Campaign %s
            sender: The community safety team
            contact: "Objections: 01530 454704"
            starts: %s
            ends: %s
            messages:
            """
                .formatted(id, id, today.minusDays(1), today.plusDays(60)));
    for (int n = 0; n < titles.length; n++) {
      yaml.append(
          """
            - id: %s-%d
              title: "%s"
              kind: text
              priority: normal
              object: message-%d.txt
              text: "Words of %s"
              places: [%s]
              windows:
                - {days: [monday, tuesday, wednesday, thursday, friday, saturday, sunday], start: "00:00", end: "00:00"}
          """
              .formatted(id, n, titles[n], n, titles[n], site));
    }
    return yaml.toString();
  }

  /** Has somebody take in such a file through the pages. */
  public static void takeIn(Browser author, String id, String site, String... titles) {
    author.submit(
        author.get("/campaigns/import").form("/campaigns/import"),
        Map.of(
            "file",
            new Browser.Upload(
                "c.yaml", campaign(id, site, titles).getBytes(StandardCharsets.UTF_8))));
  }

  private static void setPassword(Browser browser, String link) {
    Browser.Page form = browser.get(link);
    browser.submit(
        (org.jsoup.nodes.FormElement) form.html().selectFirst("form[action*=set-password]"),
        Map.of("password", PASSWORD, "again", PASSWORD));
  }

  @Override
  public void close() {
    context.close();
  }
}
