package org.towncrier.console.message;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.towncrier.console.campaign.Campaign;
import org.towncrier.console.input.InvalidInputException;
import org.towncrier.console.input.InvalidInputException.Problem;
import org.towncrier.console.writing.Check;
import org.towncrier.console.writing.Language;
import org.towncrier.console.writing.Text;
import org.towncrier.console.writing.WritingChecks;
import org.towncrier.protocol.Window;

/** What a draft must be before anybody is asked to approve it, every problem at once by field. */
final class DraftRules {
  private static final int TITLE = 80;

  /** Longer than this nobody reads on a phone in a square; an SMS of five parts has 765. */
  private static final int TEXT = 1_000;

  /** As many as a square has visitors of, and a phone's screen room for. */
  static final int LANGUAGES = 6;

  /** More sets of times than anybody can check by reading; pages and nodes go through each. */
  static final int WINDOWS = 40;

  static final int PLACES = 200;

  /** As {@code protocol.MessageObject} has it. */
  private static final String FILE_NAME = "[A-Za-z0-9][A-Za-z0-9 ._-]{0,79}";

  private DraftRules() {}

  /**
   * Checks what is saved: the words, and that the places exist. Place and time may follow later.
   *
   * @param places every site and {@code site/node} there is
   * @throws InvalidInputException with every problem
   */
  static void checkSaved(Draft draft, Campaign campaign, Set<String> places) {
    List<Problem> problems = new ArrayList<>();
    words(draft, problems);
    where(draft, places, problems);
    notTooMany(draft, problems);
    refuse(draft, campaign, problems);
  }

  /**
   * Checks what is submitted: all of it.
   *
   * @param places every site and {@code site/node} there is
   * @throws InvalidInputException with every problem
   */
  static void checkWhole(Draft draft, Campaign campaign, Set<String> places, WritingChecks checks) {
    List<Problem> problems = new ArrayList<>();
    words(draft, problems);
    if (draft.targets().isEmpty()) {
      problems.add(new Problem("places", "Select at least one place"));
    }
    where(draft, places, problems);
    when(draft, campaign, problems);
    notTooMany(draft, problems);
    new DraftChecks(draft, campaign, checks)
        .all().stream()
            .filter(Check::blocks)
            .forEach(check -> problems.add(new Problem(check.field(), check.words())));
    refuse(draft, campaign, problems);
  }

  private static void refuse(Draft draft, Campaign campaign, List<Problem> problems) {
    if (problems.isEmpty()) {
      for (int place = 1; place <= draft.wordings().size(); place++) {
        try {
          MessageObjects.of(draft.kind(), draft.wordings().get(place - 1), campaign);
        } catch (IllegalArgumentException refused) {
          problems.add(new Problem(Fields.of("file", place), String.valueOf(refused.getMessage())));
        }
      }
    }
    if (!problems.isEmpty()) {
      throw new InvalidInputException(problems);
    }
  }

  private static void words(Draft draft, List<Problem> problems) {
    if (draft.title().isBlank()) {
      problems.add(new Problem("title", "Enter a title"));
    } else if (draft.title().length() > TITLE) {
      problems.add(new Problem("title", "The title must be " + TITLE + " characters or fewer"));
    }
    for (int place = 1; place <= draft.wordings().size(); place++) {
      Wording wording = draft.wordings().get(place - 1);
      if (!wording.fileName().matches(FILE_NAME)) {
        problems.add(
            new Problem(
                Fields.of("file", place),
                "The file's name may have letters from A to Z, digits, spaces, dots and dashes, and"
                    + " 80 characters at most"));
      }
      texts(draft.kind(), wording, place, problems);
      contact(draft.kind(), wording, place, problems);
      image(draft.kind(), wording, place, problems);
      int first = draft.wordings().indexOf(wording) + 1;
      if (first < place) {
        problems.add(
            new Problem(
                Fields.of("text", place, 1),
                "Wordings %s and %s say the same. Change one, or take it out"
                    .formatted(Variants.letter(first), Variants.letter(place))));
      }
    }
  }

