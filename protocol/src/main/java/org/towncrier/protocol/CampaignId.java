package org.towncrier.protocol;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** A campaign: what a refusal holds for, and how long pseudonyms of it are kept. */
public record CampaignId(@JsonValue String value) implements Comparable<CampaignId> {
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public CampaignId {
    Ids.check("campaign id", value, 60);
  }

  @Override
  public int compareTo(CampaignId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
