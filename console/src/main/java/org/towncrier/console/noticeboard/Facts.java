package org.towncrier.console.noticeboard;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.towncrier.console.ConsoleSettings;

/**
 * Who is responsible and how to reach them, for notices and signs. What is not set is named, never
 * made up.
 */
public record Facts(ConsoleSettings.Noticeboard settings) {

  /** Who speaks; the word for them while they have no name here. */
  public String controller() {
    return settings.controller() == null ? "The community safety team" : settings.controller();
  }

  /** How to reach them; null when it is not set. */
  public @Nullable String contact() {
    return settings.contact();
  }

  public @Nullable String dataProtectionOfficer() {
    return settings.dataProtectionOfficer();
  }

  public @Nullable String lawfulBasis() {
    return settings.lawfulBasis();
  }

  public @Nullable String countsKept() {
    return settings.countsKept();
  }

  /** Where phones reach the board, without a slash at the end; null when it is not set. */
  @Nullable String base() {
    URI url = settings.url();
    return url == null ? null : url.getScheme() + "://" + url.getRawAuthority();
  }

  /** What readers of the privacy notice miss, in their words. */
  public List<String> missingForReaders() {
    return missing().values().stream().filter(words -> !words.isEmpty()).toList();
  }

  /** Settings that are missing, for whoever can set them. */
  public List<String> missingSettings() {
    return missing().keySet().stream().map(name -> "towncrier.noticeboard." + name).toList();
  }

  /** Whether a sign can be printed: it must lead somewhere and name who speaks. */
  public boolean enoughForSigns() {
    return settings.url() != null && settings.controller() != null && settings.contact() != null;
  }

  private Map<String, String> missing() {
    Map<String, String> missing = new LinkedHashMap<>();
    note(missing, "port", settings.port(), "");
    note(missing, "url", settings.url(), "");
    note(missing, "controller", settings.controller(), "the name of who is responsible");
    note(missing, "contact", settings.contact(), "how to reach them");
    note(
        missing,
        "data-protection-officer",
        settings.dataProtectionOfficer(),
        "how to reach their data protection officer");
    note(missing, "lawful-basis", settings.lawfulBasis(), "the lawful basis");
    note(missing, "counts-kept", settings.countsKept(), "how long counts are kept");
    return missing;
  }

  private static void note(
      Map<String, String> missing, String name, @Nullable Object value, String words) {
    if (value == null) {
      missing.put(name, words);
    }
  }
}
