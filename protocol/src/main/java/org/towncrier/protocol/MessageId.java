package org.towncrier.protocol;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** A message, the same in the console, on the wire and in every count. */
public record MessageId(@JsonValue String value) implements Comparable<MessageId> {
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public MessageId {
    Ids.check("message id", value, 60);
  }

  @Override
  public int compareTo(MessageId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
