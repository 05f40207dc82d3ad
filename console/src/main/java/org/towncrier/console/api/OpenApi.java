package org.towncrier.console.api;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ResponseBody;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What programs can do, as an OpenAPI 3.1 document and as a page for people. The document is made
 * from the code by {@code OpenApiDocumentTest}, which fails while it says anything else.
 */
@Controller
class OpenApi {
  static final String PATH = "/openapi.json";

  private final JsonMapper json;

  OpenApi(JsonMapper json) {
    this.json = json;
  }

  @Endpoint(
      scope = {},
      says = "This document")
  @GetMapping(path = ApiSecurity.BASE + PATH, produces = MediaType.APPLICATION_JSON_VALUE)
  @ResponseBody
  byte[] document() {
    try (InputStream file = OpenApi.class.getResourceAsStream("/api/openapi.json")) {
      if (file == null) {
        throw new IllegalStateException("the document ships with the console");
      }
      return file.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @GetMapping("/api")
  String page(Model model) {
    JsonNode document = json.readTree(document());
    model.addAttribute("version", document.path("info").path("version").asString());
    model.addAttribute("about", document.path("info").path("description").asString().split("\n\n"));
    model.addAttribute("groups", ApiPage.groups(document));
    model.addAttribute("kinds", ApiPage.kinds(document));
    model.addAttribute("base", ApiSecurity.BASE);
    return "api/page";
  }
}
