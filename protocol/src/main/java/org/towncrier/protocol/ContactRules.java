package org.towncrier.protocol;

/**
 * How often a phone may be asked.
 *
 * @param offersPerNight offers to one phone in one night, noon to noon, whatever the message
 * @param tries attempts to reach a phone that could not be reached, the first included
 * @param retryAfterSeconds between two such attempts
 */
public record ContactRules(int offersPerNight, int tries, int retryAfterSeconds) {
  /** One offer a night; three tries, 120 s apart. */
  public static final ContactRules DEFAULT = new ContactRules(1, 3, 120);

  public ContactRules {
    if (offersPerNight < 1 || offersPerNight > 10) {
      throw new IllegalArgumentException("offersPerNight is 1 to 10, not " + offersPerNight);
    }
    if (tries < 1 || tries > 10) {
      throw new IllegalArgumentException("tries is 1 to 10, not " + tries);
    }
    if (retryAfterSeconds < 1) {
      throw new IllegalArgumentException(
          "retryAfterSeconds is 1 or more, not " + retryAfterSeconds);
    }
  }
}
