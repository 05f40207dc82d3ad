package org.towncrier.console.message;

import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.towncrier.console.campaign.Campaign;
import org.towncrier.protocol.MessageObject;

/**
 * About what a phone shows of one wording: first the question, then what was accepted.
 *
 * @param place of the wording, from 1
 * @param name how people call the wording; empty when it is the only one
 * @param file the file's name, which is in the question that the phone asks
 * @param size as the question says it; empty while there is nothing to send
 * @param blocks what the owner reads; a description when it is a picture
 * @param image where the picture is; null when there is none, or none yet
 * @param contact the card, when it is one
 */
public record Preview(
    int place,
    String name,
    String file,
    String size,
    List<Block> blocks,
    boolean picture,
    @Nullable String image,
    @Nullable Contact contact) {

  /** What stands in for a picture, read aloud. */
  public String alternative() {
    return String.join("\n", blocks.stream().map(Block::words).toList());
  }

  /**
   * Of every wording of a draft, which need not be finished.
   *
   * @param images where the picture of a wording is
   */
  static List<Preview> all(Draft draft, Campaign campaign, IntFunction<String> images) {
    return IntStream.rangeClosed(1, draft.wordings().size())
        .mapToObj(place -> of(draft, place, campaign, images))
        .toList();
  }

  private static Preview of(Draft draft, int place, Campaign campaign, IntFunction<String> images) {
    Wording wording = draft.wordings().get(place - 1);
    boolean picture = draft.kind() == MessageKind.IMAGE;
    List<Block> blocks =
        switch (draft.kind()) {
          case TEXT -> Block.of(wording.texts(), campaign);
          case VCARD -> Block.of(List.of(), campaign);
          case IMAGE ->
              wording.texts().stream()
                  .map(text -> new Block(text.language(), text.words().strip()))
                  .toList();
        };
    return new Preview(
        place,
        draft.wordings().size() == 1 ? "" : Variants.letter(place),
        wording.fileName(),
        size(draft, wording, campaign),
        blocks,
        picture,
        picture && wording.image() != null ? images.apply(place) : null,
        wording.contact());
  }

  private static String size(Draft draft, Wording wording, Campaign campaign) {
    try {
      MessageObject object = MessageObjects.of(draft.kind(), wording, campaign);
      int bytes = object.content().length;
      return bytes < 1024 ? bytes + " B" : "%.1f kB".formatted(bytes / 1024.0);
    } catch (IllegalArgumentException | NullPointerException unfinished) {
      return "";
    }
  }
}
