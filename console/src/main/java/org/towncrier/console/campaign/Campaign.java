package org.towncrier.console.campaign;

import java.time.LocalDate;
import org.towncrier.protocol.CampaignId;

/**
 * A campaign: what a refusal holds for, and who speaks.
 *
 * @param sender who speaks, as every phone reads it
 * @param contact how to object or ask, as every phone reads it
 * @param startsOn first day, local
 * @param endsOn last day, local; what nodes keep for it is deleted after
 * @param edit grows with each change, from 1; 0 for one that is not kept yet
 */
public record Campaign(
    CampaignId id,
    String title,
    String sender,
    String contact,
    LocalDate startsOn,
    LocalDate endsOn,
    int edit) {

  /** One that is not kept yet. */
  public Campaign(
      CampaignId id,
      String title,
      String sender,
      String contact,
      LocalDate startsOn,
      LocalDate endsOn) {
    this(id, title, sender, contact, startsOn, endsOn, 0);
  }
}
