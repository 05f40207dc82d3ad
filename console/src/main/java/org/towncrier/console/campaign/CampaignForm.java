package org.towncrier.console.campaign;

import java.time.DateTimeException;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.towncrier.console.page.Problems;
import org.towncrier.protocol.CampaignId;

/** A campaign as it was typed, right or wrong. */
record CampaignForm(
    @Nullable String title,
    @Nullable String sender,
    @Nullable String contact,
    @Nullable String starts,
    @Nullable String ends) {
  CampaignForm {
    title = title == null ? "" : title;
    sender = sender == null ? "" : sender;
    contact = contact == null ? "" : contact;
    starts = starts == null ? "" : starts;
    ends = ends == null ? "" : ends;
  }

  static CampaignForm of(Campaign campaign) {
    return new CampaignForm(
        campaign.title(),
        campaign.sender(),
        campaign.contact(),
        campaign.startsOn().toString(),
        campaign.endsOn().toString());
  }

  /**
   * What was typed; null, with problems by their fields, when a day makes no sense.
   *
   * @param edit the one that was read; 0 for a campaign to be
   */
  @Nullable Campaign campaign(CampaignId id, int edit, Problems problems) {
    LocalDate first = day("starts", starts, problems);
    LocalDate last = day("ends", ends, problems);
    return first == null || last == null
        ? null
        : new Campaign(id, words(title), words(sender), words(contact), first, last, edit);
  }

  /** Browsers send CRLF for each end of a line, which a contact of old may have. */
  private static String words(@Nullable String typed) {
    return typed == null ? "" : typed.strip().replace("\r\n", "\n");
  }

  private static @Nullable LocalDate day(String field, @Nullable String typed, Problems problems) {
    try {
      return LocalDate.parse(words(typed));
    } catch (DateTimeException notOne) {
      problems.add(field, Campaigns.NOT_A_DAY);
      return null;
    }
  }
}
