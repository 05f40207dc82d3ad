package org.towncrier.console.message;

import java.util.List;
import org.towncrier.console.writing.Check;

/**
 * What a phone shows of each wording of a draft, and what a careful colleague would say.
 *
 * @param between what is said of the wordings together
 */
record Look(List<Part> parts, List<Check> between) {
  /** One wording. */
  record Part(Preview preview, List<Check> checks) {}

  static Look of(DraftChecks checks, List<Preview> previews) {
    return new Look(
        previews.stream().map(preview -> new Part(preview, checks.of(preview.place()))).toList(),
        checks.between());
  }
}
