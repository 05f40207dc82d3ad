package org.towncrier.console.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import org.towncrier.console.TestConsole;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The document that is served says what the running console's code does, and all of it. */
class OpenApiDocumentTest {
  private static final Path FILE = Path.of("src", "main", "resources", "api", "openapi.json");
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  @TempDir static Path data;
  static TestConsole console;

  @BeforeAll
  static void start() {
    console = new TestConsole(data);
  }

  @AfterAll
  static void stop() {
    console.close();
  }

  @Test
  void the_document_is_what_the_code_says() throws IOException {
    String code =
        JSON.writeValueAsString(
                new OpenApiFromCode()
                    .document(
                        (RequestMappingHandlerMapping)
                            console.beans(RequestMappingHandlerMapping.class).stream()
                                .filter(m -> m.getClass() == RequestMappingHandlerMapping.class)
                                .findFirst()
                                .orElseThrow()))
            + "\n";
    if (Boolean.getBoolean("towncrier.write-reference")) {
      Files.createDirectories(FILE.getParent());
      Files.writeString(FILE, code);
    }
    assertThat(Files.readString(FILE))
        .as("stale; mvn test -pl console -am -Dtowncrier.write-reference=true rewrites it")
        .isEqualTo(code);
  }

  @Test
  void anybody_may_read_it_without_a_token_and_tools_find_it_whole() throws IOException {
    var page = console.browser().get("/api/v1/openapi.json");
    assertThat(page.status()).isEqualTo(200);
    assertThat(page.response().headers().firstValue("Content-Type")).hasValue("application/json");
    assertThat(page.response().headers().firstValue("Set-Cookie")).isEmpty();
    assertThat(page.response().body()).isEqualTo(Files.readString(FILE));
  }

  @Test
  void the_page_for_people_shows_every_address_and_scope_of_it() throws IOException {
    var document = JSON.readTree(Files.readString(FILE));
    var page = console.administrator().get("/api");
    assertThat(page.status()).isEqualTo(200);
    List<String> shown = page.html().select("h3 code").eachText();
    document
        .path("paths")
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .properties()
                    .forEach(
                        method -> {
                          assertThat(shown)
                              .contains(
                                  method.getKey().toUpperCase(java.util.Locale.ROOT)
                                      + " "
                                      + path.getKey());
                          method
                              .getValue()
                              .path("security")
                              .forEach(
                                  s ->
                                      assertThat(page.text())
                                          .contains("Needs " + s.path("token").path(0).asString()));
                        }));
    // Each link within the page leads somewhere on it.
    page.html()
        .select("main a[href^=#]")
        .forEach(
            link ->
                assertThat(page.html().getElementById(link.attr("href").substring(1)))
                    .as(link.attr("href"))
                    .isNotNull());
  }
}
