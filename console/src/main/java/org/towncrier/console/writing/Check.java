package org.towncrier.console.writing;

/**
 * One thing that was looked at, said in a plain sentence.
 *
 * @param field of the form that it is about
 */
public record Check(Verdict verdict, String field, String words) {
  /** What follows from it. */
  public enum Verdict {
    /** As it should be. */
    FINE,
    /** The author decides. */
    WARN,
    /** It can be saved, and not sent for approval. */
    BLOCK
  }

  static Check fine(String field, String words) {
    return new Check(Verdict.FINE, field, words);
  }

  static Check warn(String field, String words) {
    return new Check(Verdict.WARN, field, words);
  }

  static Check block(String field, String words) {
    return new Check(Verdict.BLOCK, field, words);
  }

  /** Whether it keeps the message from being sent for approval. */
  public boolean blocks() {
    return verdict == Verdict.BLOCK;
  }

  /** As its box says it. */
  public String title() {
    return switch (verdict) {
      case FINE -> "Fine";
      case WARN -> "Look at";
      case BLOCK -> "Must change";
    };
  }

  /** The colour of that box. */
  public String style() {
    return switch (verdict) {
      case FINE -> "govuk-tag--green";
      case WARN -> "govuk-tag--yellow";
      case BLOCK -> "govuk-tag--red";
    };
  }
}
