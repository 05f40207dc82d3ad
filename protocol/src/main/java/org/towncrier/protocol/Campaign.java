package org.towncrier.protocol;

import java.time.Instant;

/**
 * A campaign, and when everything kept under its key is deleted.
 *
 * @param endsAt nodes delete every pseudonym of the campaign then (92 days ahead at most)
 */
public record Campaign(CampaignId id, Instant endsAt) {}
