package org.towncrier.console.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.towncrier.console.Browser;
import org.towncrier.console.TestConsole;

@Timeout(60)
class LiveCountsTest {
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

  private static HttpResponse<InputStream> open(Browser browser) throws Exception {
    return browser
        .http()
        .send(
            HttpRequest.newBuilder(browser.uri("/live/counts"))
                .header("Accept", "text/event-stream")
                .build(),
            HttpResponse.BodyHandlers.ofInputStream());
  }

  private static BufferedReader lines(HttpResponse<InputStream> stream) {
    return new BufferedReader(new InputStreamReader(stream.body(), StandardCharsets.UTF_8));
  }

  /** The data of the next event. */
  private static String next(BufferedReader lines) throws Exception {
    String line = lines.readLine();
    while (line != null && !line.startsWith("data:")) {
      line = lines.readLine();
    }
    return String.valueOf(line);
  }

  private static void count(String message, String outcome, int training, long count) {
    console
        .bean(JdbcClient.class)
        .sql(
            """
            INSERT INTO outcome_count
              (message, hour, site, node, outcome, reason, training, count)
            VALUES (?, ?, 'coalville', 'north', ?, '', ?, ?)
            ON CONFLICT DO UPDATE SET count = excluded.count
            """)
        .params(message, Instant.now().toString(), outcome, training, count)
        .update();
  }

  private static void await(BooleanSupplier condition) {
    while (!condition.getAsBoolean()) {
      Thread.onSpinWait();
    }
  }

  @Test
  void a_page_hears_every_count_at_once_and_then_what_changes() throws Exception {
    count("safer", "ACCEPTED", 0, 3);
    count("safer", "ACCEPTED", 1, 1000);
    BufferedReader lines = lines(open(administrator));
    assertThat(next(lines)).contains("\"safer/ACCEPTED\":3").contains("\"tonight/ACCEPTED\":");
    count("other", "UNSUPPORTED", 0, 7);
    assertThat(next(lines)).contains("\"other/UNSUPPORTED\":7").doesNotContain("safer/ACCEPTED");
    lines.close();
  }

  @Test
  void a_stream_ends_when_its_person_signs_out() throws Exception {
    Browser author = console.person(administrator, "ann", "Ann", "AUTHOR");
    BufferedReader lines = lines(open(author));
    lines.readLine();
    author.submit(author.get("/").form("/sign-out"), Map.of());
    String line = lines.readLine();
    while (line != null) {
      line = lines.readLine();
    }
    assertThat(open(author).headers().firstValue("Content-Type").orElse(""))
        .startsWith("text/html");
  }

  @Test
  void streams_are_so_many_and_no_more_and_a_page_that_closes_makes_room() throws Exception {
    LiveCounts live = console.bean(LiveCounts.class);
    List<HttpResponse<InputStream>> streams = new ArrayList<>();
    HttpResponse<InputStream> last = open(administrator);
    while (last.statusCode() == 200) {
      streams.add(last);
      assertThat(streams).hasSizeLessThanOrEqualTo(LiveCounts.MOST_CLIENTS);
      last = open(administrator);
    }
    assertThat(last.statusCode()).isEqualTo(503);
    for (HttpResponse<InputStream> stream : streams) {
      stream.body().close();
    }
    long[] count = {0};
    await(
        () -> {
          count("many", "ACCEPTED", 0, ++count[0]);
          return live.clients() == 0;
        });
    HttpResponse<InputStream> again = open(administrator);
    assertThat(again.statusCode()).isEqualTo(200);
    again.body().close();
  }

  @Test
  void an_open_page_hears_that_something_about_nodes_has_changed() throws Exception {
    console.node("square", "Square", "clock-tower");
    HttpResponse<InputStream> stream = open(administrator);
    BufferedReader lines = lines(stream);
    String first = next(lines);
    Browser.Page page = administrator.get("/nodes/square/clock-tower");
    String edition = page.html().select("#node-now").attr("data-live-edition");
    assertThat(first).contains("\"nodes\":" + edition);
    administrator.submit(page.form("/hold"), java.util.Map.of());
    assertThat(next(lines)).contains("\"nodes\":").doesNotContain(edition);
    stream.body().close();
  }
}
