package org.towncrier.console.message;

/**
 * How a form names what belongs to one wording, or to one text of it: the first as if it were the
 * only one, the others by their places, which count from 1.
 */
final class Fields {
  private Fields() {}

  static String of(String name, int wording) {
    return wording == 1 ? name : name + "-" + wording;
  }

  static String of(String name, int wording, int text) {
    return wording == 1 && text == 1 ? name : name + "-" + wording + "-" + text;
  }
}
