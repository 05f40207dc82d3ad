package org.towncrier.console.writing;

import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a message may be about that can put its reader in danger, or shame them, when somebody else
 * looks at the phone. A senior approver decides on it, and the wording is discreet.
 */
public enum SensitiveTopic {
  DOMESTIC_ABUSE(
      "domestic abuse",
      "domestic (abuse|violence)|violent (partner|home)|women's aid|refuge|coercive|forced marriage"
          + "|honou?r[- ]based|stalk(er|ing)|afraid of (your|a) (partner|husband|wife)"),
  SEXUAL_VIOLENCE("sexual violence", "\\brape\\b|\\braped\\b|sexual (assault|abuse|violence)"),
  DRUGS(
      "drugs",
      "\\bdrugs?\\b|cocaine|heroin|cannabis|ketamine|\\bspice\\b|ecstasy|\\bmdma\\b|needle exchange"
          + "|\\bFRANK\\b|turning point|overdose"),
  SUICIDE("suicide and self-harm", "suicid|self[- ]harm|samaritans");

  private final String words;
  private final Pattern signs;

  SensitiveTopic(String words, String signs) {
    this.words = words;
    this.signs = Pattern.compile("(?i)" + signs.replace("\\bFRANK\\b", "(?-i:\\bFRANK\\b)"));
  }

  /** The first of them that the words are about. */
  public static Optional<SensitiveTopic> of(Words words) {
    return Arrays.stream(values()).filter(topic -> topic.isIn(words.written())).findFirst();
  }

  boolean isIn(String text) {
    return signs.matcher(text.replace('’', '\'')).find();
  }

  /** As sentences name it. */
  public String words() {
    return words;
  }
}
