package org.towncrier.console.api;

import java.time.LocalDate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.towncrier.console.input.InvalidInputException;
import org.towncrier.console.input.KnownDays;

/** The names that fields have in the API, where forms call them otherwise. */
final class Fields {
  /** What belongs to a wording, or to one text of it, with their places from 1. */
  private static final Pattern OF_WORDING =
      Pattern.compile(
          "(text|language|contact|contactName|contactOrganisation|contactNumbers|image|file|objectName)"
              + "(?:-(\\d+))?(?:-(\\d+))?");

  private Fields() {}

  /** A field of a message's forms. */
  static String ofMessages(String field) {
    if (field.equals("from")) {
      return "windows";
    }
    Matcher of = OF_WORDING.matcher(field);
    return of.matches()
        ? "wordings[%d].%s".formatted(place(of.group(2)), part(of.group(1), place(of.group(3))))
        : api(field);
  }

  /** A field of an urgent message's form: it has one wording, and its times are made for it. */
  static String ofUrgent(String field) {
    String name = ofMessages(field).replace("wordings[0].", "");
    return name.equals("windows") ? "campaign" : name;
  }

  private static int place(String number) {
    return number == null ? 0 : Integer.parseInt(number) - 1;
  }

  private static String part(String name, int text) {
    return switch (name) {
      case "text", "language" -> "texts[%d].%s".formatted(text, name);
      case "contactName" -> "contact.name";
      case "contactOrganisation" -> "contact.organisation";
      case "contactNumbers" -> "contact.numbers";
      case "file", "objectName" -> "fileName";
      default -> name;
    };
  }

  /** A field of any other form. */
  static String api(String field) {
    return switch (field) {
      case "retryAfter" -> "retryAfterSeconds";
      case "displayName" -> "name";
      default -> field;
    };
  }

  /** Refuses a day that no calendar of ours reaches. */
  static void reach(String field, LocalDate day) {
    if (!KnownDays.contains(day)) {
      throw new InvalidInputException(field, "lies where no calendar of ours reaches");
    }
  }
}
