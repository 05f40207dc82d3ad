package org.towncrier.console.message;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.towncrier.protocol.ScheduledMessage.Priority;

/** Drafts from what somebody wrote, on a page or through a program. */
public final class Drafts {
  /** A longer name of a file is cut on phones. */
  private static final int LONGEST_NAME = 60;

  private Drafts() {}

  /**
   * What was written, as a draft that keeps the place and time of the one before.
   *
   * @param before null for a new message
   */
  public static Draft of(
      String title, MessageKind kind, List<Wording> wordings, @Nullable Draft before) {
    return new Draft(
        title,
        kind,
        wordings,
        before == null ? Priority.NORMAL : before.priority(),
        before == null ? List.of() : before.targets(),
        before == null ? List.of() : before.windows());
  }

  /** Wordings that have the picture of the one before at the same place, where none was sent. */
  public static List<Wording> withPictures(List<Wording> wordings, Draft before) {
    List<Wording> whole = new ArrayList<>();
    for (int n = 0; n < wordings.size(); n++) {
      Wording wording = wordings.get(n);
      boolean same = wording.image() == null && n < before.wordings().size();
      whole.add(
          same
              ? new Wording(
                  wording.fileName(),
                  wording.texts(),
                  wording.contact(),
                  before.wordings().get(n).image())
              : wording);
    }
    return whole;
  }

  /** What a file is called whose author gave it no name: the phone's question shows it. */
  public static String fileName(String title, MessageKind kind) {
    String words = title.strip().replaceAll("[^A-Za-z0-9 _-]+", "").replaceAll(" +", " ").strip();
    String base =
        words
            .substring(0, Math.min(LONGEST_NAME, words.length()))
            .strip()
            .replaceFirst("^[^A-Za-z0-9]+", "");
    return (base.isEmpty() ? "message" : base) + kind.extension();
  }
}