  private static void texts(MessageKind kind, Wording wording, int place, List<Problem> problems) {
    if (wording.texts().isEmpty() || wording.texts().size() > LANGUAGES) {
      problems.add(
          new Problem(
              Fields.of("text", place, 1),
              "A message is in 1 to " + LANGUAGES + " languages, not " + wording.texts().size()));
    }
    Set<Language> seen = new HashSet<>();
    for (int n = 1; n <= wording.texts().size(); n++) {
      Text text = wording.texts().get(n - 1);
      String field = Fields.of("text", place, n);
      if (!seen.add(text.language())) {
        problems.add(
            new Problem(
                Fields.of("language", place, n), text.language().english() + " is there twice"));
      }
      if (text.words().isBlank() && (kind == MessageKind.TEXT || n > 1)) {
        problems.add(
            new Problem(
                field,
                wording.texts().size() == 1
                    ? "Enter the message"
                    : "Enter the message in " + text.language().english()));
      } else if (text.words().length() > TEXT) {
        problems.add(new Problem(field, "The message must be " + TEXT + " characters or fewer"));
      }
      if (text.words().chars().anyMatch(c -> c < ' ' && c != '\n' && c != '\r' && c != '\t')) {
        problems.add(new Problem(field, "The message holds characters that phones can't show"));
      }
    }
  }

  private static void image(MessageKind kind, Wording wording, int place, List<Problem> problems) {
    byte[] image = wording.image();
    String field = Fields.of("image", place);
    if ((kind == MessageKind.IMAGE) != (image != null)) {
      problems.add(new Problem(field, "A picture message, and only it, needs a picture"));
    } else if (image != null) {
      PlainJpeg.refusal(image).ifPresent(why -> problems.add(new Problem(field, why)));
    }
  }

  private static void contact(
      MessageKind kind, Wording wording, int place, List<Problem> problems) {
    Contact contact = wording.contact();
    if ((kind == MessageKind.VCARD) != (contact != null)) {
      problems.add(
          new Problem(
              Fields.of("contactName", place), "A contact card, and only it, needs a contact"));
      return;
    }
    if (contact == null) {
      return;
    }
    if (contact.name().isBlank()) {
      problems.add(new Problem(Fields.of("contactName", place), "Enter the name of the contact"));
    }
    String field = Fields.of("contactNumbers", place);
    if (contact.numbers().isEmpty()) {
      problems.add(new Problem(field, "Enter at least one number"));
    }
    for (Contact.Number number : contact.numbers()) {
      if (!number.dial().matches("\\+?[0-9][0-9 ]{1,18}")) {
        problems.add(new Problem(field, "\"%s\" is not a number to dial".formatted(number.dial())));
      }
    }
  }

  private static void notTooMany(Draft draft, List<Problem> problems) {
    if (draft.windows().size() > WINDOWS) {
      problems.add(
          new Problem(
              "windows",
              "A message has %d times at most, not %d. A day left out makes one more of each. Write"
                      .formatted(WINDOWS, draft.windows().size())
                  + " another message for the rest"));
    }
    if (draft.targets().size() > PLACES) {
      problems.add(
          new Problem(
              "places",
              "Select %d places at most, not %d: whole sites instead of each of their nodes"
                  .formatted(PLACES, draft.targets().size())));
    }
  }

  private static void where(Draft draft, Set<String> places, List<Problem> problems) {
    Set<Target> seen = new HashSet<>();
    for (Target target : draft.targets()) {
      if (!places.contains(target.toString())) {
        problems.add(
            new Problem(
                "places",
                "There is no site or node %s yet; add its first node with: towncrier console add-node"
                    .formatted(target)));
      } else if (!seen.add(target)) {
        problems.add(new Problem("places", target + " is named twice"));
      }
    }
  }

  private static void when(Draft draft, Campaign campaign, List<Problem> problems) {
    if (draft.windows().isEmpty()) {
      problems.add(new Problem("windows", "Enter when the message is on air"));
    }
    for (Window window : draft.windows()) {
      LocalDate first = campaign.startsOn();
      LocalDate last = campaign.endsOn();
      if (window.from().isBefore(first) || window.to().isAfter(last)) {
        problems.add(
            new Problem(
                "from",
                "The campaign runs from %s to %s, and its messages must lie within"
                    .formatted(first, last)));
      }
    }
  }
}
