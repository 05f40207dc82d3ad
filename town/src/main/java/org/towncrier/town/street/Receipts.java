package org.towncrier.town.street;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.towncrier.hardware.emulator.PhoneWitness;
import org.towncrier.hardware.emulator.Prompt;
import org.towncrier.hardware.emulator.Receipt;

/**
 * What the phones say they went through, added up: the independent witness of the console's counts.
 * Holds no address. Safe to use from every thread.
 */
public final class Receipts {
  /**
   * An object as phones know it.
   *
   * @param name the name it was sent under
   * @param sha256 of its bytes, in lower-case hexadecimal digits
   */
  public record ObjectSeen(String name, String sha256) {}

  private final Map<ObjectSeen, Long> received = new HashMap<>();
  private long prompts;
  private int mostPrompts;

  /** Phones that received each object. */
  public synchronized Map<ObjectSeen, Long> received() {
    return Map.copyOf(received);
  }

  /** Objects received in all. */
  public synchronized long total() {
    return received.values().stream().mapToLong(Long::longValue).sum();
  }

  /** How often owners were asked in all. */
  public synchronized long prompts() {
    return prompts;
  }

  /** How often the owner who was asked most was asked. */
  public synchronized int mostPromptsOfOnePhone() {
    return mostPrompts;
  }

  /** The witness for one phone, which tells {@code further} too. */
  PhoneWitness ofOnePhone(PhoneWitness further) {
    AtomicInteger asked = new AtomicInteger();
    return new PhoneWitness() {
      @Override
      public void prompted(Prompt prompt) {
        count(asked.incrementAndGet());
        further.prompted(prompt);
      }

      @Override
      public void received(Receipt receipt) {
        add(receipt);
        further.received(receipt);
      }
    };
  }

  private synchronized void count(int timesThisPhone) {
    prompts++;
    mostPrompts = Math.max(mostPrompts, timesThisPhone);
  }

  private synchronized void add(Receipt receipt) {
    received.merge(new ObjectSeen(receipt.name(), receipt.sha256()), 1L, Long::sum);
  }
}
