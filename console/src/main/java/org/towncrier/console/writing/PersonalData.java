package org.towncrier.console.writing;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds what leads to one person: it must not be broadcast in a street. */
final class PersonalData {
  private static final Pattern MAIL =
      Pattern.compile("[\\p{L}\\p{N}._%+-]+@([\\p{L}\\p{N}-]+(?:\\.[\\p{L}\\p{N}-]+)+)");

  /** 07… and +44 7…, which in Britain belong to one person (or a pager). */
  private static final Pattern MOBILE =
      Pattern.compile(
          "(?<![0-9])(?:\\+44\\s?\\(?0?\\)?\\s?|0044\\s?|0)7(?:[\\s-]?[0-9]){9}(?![0-9])");

  private static final Pattern INSURANCE =
      Pattern.compile("(?i)\\b[A-CEGHJ-PR-TW-Z]{2}\\s?(?:[0-9]{2}\\s?){3}[A-D]\\b");
  private static final Pattern HARDWARE =
      Pattern.compile("(?i)\\b[0-9a-f]{2}(?:[:-][0-9a-f]{2}){5}\\b");
  private static final Pattern BORN =
      Pattern.compile("(?i)\\b(?:born|date of birth|d\\.?o\\.?b\\.?)\\b[^.\\n]{0,20}[0-9]");
  private static final Pattern REGISTRATION = Pattern.compile("\\b[A-Z]{2}[0-9]{2}\\s?[A-Z]{3}\\b");
  private static final Pattern NAME =
      Pattern.compile("\\b(?:Mr|Mrs|Ms|Miss|Mx|Dr)\\.?\\s\\p{Lu}\\p{L}+");
  private static final Pattern ADDRESS =
      Pattern.compile(
          "(?i)\\b[0-9]{1,4}[a-z]?,?\\s(?:\\p{L}+\\s){1,3}(?:street|road|lane|avenue|close|drive|way|court|gardens)\\b");

  private final Links links;

  PersonalData(Links links) {
    this.links = links;
  }

  List<Check> check(String text) {
    List<Check> checks = new ArrayList<>();
    Matcher mail = MAIL.matcher(text);
    while (mail.find()) {
      if (!links.isAllowed(mail.group(1).toLowerCase(java.util.Locale.ROOT))) {
        checks.add(
            Check.block(
                "text",
                "“" + mail.group() + "” looks like somebody's own mail address; give the team's"));
      }
    }
    block(checks, MOBILE, text, "looks like somebody's own mobile number; give the team's number");
    block(checks, INSURANCE, text, "looks like a National Insurance number; take it out");
    block(checks, HARDWARE, text, "looks like a phone's own address; take it out");
    block(checks, BORN, text, "says when somebody was born; take it out");
    warn(
        checks,
        REGISTRATION,
        text,
        "looks like a vehicle's registration, which leads to its owner; say what kind of vehicle"
            + " instead, unless the police ask for it");
    warn(checks, NAME, text, "names a person; leave the name out unless they agreed to it");
    warn(checks, ADDRESS, text, "looks like an address; is it a public place?");
    return checks;
  }

  private static void block(List<Check> checks, Pattern what, String text, String words) {
    what.matcher(text)
        .results()
        .map(MatchResult::group)
        .distinct()
        .forEach(found -> checks.add(Check.block("text", "“" + found.strip() + "” " + words)));
  }

  private static void warn(List<Check> checks, Pattern what, String text, String words) {
    what.matcher(text)
        .results()
        .map(MatchResult::group)
        .distinct()
        .forEach(found -> checks.add(Check.warn("text", "“" + found.strip() + "” " + words)));
  }
}
