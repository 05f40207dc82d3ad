package org.towncrier.protocol;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * One of the wordings of a message that are compared. The console gives another id to other words,
 * and to the same words beside others, so that what is counted under one id can be compared.
 */
public record VariantId(@JsonValue String value) implements Comparable<VariantId> {
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public VariantId {
    Ids.check("variant id", value, 40);
  }

  @Override
  public int compareTo(VariantId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
