package org.towncrier.protocol;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * A place that speaks with one voice, such as {@code marlborough-square}: its nodes share contacts.
 */
public record SiteId(@JsonValue String value) implements Comparable<SiteId> {
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public SiteId {
    Ids.check("site id", value, 40);
  }

  @Override
  public int compareTo(SiteId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
