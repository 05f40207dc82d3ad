package org.towncrier.town.reach;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.towncrier.broadcaster.delivery.OutcomeTable;
import org.towncrier.broadcaster.delivery.OutcomeTable.Ruling;
import org.towncrier.hardware.BluetoothAddress;
import org.towncrier.hardware.OfferResult;
import org.towncrier.protocol.ContactRules;

/**
 * The contact rules for the policies that ours is compared with: every policy keeps the same ones.
 * One offer a night; whoever could not be reached may be tried again, here without a wait, as older
 * systems do.
 */
final class ContactRulesInMemory {
  private static final Instant NEVER = Instant.MAX;

  private final ContactRules rules = ContactRules.DEFAULT;
  private final Map<BluetoothAddress, Asked> asked = new HashMap<>();

  private record Asked(int tries, Instant notBefore) {}

  boolean mayOffer(BluetoothAddress phone, Instant now) {
    Asked before = asked.get(phone);
    return before == null || !now.isBefore(before.notBefore());
  }

  void began(BluetoothAddress phone) {
    asked.merge(
        phone, new Asked(1, NEVER), (before, first) -> new Asked(before.tries() + 1, NEVER));
  }

  void ended(BluetoothAddress phone, OfferResult result, Instant now) {
    Ruling ruling = OutcomeTable.of(result);
    asked.computeIfPresent(
        phone,
        (key, before) ->
            ruling.mayTryAgain() && before.tries() < rules.tries()
                ? new Asked(before.tries(), now)
                : before);
  }
}
