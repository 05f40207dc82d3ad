package org.towncrier.console.message;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.towncrier.protocol.CampaignId;
import org.towncrier.protocol.MessageId;

/**
 * One version of a message. Versions are kept for ever.
 *
 * @param number from 1
 * @param edit grows with each save, so that nobody approves words other than those they read
 * @param author who began it
 * @param submittedBy who sent it for approval
 * @param decidedBy the second person, once there was a decision
 * @param reason why it was returned
 */
public record MessageVersion(
    MessageId message,
    CampaignId campaign,
    int number,
    int edit,
    MessageStatus status,
    Draft draft,
    String author,
    Instant createdAt,
    @Nullable String submittedBy,
    @Nullable Instant submittedAt,
    @Nullable String decidedBy,
    @Nullable Instant decidedAt,
    @Nullable String reason) {}
