package org.towncrier.console.message;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.towncrier.console.campaign.Campaign;
import org.towncrier.console.writing.Language;
import org.towncrier.console.writing.Text;

/**
 * A part of what a phone's owner reads, all in one language: previews and public pages say which,
 * so that what reads aloud pronounces it rightly.
 */
public record Block(Language language, String words) {
  /**
   * A text file, part by part. Several languages follow each other in the author's order, each
   * under its own name; who speaks and how to object comes last, once.
   */
  static List<Block> of(List<Text> texts, Campaign campaign) {
    List<Block> blocks = new ArrayList<>();
    for (Text text : texts) {
      String words = text.words().strip();
      blocks.add(
          new Block(
              text.language(),
              texts.size() == 1 ? words : "— " + text.language().own() + " —\n" + words));
    }
    blocks.add(new Block(Language.ENGLISH, campaign.sender() + "\n" + campaign.contact()));
    return blocks;
  }

  /** The file's content: an empty line between the parts, and a line's end after the last. */
  static String file(List<Block> blocks) {
    return blocks.stream().map(Block::words).collect(Collectors.joining("\n\n", "", "\n"));
  }
}
