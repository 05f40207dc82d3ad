package org.towncrier.town.bench;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FirstLoadTest {
  private static final Map<String, String> FILES =
      Map.ofEntries(
          entry(
              "/page",
              "<link rel=stylesheet href=/a/style.css><script src=/a/main.js></script>"
                  + "<img src=/picture><img src=/picture>"
                  + "<details><img src=/later loading=lazy></details>"
                  + "<a href=/elsewhere>x</a><img src=http://127.0.0.1:1/other-host>"),
          entry("/a/style.css", "body { background: url(../b/back.svg) }"),
          entry("/a/main.js", "import './part.js'"),
          entry("/a/part.js", "import './main.js'"),
          entry("/b/back.svg", "<svg/>"),
          entry("/picture", "a picture of thirty bytes....."),
          entry("/later", "x".repeat(10_000)),
          entry("/elsewhere", "x".repeat(10_000)),
          entry("/siblings", "<script src=/a/one.js></script><script src=/a/two.js></script>"),
          entry("/second", "<script src=/a/two.js></script>"),
          entry("/a/one.js", "import './shared.js'"),
          entry("/a/two.js", "import './shared.js'"),
          entry("/a/shared.js", "x".repeat(5_000)));

  private final List<String> asked = new CopyOnWriteArrayList<>();
  private HttpServer server;
  private Reader reader;
  private String base;

  @BeforeEach
  void serve() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        call -> {
          String path = call.getRequestURI().getPath();
          asked.add(path);
          byte[] body = FILES.getOrDefault(path, "").getBytes(StandardCharsets.UTF_8);
          String type =
              path.endsWith(".css")
                  ? "text/css"
                  : path.endsWith(".js") ? "text/javascript" : "text/html;charset=UTF-8";
          call.getResponseHeaders().set("Content-Type", type);
          call.sendResponseHeaders(FILES.containsKey(path) ? 200 : 404, body.length);
          call.getResponseBody().write(body);
          call.close();
        });
    server.start();
    base = "http://127.0.0.1:" + server.getAddress().getPort();
    reader = new Reader(base);
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void a_first_load_is_the_page_and_all_that_it_names_each_once() throws Exception {
    Reader.Answer page = reader.get("/page");
    long bytes = new FirstLoad(reader, base).bytes("/page", page);
    assertThat(asked)
        .containsExactlyInAnyOrder(
            "/page", "/a/style.css", "/b/back.svg", "/a/main.js", "/a/part.js", "/picture");
    long bodies =
        asked.stream()
            .mapToLong(path -> FILES.get(path).getBytes(StandardCharsets.UTF_8).length)
            .sum();
    // With their heads, which are short.
    assertThat(bytes).isGreaterThan(bodies).isLessThan(bodies + asked.size() * 300L);
  }

  @Test
  void a_file_that_an_earlier_page_named_counts_for_the_next_one_too() throws Exception {
    FirstLoad load = new FirstLoad(reader, base);
    Reader.Answer page = reader.get("/page");
    assertThat(load.bytes("/page", page)).isEqualTo(load.bytes("/page", page));
  }

  @Test
  void a_part_of_two_files_counts_once_on_a_page_with_both_and_whole_on_one_with_either()
      throws Exception {
    FirstLoad load = new FirstLoad(reader, base);
    assertThat(load.bytes("/siblings", reader.get("/siblings"))).isBetween(5_000L, 9_999L);
    Reader.Answer second = reader.get("/second");
    assertThat(load.bytes("/second", second))
        .isEqualTo(new FirstLoad(reader, base).bytes("/second", second))
        .isGreaterThan(5_000);
  }
}
