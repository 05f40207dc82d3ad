package org.towncrier.console.message;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.towncrier.console.writing.Text;
import org.towncrier.protocol.ScheduledMessage.Priority;
import org.towncrier.protocol.Window;

/**
 * What a person writes: words, place and time together, because that is what the second person
 * approves.
 *
 * @param title for the team; phones do not see it
 * @param kind what file the phone receives
 * @param wordings one, or several to compare: each phone is offered one of them, by lot
 * @param targets where it goes out
 * @param windows when it is on air
 */
public record Draft(
    String title,
    MessageKind kind,
    List<Wording> wordings,
    Priority priority,
    List<Target> targets,
    List<Window> windows) {
  /** More than this no town has phones to tell apart. */
  public static final int MOST_WORDINGS = 4;

  public Draft {
    wordings = List.copyOf(wordings);
    targets = List.copyOf(targets);
    windows = List.copyOf(windows);
    if (wordings.isEmpty() || wordings.size() > MOST_WORDINGS) {
      throw new IllegalArgumentException(
          "a message has 1 to %d wordings, not %d".formatted(MOST_WORDINGS, wordings.size()));
    }
  }

  /**
   * One wording, in English.
   *
   * @param text the words; a description when it is not {@link MessageKind#TEXT}
   */
  public Draft(
      String title,
      MessageKind kind,
      String text,
      @Nullable Contact contact,
      byte @Nullable [] image,
      String objectName,
      Priority priority,
      List<Target> targets,
      List<Window> windows) {
    this(
        title,
        kind,
        List.of(new Wording(objectName, List.of(Text.english(text)), contact, image)),
        priority,
        targets,
        windows);
  }

  /** The same words at other places and times. */
  public Draft at(List<Target> otherTargets, List<Window> otherWindows, Priority otherPriority) {
    return new Draft(title, kind, wordings, otherPriority, otherTargets, otherWindows);
  }

  /** The first wording. */
  public Wording first() {
    return wordings.get(0);
  }

  /** The words of the first wording. */
  public String text() {
    return first().words();
  }

  /** The file's name in the first wording. */
  public String objectName() {
    return first().fileName();
  }
}
