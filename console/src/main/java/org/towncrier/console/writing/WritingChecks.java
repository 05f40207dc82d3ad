package org.towncrier.console.writing;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
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
  public List<Check> of(Words words) {
    List<Check> checks = new ArrayList<>();
    if (words.picture()) {
      picture(words, checks);
    } else {
      checks.add(Check.fine("text", "It says who speaks: " + words.sender()));
    }
    objections(words, checks);
    for (int n = 1; n <= words.texts().size(); n++) {
      text(words, n, checks);
    }
    String rest = String.join("\n", words.contacts());
    gaps("title", words.title(), checks);
    gaps("contactName", rest, checks);
    found(words, checks);
    topic(words, checks);
    checks.sort((one, other) -> other.verdict().compareTo(one.verdict()));
    return checks;
  }

  /** What is looked at in each language for itself. */
  private static void text(Words words, int n, List<Check> checks) {
    Text text = words.texts().get(n - 1);
    String language = words.texts().size() == 1 ? "" : text.language().english() + ": ";
    if (!words.picture() && !words.card()) {
      length(field(n), language, text.words(), checks);
      if (text.language().isEnglish()) {
        ease(field(n), language, text.words(), checks);
      }
    }
    if (!text.language().isEnglish() && !text.words().isBlank()) {
      checks.add(
          Check.warn(
              field(n),
              "The checks read English. Somebody who reads %s should look at these words: are they"
                      .formatted(text.language().english())
                  + " easy, discreet, and about nobody's private life?"));
    }
    gaps(field(n), text.words(), checks);
  }

  private static String field(int text) {
    return text == 1 ? "text" : "text-" + text;
  }

  private static void picture(Words words, List<Check> checks) {
    String described =
        words.texts().stream().map(Text::words).collect(Collectors.joining("\n")).strip();
    if (described.isEmpty()) {
      checks.add(
          Check.block(
              "text",
              "Say what the picture shows and says, for people who can't see it and for the notice"
                  + " board"));
    }
    checks.add(
        described.contains(words.sender()) && REACHABLE.matcher(described).find()
            ? Check.fine(
                "image", "By its description the picture says who speaks and how to object")
            : Check.warn(
                "image",
                "Nobody here can read a picture: see that it says who speaks (%s), how to object,"
                        .formatted(words.sender())
                    + " and nothing about a person"));
  }

  private static void objections(Words words, List<Check> checks) {
    if (!REACHABLE.matcher(words.objections()).find()) {
      checks.add(
          Check.block(
              "text",
              "The campaign says how to object without a number, a mail address or a web page: “"
                  + words.objections()
                  + "”"));
    } else if (!words.picture()) {
      checks.add(Check.fine("text", "It says how to object: " + words.objections()));
    }
  }

  private static void length(String field, String language, String text, List<Check> checks) {
    int length = text.strip().length();
    checks.add(
        length > GOOD_LENGTH
            ? Check.warn(
                field,
                language
                    + "%d characters are long for a phone in a street; %d are good"
                        .formatted(length, GOOD_LENGTH))
            : Check.fine(
                field, language + length + " characters: short enough to read while walking"));
  }

  private static void ease(String field, String language, String text, List<Check> checks) {
    OptionalInt ease = ReadingEase.of(text);
    if (ease.isPresent()) {
      int points = ease.getAsInt();
      checks.add(
          points < ReadingEase.PLAIN
              ? Check.warn(
                  field,
                  language
                      + "Hard to read (%d of 100 for reading ease; %d is plain English): shorter"
                          .formatted(points, ReadingEase.PLAIN)
                      + " sentences and shorter words help")
              : Check.fine(field, language + "Easy to read (%d of 100)".formatted(points)));
    }
  }

  private static void gaps(String field, String text, List<Check> checks) {
    GAP.matcher(text)
        .results()
        .forEach(
            gap -> checks.add(Check.block(field, "Fill in “" + gap.group() + "”, or take it out")));
  }

  /** Links and personal data, wherever they stand. */
  private void found(Words words, List<Check> checks) {
    List<Check> ofLinks = new ArrayList<>(links.check(words.objections()));
    List<Check> ofPeople = new ArrayList<>();
    for (int n = 1; n <= words.texts().size(); n++) {
      String text = words.texts().get(n - 1).words();
      at(field(n), links.check(text), ofLinks);
      at(field(n), personal.check(text), ofPeople);
    }
    String contacts = String.join("\n", words.contacts());
    at("contactName", links.check(contacts), ofLinks);
    at("contactName", personal.check(contacts), ofPeople);
    // The phone shows the file's name, and the title becomes it unless the author chose another.
    for (String shown : List.of(words.title(), words.fileName())) {
      at("title", links.check(shown), ofLinks);
      at("title", personal.check(shown), ofPeople);
    }
    orFine(ofLinks, "No link leads anywhere it should not", checks);
    orFine(ofPeople, "Nobody's personal data was found", checks);
  }

  private static void at(String field, List<Check> found, List<Check> all) {
    found.forEach(check -> all.add(new Check(check.verdict(), field, check.words())));
  }

  private static void orFine(List<Check> found, String fine, List<Check> checks) {
    if (found.isEmpty()) {
      checks.add(Check.fine("text", fine));
    }
    found.stream().distinct().forEach(checks::add);
  }

  private static void topic(Words words, List<Check> checks) {
    SensitiveTopic.of(words)
        .ifPresent(
            topic -> {
              checks.add(
                  Check.warn(
                      "text",
                      "It touches on %s, so a senior approver decides. Somebody else may look at the"
                              .formatted(topic.words())
                          + " phone: keep the words discreet"));
              boolean fileTells = topic.isIn(words.fileName().replaceAll("[-_.]", " "));
              if (fileTells || topic.isIn(words.title())) {
                checks.add(
                    Check.block(
                        fileTells && !topic.isIn(words.title()) ? "file" : "title",
                        "The phone shows the file's name before anybody has said yes, and the title"
                            + " may become it. Choose one that does not speak of "
                            + topic.words()));
              }
            });
  }
}
