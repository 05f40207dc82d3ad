package org.towncrier.console.noticeboard;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.towncrier.console.Browser;
import org.towncrier.console.TestConsole;

/** A console with a notice board, two sites, and somebody to write and somebody to approve. */
public final class PublicTown implements AutoCloseable {
  public static final List<String> SETTINGS =
      List.of(
          "--towncrier.noticeboard.port=0",
          "--towncrier.noticeboard.url=https://check.example.gov.uk",
          "--towncrier.noticeboard.controller=North West Leicestershire District Council",
          "--towncrier.noticeboard.contact=01530 454704, community.safety@example.gov.uk",
          "--towncrier.noticeboard.data-protection-officer=dpo@example.gov.uk",
          "--towncrier.noticeboard.lawful-basis=It is part of our public task.",
          "--towncrier.noticeboard.counts-kept=two years");
  public static final List<String> ALL_DAY =
      List.of("--towncrier.permitted-hours.start=00:00", "--towncrier.permitted-hours.end=00:00");

  final TestConsole console;
  final Browser administrator;
  final Browser author;
  final Browser approver;

  private PublicTown(TestConsole console) {
    this.console = console;
    administrator = console.administrator();
    author = console.person(administrator, "ann", "Ann Author", "AUTHOR");
    approver = console.person(administrator, "ben", "Ben Approver", "APPROVER");
    console.node("square", "Marlborough Square", "square-north");
    console.node("street", "Market Street", "street-east");
  }

  /** Where nodes may speak all day. */
  public static PublicTown open(Path data) {
    List<String> settings = new ArrayList<>(SETTINGS);
    settings.addAll(ALL_DAY);
    return new PublicTown(new TestConsole(data, settings.toArray(String[]::new)));
  }

  public TestConsole console() {
    return console;
  }

  int port() {
    return console.bean(BoardServer.class).port();
  }

  public String url() {
    return "http://127.0.0.1:" + port();
  }

  /** Somebody in the street: no cookies, nothing to sign in with. */
  Browser visitor() {
    return new Browser(url());
  }

  public void takeIn(String yaml) {
    Browser.Page page =
        author.submit(
            author.get("/campaigns/import").form("/campaigns/import"),
            Map.of("file", new Browser.Upload("campaign.yaml", yaml.getBytes(UTF_8))));
    if (!page.text().contains("The campaign is imported")) {
      throw new AssertionError(page.text());
    }
  }

  void submit(String message) {
    author.submit(author.get("/messages/" + message).form("/submit"), Map.of());
  }

  public void approve(String message) {
    submit(message);
    approver.submit(approver.get("/messages/" + message).form("/approve"), Map.of());
  }

  /** A campaign of one text message, on air now at the square. */
  public void onAir(String campaign) {
    takeIn(TestConsole.campaign(campaign, "square", "Title of " + campaign));
    approve(campaign + "-0");
  }

  /** As if a node had reported that a phone was offered it. */
  public void offered(String message, boolean training) {
    console
        .bean(JdbcClient.class)
        .sql(
            "INSERT INTO outcome_count (message, hour, site, node, outcome, reason, training, count)"
                + " VALUES (?, ?, 'square', 'square-north', 'ACCEPTED', '', ?, 1)")
        .params(message, Instant.now().truncatedTo(ChronoUnit.HOURS).toString(), training ? 1 : 0)
        .update();
  }

  /** A message that is a picture, on air now at the square. */
  public void picture(String campaign, byte[] jpeg, String description) {
    takeIn(TestConsole.campaign(campaign, "square", "First"));
    author.submit(
        author.get("/messages/new").form("/messages/new"),
        Map.of(
            "campaign",
            campaign,
            "title",
            "Map of the square",
            "kind",
            "IMAGE",
            "text",
            description,
            "image",
            new Browser.Upload("x.jpg", jpeg)));
    author.submit(
        author.get("/messages/map-of-the-square/schedule").form("/schedule"),
        Map.of(
            "places",
            List.of("square"),
            "days",
            List.of(DayOfWeek.values()),
            "opens",
            "00:00",
            "closes",
            "00:00"));
    approve("map-of-the-square");
  }

  /** A message that is a contact card, on air now at the square. */
  public void card(String campaign) {
    takeIn(
        TestConsole.campaign(campaign, "square", "Who to call")
            .replace("kind: text", "kind: vcard")
            .replace("object: message-0.txt", "object: who-to-call.vcf")
            .replaceAll(
                "text: \"Words.*",
                "card: {name: \"Safe in town\", organisation: \"The partnership\", numbers: [{label:"
                    + " \"Police, not urgent\", dial: \"101\"}]}"));
    approve(campaign + "-0");
  }

  public void cancel(String message) {
    approver.submit(approver.get("/messages/" + message + "/cancel").form("/cancel"), Map.of());
  }

  public void pause(String message) {
    approver.submit(approver.get("/messages/" + message).form("/pause"), Map.of());
  }

  void resume(String message) {
    approver.submit(approver.get("/messages/" + message).form("/resume"), Map.of());
  }

  public void end(String message) {
    approver.submit(approver.get("/messages/" + message + "/end").form("/end"), Map.of());
  }

  static String path(String message) {
    return "/message/" + NoticeCode.of(new org.towncrier.protocol.MessageId(message));
  }

  @Override
  public void close() {
    console.close();
  }
}
