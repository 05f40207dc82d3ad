package org.towncrier.console.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A program that trusts the document alone: each answer it gets must have a status, a type and
 * fields that the document names for that address, and no others.
 */
final class ApiClient {
  static final JsonMapper JSON = new JsonMapper();

  private final HttpClient http = HttpClient.newHttpClient();
  private final SchemaRegistry schemas =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
  private final String url;
  private final JsonNode document;
  private final Set<String> done = new LinkedHashSet<>();

  ApiClient(String url) {
    this.url = url;
    this.document = send("GET", "/api/v1/openapi.json", null, null, null).json();
  }

  record Answer(int status, String type, String body, HttpResponse<String> response) {
    JsonNode json() {
      return JSON.readTree(body);
    }

    String detail() {
      return json().path("detail").asString();
    }

    /** The fields at fault. */
    Set<String> wrong() {
      Set<String> fields = new TreeSet<>();
      json().path("errors").forEach(error -> fields.add(error.path("field").asString()));
      return fields;
    }
  }

  Answer get(String token, String path) {
    return call(token, "GET", path, null, null);
  }

  Answer post(String token, String path, @Nullable Object body) {
    return call(token, "POST", path, "application/json", body);
  }

  Answer put(String token, String path, Object body) {
    return call(token, "PUT", path, "application/json", body);
  }

  Answer call(
      @Nullable String token,
      String method,
      String path,
      @Nullable String type,
      @Nullable Object body) {
    String text =
        body == null || body instanceof String ? (String) body : JSON.writeValueAsString(body);
    Answer answer = send(method, "/api/v1" + path, token, text == null ? null : type, text);
    check(method, path, answer);
    return answer;
  }

  /** Without a look at the document: for what it does not tell of. */
  Answer send(
      String method,
      String path,
      @Nullable String token,
      @Nullable String type,
      @Nullable String body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url + path))
            .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    if (type != null) {
      request.header("Content-Type", type);
    }
    return send(request.build());
  }

  Answer send(HttpRequest request) {
    try {
      HttpResponse<String> response =
          http.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
      return new Answer(
          response.statusCode(),
          response.headers().firstValue("Content-Type").orElse(""),
          response.body(),
          response);
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  JsonNode document() {
    return document;
  }

  /** Every operation that answered as it should, as {@code GET /api/v1/messages}. */
  Set<String> done() {
    return done;
  }

  /** Every operation of the document. */
  Set<String> all() {
    Set<String> all = new LinkedHashSet<>();
    document
        .path("paths")
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .properties()
                    .forEach(
                        method ->
                            all.add(
                                method.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey())));
    return all;
  }

  private void check(String method, String path, Answer answer) {
    String as = method + " " + path + " gave " + answer.status() + " " + answer.body();
    String plain = "/api/v1" + path.replaceAll("\\?.*", "");
    Map.Entry<String, JsonNode> operation = operation(method, plain);
    JsonNode response = operation.getValue().path("responses").path("" + answer.status());
    assertThat(response.isObject()).as(as + ", of which the document says nothing").isTrue();
    String media = answer.type().replaceAll(";.*", "");
    JsonNode content = response.path("content").path(media);
    assertThat(content.isObject()).as(as + " as " + media).isTrue();
    if (media.endsWith("json")) {
      assertThat(schema(content.path("schema")).validate(answer.json())).as(as).isEmpty();
    }
    if (answer.status() < 300) {
      done.add(method + " " + operation.getKey());
    }
  }

  private Map.Entry<String, JsonNode> operation(String method, String path) {
    return document.path("paths").properties().stream()
        .filter(e -> path.matches(e.getKey().replaceAll("\\{[^}]+\\}", "[^/]+")))
        // "/messages/{message}" is not "/messages/x.csv"'s: the one with fewer gaps is meant.
        .sorted(
            (one, other) ->
                Integer.compare(
                    one.getKey().split("\\{").length, other.getKey().split("\\{").length))
        .filter(e -> e.getValue().has(method.toLowerCase(Locale.ROOT)))
        .findFirst()
        .map(e -> Map.entry(e.getKey(), e.getValue().path(method.toLowerCase(Locale.ROOT))))
        .orElseThrow(() -> new AssertionError("the document has no " + method + " " + path));
  }

  /** Held to the letter: a field that the document does not name is one too many. */
  private Schema schema(JsonNode of) {
    ObjectNode whole = ((ObjectNode) of.deepCopy());
    ObjectNode components = (ObjectNode) document.path("components").deepCopy();
    components
        .path("schemas")
        .forEach(schema -> ((ObjectNode) schema).put("additionalProperties", false));
    whole.set("components", components);
    return schemas.getSchema(whole);
  }
}
