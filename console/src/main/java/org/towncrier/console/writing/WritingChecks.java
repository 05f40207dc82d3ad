package org.towncrier.console.writing;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;
import org.towncrier.console.ConsoleSettings;

/** Looks at the words of a message as a careful colleague would, and says what it saw. */
@Component
public class WritingChecks {
  /** As much as people read on a phone while they walk (two SMS). */
  private static final int GOOD_LENGTH = 320;

  private static final Pattern GAP = Pattern.compile("\\[[^\\]\\n]{1,60}\\]");
  private static final Pattern REACHABLE =
      Pattern.compile("[0-9](?:[\\s-]?[0-9]){2,}|@|https?://|www\\.");

  private final Links links;
  private final PersonalData personal;

  /** With the domains of the settings. */
  @Autowired
  public WritingChecks(ConsoleSettings settings) {
    this(settings.allowedLinks());
  }

  /**
   * @param allowedLinks domains that messages may link to, and all below them
   */
  public WritingChecks(List<String> allowedLinks) {
    this.links = new Links(allowedLinks);
    this.personal = new PersonalData(links);
  }

  /** Everything that was looked at, what blocks first. */
  public List<Check> of(Wording wording) {
    List<Check> checks = new ArrayList<>();
    sender(wording, checks);
    objections(wording, checks);
    if (!wording.picture() && !wording.card()) {
      length(wording.text(), checks);
      ease(wording.text(), checks);
    }
    gaps(wording.written(), checks);
    found(
        links.check(wording.written() + "\n" + wording.objections()),
        checks,
        "No link leads anywhere it should not");
    found(personal.check(wording.written()), checks, "Nobody's personal data was found");
    topic(wording, checks);
    checks.sort((one, other) -> other.verdict().compareTo(one.verdict()));
    return checks;
  }

  private static void sender(Wording wording, List<Check> checks) {
    checks.add(
        wording.picture()
            ? Check.warn(
                "image",
                "Nobody here can read a picture: see that it says who speaks (%s), how to object,"
                        .formatted(wording.sender())
                    + " and nothing about a person")
            : Check.fine("text", "It says who speaks: " + wording.sender()));
  }

  private static void objections(Wording wording, List<Check> checks) {
    if (!REACHABLE.matcher(wording.objections()).find()) {
      checks.add(
          Check.block(
              "text",
              "The campaign says how to object without a number, a mail address or a web page: “"
                  + wording.objections()
                  + "”"));
    } else if (!wording.picture()) {
      checks.add(Check.fine("text", "It says how to object: " + wording.objections()));
    }
  }

  private static void length(String text, List<Check> checks) {
    int length = text.strip().length();
    checks.add(
        length > GOOD_LENGTH
            ? Check.warn(
                "text",
                "%d characters are long for a phone in a street; %d are good"
                    .formatted(length, GOOD_LENGTH))
            : Check.fine("text", length + " characters: short enough to read while walking"));
  }

  private static void ease(String text, List<Check> checks) {
    OptionalInt ease = ReadingEase.of(text);
    if (ease.isPresent()) {
      int points = ease.getAsInt();
      checks.add(
          points < ReadingEase.PLAIN
              ? Check.warn(
                  "text",
                  "Hard to read (%d of 100 for reading ease; %d is plain English): shorter sentences"
                          .formatted(points, ReadingEase.PLAIN)
                      + " and shorter words help")
              : Check.fine("text", "Easy to read (%d of 100)".formatted(points)));
    }
  }

  private static void gaps(String text, List<Check> checks) {
    GAP.matcher(text)
        .results()
        .forEach(
            gap ->
                checks.add(Check.block("text", "Fill in “" + gap.group() + "”, or take it out")));
  }

  private static void found(List<Check> found, List<Check> checks, String fine) {
    if (found.isEmpty()) {
      checks.add(Check.fine("text", fine));
    }
    checks.addAll(found);
  }

  private static void topic(Wording wording, List<Check> checks) {
    SensitiveTopic.of(wording)
        .ifPresent(
            topic -> {
              checks.add(
                  Check.warn(
                      "text",
                      "It touches on %s, so a senior approver decides. Somebody else may look at the"
                              .formatted(topic.words())
                          + " phone: keep the words discreet"));
              if (topic.isIn(wording.title()) || topic.isIn(wording.fileName().replace('-', ' '))) {
                checks.add(
                    Check.block(
                        "title",
                        "The title names the file, which the phone shows before anybody has said"
                            + " yes. Choose one that does not speak of "
                            + topic.words()));
              }
            });
  }
}
