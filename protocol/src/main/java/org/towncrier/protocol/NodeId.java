package org.towncrier.protocol;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** One node within a site, such as {@code clock-tower}. */
public record NodeId(@JsonValue String value) implements Comparable<NodeId> {
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public NodeId {
    Ids.check("node id", value, 40);
  }

  @Override
  public int compareTo(NodeId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
