package org.towncrier.console.message;

import java.util.List;

/**
 * A contact card: numbers that land in the phone's own contacts.
 *
 * @param name as the contacts show it
 * @param organisation whose numbers they are
 * @param numbers what to dial, first one first
 */
public record Contact(String name, String organisation, List<Number> numbers) {
  public Contact {
    numbers = List.copyOf(numbers);
  }

  /** One number with the label it is said by. */
  public record Number(String label, String dial) {}
}
