package org.towncrier.console.page;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong with a form: by field, in the order of the page, each message saying what to do.
 * The template shows them in a summary at the top and beside their fields.
 */
public final class Problems {
  private final Map<String, String> byField = new LinkedHashMap<>();

  /** The first problem of a field stands. */
  public Problems add(String field, String message) {
    byField.putIfAbsent(field, message);
    return this;
  }

  /** As {@link #add}; the summary names what else is wrong with the field, too. */
  public Problems also(String field, String message) {
    String key = field;
    // The summary's links end at the colon.
    for (int n = 2; byField.containsKey(key) && !message.equals(byField.get(key)); n++) {
      key = field + ":" + n;
    }
    return add(key, message);
  }

  /** Whether there is any. */
  public boolean any() {
    return !byField.isEmpty();
  }

  /** All of them, for the summary. */
  public Map<String, String> all() {
    return byField;
  }

  /** What is wrong with one field; null when nothing is. */
  public @Nullable String of(String field) {
    return byField.get(field);
  }
}
