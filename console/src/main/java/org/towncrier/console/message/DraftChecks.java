package org.towncrier.console.message;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.towncrier.console.campaign.Campaign;
import org.towncrier.console.writing.Check;
import org.towncrier.console.writing.SensitiveTopic;
import org.towncrier.console.writing.Text;
import org.towncrier.console.writing.Words;
import org.towncrier.console.writing.WritingChecks;

/** The checks of writing on each wording of a draft, and on how its wordings compare. */
final class DraftChecks {
  private final Draft draft;
  private final Campaign campaign;
  private final WritingChecks checks;

  DraftChecks(Draft draft, Campaign campaign, WritingChecks checks) {
    this.draft = draft;
    this.campaign = campaign;
    this.checks = checks;
  }

  /** Everything, wording by wording. */
  List<Check> all() {
    List<Check> all = new ArrayList<>(between());
    for (int place = 1; place <= draft.wordings().size(); place++) {
      all.addAll(of(place));
    }
    return all;
  }

  /** What is said of one wording, each at the form's field for it. */
  List<Check> of(int place) {
    return checks.of(words(draft, draft.wordings().get(place - 1), campaign)).stream()
        .map(check -> new Check(check.verdict(), field(check.field(), place), check.words()))
        .toList();
  }

  private static String field(String field, int place) {
    if (field.equals("title")) {
      return field;
    }
    if (field.equals("text")) {
      return Fields.of(field, place, 1);
    }
    return field.startsWith("text-")
        ? Fields.of("text", place, Integer.parseInt(field.substring(5)))
        : Fields.of(field, place);
  }

  /** Whether what is compared can be told apart. Nothing when there is one wording. */
  List<Check> between() {
    List<Check> found = new ArrayList<>();
    for (int place = 2; place <= draft.wordings().size(); place++) {
      Wording wording = draft.wordings().get(place - 1);
      for (int other = 1; other < place; other++) {
        Wording before = draft.wordings().get(other - 1);
        String both = "Wordings " + Variants.letter(other) + " and " + Variants.letter(place);
        if (wording.fileName().equalsIgnoreCase(before.fileName())) {
          found.add(
              new Check(
                  Check.Verdict.WARN,
                  Fields.of("file", place),
                  both
                      + " have the same file name. A phone's question shows that and not the words, so"
                      + " people answer both alike. Give them different names to compare them"));
        }
        if (!languages(wording).equals(languages(before))) {
          found.add(
              new Check(
                  Check.Verdict.WARN,
                  Fields.of("text", place, 1),
                  both + " are not in the same languages, which makes them hard to compare"));
        }
      }
    }
    return found;
  }

  private static List<String> languages(Wording wording) {
    return wording.texts().stream().map(text -> text.language().tag()).toList();
  }

  /** What of it is sensitive, in any wording; nothing when nothing is. */
  static Optional<SensitiveTopic> topic(Draft draft, Campaign campaign) {
    return draft.wordings().stream()
        .flatMap(wording -> SensitiveTopic.of(words(draft, wording, campaign)).stream())
        .findFirst();
  }

  private static Words words(Draft draft, Wording wording, Campaign campaign) {
    List<String> contacts = new ArrayList<>();
    Contact contact = wording.contact();
    if (contact != null) {
      contacts.add(contact.name());
      contacts.add(contact.organisation());
      contact.numbers().forEach(n -> contacts.add(n.label() + ": " + n.dial()));
    }
    List<Text> texts =
        wording.texts().stream()
            .map(text -> new Text(text.language(), text.words().strip()))
            .toList();
    return new Words(
        draft.kind() == MessageKind.IMAGE,
        draft.kind() == MessageKind.VCARD,
        draft.title(),
        texts,
        wording.fileName(),
        contacts,
        campaign.sender(),
        campaign.contact());
  }
}
