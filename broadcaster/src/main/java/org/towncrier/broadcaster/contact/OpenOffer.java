package org.towncrier.broadcaster.contact;

import java.time.LocalDate;
import org.towncrier.hardware.BluetoothAddress;
import org.towncrier.protocol.CampaignId;
import org.towncrier.protocol.MessageId;
import org.towncrier.protocol.ScheduledMessage.Wording;

/**
 * An offer that has been written down and has not ended. What links a phone's two pseudonyms is in
 * here, in memory, and nowhere in the store.
 *
 * @param id of its row
 * @param night the night whose budget it was written against
 * @param wording what the phone is offered of the message
 */
public record OpenOffer(
    long id,
    BluetoothAddress phone,
    LocalDate night,
    Pseudonym tonight,
    CampaignId campaign,
    Pseudonym inCampaign,
    MessageId message,
    Wording wording,
    boolean training) {}
