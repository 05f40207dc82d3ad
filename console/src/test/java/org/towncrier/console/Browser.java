package org.towncrier.console;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jsoup.Connection.KeyVal;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.FormElement;

/** What a person has in front of them: cookies, pages, forms that send back what they show. */
public final class Browser {
  private final String base;
  private final HttpClient http =
      HttpClient.newBuilder()
          .cookieHandler(new CookieManager())
          .followRedirects(HttpClient.Redirect.NORMAL)
          .build();

  public Browser(String base) {
    this.base = base;
  }

  /** A page as it arrived. */
  public record Page(int status, String path, HttpResponse<String> response, Document html) {
    public String text() {
      return html.text();
    }

    /** The text of the error summary. */
    public String problems() {
      return html.select(".govuk-error-summary").text();
    }

    /** The form that is sent to an address ending so. */
    public FormElement form(String actionEnd) {
      return html.select("form").stream()
          .filter(form -> form.attr("action").endsWith(actionEnd))
          .findFirst()
          .map(FormElement.class::cast)
          .orElseThrow(() -> new AssertionError("no form to " + actionEnd + " on " + html.title()));
    }

    public boolean hasForm(String actionEnd) {
      return html.select("form").stream().anyMatch(form -> form.attr("action").endsWith(actionEnd));
    }

    public boolean hasLink(String path) {
      return html.select("a[href]").stream().anyMatch(link -> link.attr("href").equals(path));
    }
  }

  public Page get(String path) {
    return send(request(path).GET().build());
  }

  public Page get(String path, String header, String value) {
    return send(request(path).header(header, value).GET().build());
  }

  /** A file chosen in a form. */
  public record Upload(String name, byte[] content) {}

  /** Presses a form's button, with some fields filled in: one value, or a list of them. */
  public Page submit(FormElement form, Map<String, ?> typed) {
    List<Map.Entry<String, Object>> fields = new ArrayList<>();
    for (KeyVal field : form.formData()) {
      boolean file = "file".equals(form.select("[name=" + field.key() + "]").attr("type"));
      if (!typed.containsKey(field.key()) && !file) {
        fields.add(Map.entry(field.key(), field.value()));
      }
    }
    typed.forEach(
        (key, value) -> {
          for (Object one : value instanceof List<?> many ? many : List.of(value)) {
            fields.add(Map.entry(key, one));
          }
        });
    HttpRequest.Builder request = request(form.attr("action"));
    return send(
        form.attr("enctype").equals("multipart/form-data")
            ? multipart(request, fields)
            : urlEncoded(request, fields));
  }

  private static HttpRequest urlEncoded(
      HttpRequest.Builder request, List<Map.Entry<String, Object>> fields) {
    String body =
        fields.stream()
            .map(field -> pair(field.getKey(), field.getValue().toString()))
            .collect(Collectors.joining("&"));
    return request
        .header("Content-Type", "application/x-www-form-urlencoded")
        .POST(HttpRequest.BodyPublishers.ofString(body))
        .build();
  }

  private static HttpRequest multipart(
      HttpRequest.Builder request, List<Map.Entry<String, Object>> fields) {
    String boundary = "towncrier-test-boundary";
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (Map.Entry<String, Object> field : fields) {
      boolean file = field.getValue() instanceof Upload;
      String head =
          "--%s\r\nContent-Disposition: form-data; name=\"%s\"%s\r\n\r\n"
              .formatted(
                  boundary,
                  field.getKey(),
                  file ? "; filename=\"" + ((Upload) field.getValue()).name() + "\"" : "");
      body.writeBytes(head.getBytes(StandardCharsets.UTF_8));
      body.writeBytes(
          file
              ? ((Upload) field.getValue()).content()
              : field.getValue().toString().getBytes(StandardCharsets.UTF_8));
      body.writeBytes("\r\n".getBytes(StandardCharsets.UTF_8));
    }
    body.writeBytes(("--" + boundary + "--\r\n").getBytes(StandardCharsets.UTF_8));
    return request
        .header("Content-Type", "multipart/form-data; boundary=" + boundary)
        .POST(HttpRequest.BodyPublishers.ofByteArray(body.toByteArray()))
        .build();
  }

  /** A POST to an address whose form the person was never shown, with the session's own token. */
  public Page forge(String path, Map<String, ?> typed) {
    FormElement out = get("/").form("/sign-out");
    Element copy = out.clone().attr("action", path);
    return submit((FormElement) copy, typed);
  }

  /** A POST as another site would make it: with the cookies, without the token. */
  public Page postWithoutToken(String path) {
    return send(request(path).POST(HttpRequest.BodyPublishers.noBody()).build());
  }

  public Page signIn(String username, String password) {
    return submit(
        get("/sign-in").form("/sign-in"), Map.of("username", username, "password", password));
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(uri(path))
        .header("Accept", "text/html,application/xhtml+xml,*/*;q=0.8");
  }

  public HttpClient http() {
    return http;
  }

  public URI uri(String path) {
    return URI.create(path.startsWith("http") ? path : base + path);
  }

  public Page send(HttpRequest request) {
    try {
      HttpResponse<String> response =
          http.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
      return new Page(
          response.statusCode(),
          response.uri().getPath(),
          response,
          Jsoup.parse(response.body(), response.uri().toString()));
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private static String pair(String key, String value) {
    return URLEncoder.encode(key, StandardCharsets.UTF_8)
        + "="
        + URLEncoder.encode(value, StandardCharsets.UTF_8);
  }
}
