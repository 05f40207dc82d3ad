package org.towncrier.town.bench;

import java.io.IOException;
import java.io.InputStream;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPInputStream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/** Somebody with a browser of their own: cookies, and answers compressed as browsers ask for. */
final class Reader {
  private final String base;
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .cookieHandler(new CookieManager())
          .build();

  Reader(String base) {
    this.base = base;
  }

  /**
   * An answer as it came over the wire.
   *
   * @param nanos from the request's first byte to the answer's last
   * @param bytes with its head
   */
  record Answer(int status, String type, long nanos, long bytes, byte[] body) {
    boolean isPage() {
      return status == 200 && type.startsWith("text/html");
    }

    Document html(String base) throws IOException {
      return Jsoup.parse(text(), base);
    }

    String text() throws IOException {
      boolean zipped = body.length > 2 && body[0] == 0x1f && body[1] == (byte) 0x8b;
      try (InputStream in =
          zipped
              ? new GZIPInputStream(new java.io.ByteArrayInputStream(body))
              : new java.io.ByteArrayInputStream(body)) {
        return new String(in.readAllBytes(), StandardCharsets.UTF_8);
      }
    }
  }

  void signIn(String username, String password) throws IOException, InterruptedException {
    Element token = get("/sign-in").html(base).selectFirst("input[name=_csrf]");
    if (token == null) {
      throw new IOException("the sign-in page has no form");
    }
    String form =
        "username=%s&password=%s&_csrf=%s"
            .formatted(encoded(username), encoded(password), encoded(token.val()));
    HttpResponse<Void> answer =
        http.send(
            HttpRequest.newBuilder(URI.create(base + "/sign-in"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form))
                .build(),
            BodyHandlers.discarding());
    String next = answer.headers().firstValue("Location").orElse("");
    if (next.contains("sign-in")) {
      throw new IOException(username + " can't sign in: " + next);
    }
  }

  /** What is there, whatever it is; but of downloads and streams the head alone. */
  Answer get(String path) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(base + path))
            .header("Accept", "text/html,application/xhtml+xml,image/*,*/*;q=0.8")
            .header("Accept-Encoding", "gzip")
            .build();
    long began = System.nanoTime();
    HttpResponse<InputStream> answer = http.send(request, BodyHandlers.ofInputStream());
    String type = answer.headers().firstValue("Content-Type").orElse("");
    long head =
        answer.headers().map().entrySet().stream()
            .flatMap(header -> header.getValue().stream().map(value -> header.getKey() + value))
            .mapToLong(line -> line.length() + 4L)
            .sum();
    try (InputStream in = answer.body()) {
      boolean whole =
          !type.startsWith("text/event-stream")
              && answer.headers().firstValue("Content-Disposition").isEmpty();
      byte[] body = whole ? in.readAllBytes() : new byte[0];
      return new Answer(
          answer.statusCode(), type, System.nanoTime() - began, head + body.length, body);
    }
  }

  private static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }
}
