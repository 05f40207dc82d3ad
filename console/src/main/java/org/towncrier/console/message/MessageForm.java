package org.towncrier.console.message;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.util.MultiValueMap;
import org.towncrier.console.input.InvalidInputException;

/** A message as somebody typed it. It keeps what was typed, right or wrong. */
record MessageForm(String campaign, String title, String kind, List<WordingForm> wordings) {

  MessageForm {
    wordings = List.copyOf(wordings);
  }

  static MessageForm blank(String campaign) {
    return new MessageForm(campaign, "", MessageKind.TEXT.name(), List.of(WordingForm.words("")));
  }

  /** As a browser sends it. */
  static MessageForm of(MultiValueMap<String, String> sent) {
    List<WordingForm> wordings = new ArrayList<>();
    int place = 1;
    do {
      wordings.add(WordingForm.of(sent, place++));
    } while (place <= Draft.MOST_WORDINGS && WordingForm.isIn(sent, place));
    return new MessageForm(
        first(sent, "campaign"), first(sent, "title"), first(sent, "kind"), wordings);
  }

  static String first(MultiValueMap<String, String> sent, String name) {
    return Objects.requireNonNullElse(sent.getFirst(name), "");
  }

  /**
   * To go on writing a version.
   *
   * @param approved whether any version was ever approved: then phones have been asked about files
   *     of these names, and a name goes on unless somebody changes it
   */
  static MessageForm of(MessageVersion version, boolean approved) {
    Draft draft = version.draft();
    String ofTitle = Drafts.fileName(draft.title(), draft.kind());
    List<WordingForm> wordings = new ArrayList<>();
    for (int place = 1; place <= draft.wordings().size(); place++) {
      Wording wording = draft.wordings().get(place - 1);
      boolean follows = !approved && wording.fileName().equals(ofTitle);
      wordings.add(WordingForm.of(wording, follows ? "" : wording.fileName(), place));
    }
    return new MessageForm(
        version.campaign().value(), draft.title(), draft.kind().name(), wordings);
  }

  /** The same in a campaign. */
  MessageForm in(String other) {
    return new MessageForm(other, title, kind, wordings);
  }

  /** The same with another wording in the place of one. */
  MessageForm with(int place, WordingForm wording) {
    List<WordingForm> changed = new ArrayList<>(wordings);
    changed.set(place - 1, wording);
    return new MessageForm(campaign, title, kind, changed);
  }

  /** Whether nothing was typed yet. */
  boolean isBlank() {
    return title.isBlank() && wordings.stream().allMatch(WordingForm::isBlank);
  }

  /** What a file is called whose author gave it no name. */
  public String nameFromTitle() {
    try {
      return Drafts.fileName(title, MessageKind.valueOf(kind));
    } catch (IllegalArgumentException noKindYet) {
      return "";
    }
  }

  /**
   * After a press on one of the form's own buttons.
   *
   * @param change {@code add-wording}, {@code remove-wording-2}, {@code add-language-1}, {@code
   *     remove-language-1-2} or {@code up-language-1-2}; anything else changes nothing
   */
  MessageForm changed(String change) {
    String[] parts = change.split("-", -1);
    int place = number(parts, 2);
    int text = number(parts, 3);
    List<WordingForm> changed = new ArrayList<>(wordings);
    if (change.equals("add-wording") && wordings.size() < Draft.MOST_WORDINGS) {
      changed.add(wordings.get(0).another());
    } else if (place < 1 || place > wordings.size()) {
      return this;
    } else if (change.startsWith("remove-wording-") && wordings.size() > 1) {
      changed.remove(place - 1);
    } else if (change.startsWith("add-language-")) {
      changed.set(place - 1, wordings.get(place - 1).inAnotherLanguage());
    } else if (change.startsWith("remove-language-")) {
      changed.set(place - 1, wordings.get(place - 1).without(text));
    } else if (change.startsWith("up-language-")) {
      changed.set(place - 1, wordings.get(place - 1).earlier(text));
    }
    return new MessageForm(campaign, title, kind, changed);
  }

  private static int number(String[] parts, int at) {
    return at < parts.length && parts[at].matches("[0-9]{1,2}") ? Integer.parseInt(parts[at]) : 0;
  }

  /**
   * What was typed, as a draft that keeps the place and time of the one before.
   *
   * @param pictures the picture by the word that a form has for it; null when there is none
   * @throws InvalidInputException when something can't be said in a draft at all
   */
  Draft draft(@Nullable Draft before, Function<String, byte @Nullable []> pictures) {
    MessageKind chosen = chosen();
    List<Wording> written = new ArrayList<>();
    for (int place = 1; place <= wordings.size(); place++) {
      written.add(
          wordings.get(place - 1).wording(chosen, place, Drafts.fileName(title, chosen), pictures));
    }
    return Drafts.of(title, chosen, written, before);
  }

  private MessageKind chosen() {
    try {
      return MessageKind.valueOf(kind);
    } catch (IllegalArgumentException none) {
      throw new InvalidInputException("kind", "Select what the phone receives");
    }
  }
}
