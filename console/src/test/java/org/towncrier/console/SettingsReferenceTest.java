package org.towncrier.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.handler.NoUnboundElementsBindHandler;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.FileSystemResource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The reference of settings is what the compiler found in {@link ConsoleSettings}. */
class SettingsReferenceTest {
  private static final Path README = Path.of("..", "config", "README.md");
  private static final Path EXAMPLE = Path.of("..", "config", "console.example.yaml");
  private static final String BEGIN = "<!-- console settings -->\n";
  private static final String END = "<!-- end console settings -->";
  private static final Map<String, String> TYPES =
      Map.ofEntries(
          Map.entry("java.lang.Boolean", "true or false"),
          Map.entry("java.lang.Integer", "number"),
          Map.entry("java.lang.String", "text"),
          Map.entry("java.net.InetAddress", "address of this machine"),
          Map.entry("java.net.URI", "URL"),
          Map.entry("java.nio.file.Path", "file or folder"),
          Map.entry("java.time.Duration", "duration, such as 14d or 12h"),
          Map.entry("java.time.LocalTime", "local time"),
          Map.entry("java.time.ZoneId", "time zone"),
          Map.entry(
              "org.towncrier.console.ConsoleSettings$Mail$Encryption", "starttls, tls or none"),
          Map.entry("java.util.List<java.lang.String>", "list of text"));

  @Test
  void the_reference_of_settings_is_what_the_program_reads() throws IOException {
    String readme = Files.readString(README);
    int begin = readme.indexOf(BEGIN) + BEGIN.length();
    int end = readme.indexOf(END, begin);
    String expected = readme.substring(0, begin) + markdown() + readme.substring(end);
    if (Boolean.getBoolean("towncrier.write-reference")) {
      Files.writeString(README, expected);
    }
    assertThat(Files.readString(README))
        .as("stale; mvn test -pl console -am -Dtowncrier.write-reference=true rewrites it")
        .isEqualTo(expected);
  }

  @Test
  void the_example_file_is_valid_and_shows_every_setting() throws IOException {
    List<PropertySource<?>> sources =
        new YamlPropertySourceLoader().load("example", new FileSystemResource(EXAMPLE));
    ConsoleSettings settings =
        new Binder(ConfigurationPropertySources.from(sources))
            .bindOrCreate(
                "towncrier",
                Bindable.of(ConsoleSettings.class),
                new NoUnboundElementsBindHandler(BindHandler.DEFAULT, source -> true));
    assertThat(settings.demo()).isFalse();
    String text = Files.readString(EXAMPLE);
    for (JsonNode setting : settings()) {
      String name = setting.path("name").asString();
      assertThat(text).contains(name.substring(name.lastIndexOf('.') + 1) + ":");
    }
  }

  private static String markdown() throws IOException {
    return StreamSupport.stream(settings().spliterator(), false)
        .map(
            setting ->
                "| `%s` | %s | %s | %s |"
                    .formatted(
                        setting.path("name").asString(),
                        type(setting.path("type").asString()),
                        setting.path("defaultValue").asString("none"),
                        sentence(setting.path("description").asString())))
        .collect(
            Collectors.joining(
                "\n",
                "| setting | what may stand there | when left out | meaning |\n|---|---|---|---|\n",
                "\n"));
  }

  private static JsonNode settings() throws IOException {
    try (InputStream metadata =
        ConsoleSettings.class.getResourceAsStream("/META-INF/spring-configuration-metadata.json")) {
      return new JsonMapper().readTree(metadata).path("properties");
    }
  }

  private static String type(String java) {
    assertThat(TYPES).as("say in this test what people write for it").containsKey(java);
    return TYPES.get(java);
  }

  private static String sentence(String description) {
    assertThat(description).as("every setting says what it means").isNotEmpty();
    return Character.toUpperCase(description.charAt(0)) + description.substring(1) + ".";
  }
}
