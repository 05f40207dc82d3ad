package org.towncrier.broadcaster.config;

import java.util.stream.Collectors;

/** The reference of all settings, as Markdown: what the program reads, in its own words. */
public final class SettingsReference {
  private SettingsReference() {}

  /** A table with a row for each setting. */
  public static String markdown() {
    return ConfigFile.settings().stream()
        .map(
            setting ->
                "| `%s` | %s | %s | %s |"
                    .formatted(
                        setting.key(),
                        setting.type(),
                        setting.whenAbsent(),
                        sentence(setting.meaning())))
        .collect(
            Collectors.joining(
                "\n",
                "| setting | what may stand there | when left out | meaning |\n|---|---|---|---|\n",
                "\n"));
  }

  /** Meanings of required settings are parts of an error message: small letter, no stop. */
  private static String sentence(String meaning) {
    String text = Character.toUpperCase(meaning.charAt(0)) + meaning.substring(1);
    return text.endsWith(".") ? text : text + ".";
  }
}
