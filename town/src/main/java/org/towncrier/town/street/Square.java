package org.towncrier.town.street;

/**
 * Where phones come by.
 *
 * @param place its number in the emulated air, as {@code radio.emulatorPlace} of the nodes there
 * @param phonesPerMinute how many come, on average
 */
public record Square(int place, double phonesPerMinute) {
  public Square {
    if (!(phonesPerMinute > 0)) {
      throw new IllegalArgumentException(
          "phonesPerMinute: more than nothing, not " + phonesPerMinute);
    }
  }
}
