package org.towncrier.console.message;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.towncrier.protocol.ScheduledMessage.Priority;
import org.towncrier.protocol.Window;

/**
 * What a person writes: words, place and time together, because that is what the second person
 * approves.
 *
 * @param title for the team; phones do not see it
 * @param kind what file the phone receives
 * @param text the words, for {@link MessageKind#TEXT}; a description for the other kinds
 * @param contact for {@link MessageKind#VCARD}, and only for it
 * @param image JPEG bytes, for {@link MessageKind#IMAGE}, and only for it
 * @param objectName the file's name on the phone
 * @param targets where it goes out
 * @param windows when it is on air
 */
public record Draft(
    String title,
    MessageKind kind,
    String text,
    @Nullable Contact contact,
    byte @Nullable [] image,
    String objectName,
    Priority priority,
    List<Target> targets,
    List<Window> windows) {
  public Draft {
    targets = List.copyOf(targets);
    windows = List.copyOf(windows);
  }

  /** The same words at other places and times. */
  public Draft at(List<Target> otherTargets, List<Window> otherWindows, Priority otherPriority) {
    return new Draft(
        title, kind, text, contact, image, objectName, otherPriority, otherTargets, otherWindows);
  }
}
