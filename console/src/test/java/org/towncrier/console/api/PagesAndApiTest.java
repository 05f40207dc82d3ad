package org.towncrier.console.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import org.towncrier.console.TestConsole;

/** Whatever a page can do a program can do, or {@code pages.txt} says why not. */
class PagesAndApiTest {
  private static final Path FILE = Path.of("src", "test", "resources", "api", "pages.txt");

  /** Why a program can't; RATIONALE.md says more of each. */
  private static final Set<String> REASONS = Set.of("form", "browser", "access", "live", "signs");

  @TempDir Path data;

  @Test
  void every_page_has_its_operation_or_a_reason_to_have_none() throws IOException {
    Map<String, String> said = new TreeMap<>();
    for (String line : Files.readAllLines(FILE)) {
      if (!line.startsWith("#")) {
        String[] parts = line.split(" [=:] ", 2);
        assertThat(parts).as(line).hasSize(2);
        assertThat(said.put(parts[0], parts[1])).as(line + " is there twice").isNull();
      }
    }
    try (TestConsole console = new TestConsole(data)) {
      assertThat(said.keySet()).containsExactlyInAnyOrderElementsOf(pages(console));
      Set<String> operations = new ApiClient(console.url()).all();
      said.values().stream()
          .filter(does -> !REASONS.contains(does))
          .flatMap(does -> List.of(does.split(", ")).stream())
          .forEach(operation -> assertThat(operations).contains(operation));
    }
  }

  private static Set<String> pages(TestConsole console) {
    Set<String> pages = new TreeSet<>();
    console.beans(RequestMappingHandlerMapping.class).stream()
        .filter(mapping -> mapping.getClass() == RequestMappingHandlerMapping.class)
        .flatMap(mapping -> mapping.getHandlerMethods().entrySet().stream())
        .filter(e -> e.getValue().getBeanType().getName().startsWith("org.towncrier."))
        .forEach(
            e ->
                e.getKey()
                    .getPatternValues()
                    .forEach(
                        path ->
                            e.getKey()
                                .getMethodsCondition()
                                .getMethods()
                                .forEach(method -> pages.add(method + " " + path))));
    pages.removeIf(page -> page.contains(" " + ApiSecurity.BASE + "/"));
    return pages;
  }
}
