package org.towncrier.console.noticeboard;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.towncrier.console.campaign.Campaign;
import org.towncrier.console.message.ApprovedWords;
import org.towncrier.console.message.Block;
import org.towncrier.console.message.Contact;
import org.towncrier.console.message.MessageKind;
import org.towncrier.console.message.Wording;
import org.towncrier.console.writing.Text;
import org.towncrier.protocol.ScheduledMessage;
import org.towncrier.protocol.SiteId;

/**
 * A message as some node may offer it now or later, for readers.
 *
 * @param campaign who speaks, and how to object
 * @param message exactly what nodes are told
 * @param campaignEnds from when nodes offer it no more, whatever its windows
 * @param words what readers need beside the file
 * @param sites where a node may offer it: one that is not held, and not in training
 */
record Notice(
    String code,
    Campaign campaign,
    ScheduledMessage message,
    Instant campaignEnds,
    ApprovedWords words,
    Set<SiteId> sites) {
  Notice {
    sites = Set.copyOf(sites);
  }

  /** By the rule of a node's own timetable. */
  boolean onAir(Instant at) {
    return at.isBefore(campaignEnds) && message.onAir(at);
  }

  /** The names of its files, which phones ask their owners about. */
  public String file() {
    return wordings().stream().map(Said::file).distinct().collect(Collectors.joining(" or "));
  }

  /** Each of its wordings: a phone received one of them. */
  public List<Said> wordings() {
    List<ScheduledMessage.Wording> sent = message.wordings();
    return IntStream.range(0, sent.size())
        .mapToObj(n -> said(n + 1, sent.get(n).object().name(), words.wordings().get(n)))
        .toList();
  }

  private Said said(int place, String file, Wording wording) {
    return new Said(
        place,
        file,
        words.kind() == MessageKind.TEXT ? ApprovedWords.blocks(wording, campaign) : null,
        wording.contact(),
        words.kind() == MessageKind.IMAGE
            ? wording.texts().stream()
                .map(text -> new Text(text.language(), text.words().strip()))
                .filter(text -> !text.words().isEmpty())
                .toList()
            : null);
  }

  /** Whether what phones are told and what was approved are of one version. */
  boolean holdsTogether() {
    return words.kind().type().equals(message.object().type())
        && words.wordings().size() == message.wordings().size();
  }

  /**
   * One wording, for readers.
   *
   * @param place from 1
   * @param file the file's name
   * @param blocks to the letter what a phone receives, part by part; null unless it is a text
   * @param card the card's numbers; null unless it is one
   * @param picture what a picture shows, in words; null unless it is one, and empty when nobody
   *     wrote any
   */
  record Said(
      int place,
      String file,
      @Nullable List<Block> blocks,
      @Nullable Contact card,
      @Nullable List<Text> picture) {
    /** What stands in for the picture. */
    public String alternative() {
      return picture == null
          ? ""
          : picture.stream().map(Text::words).collect(Collectors.joining("\n"));
    }

    /** What is added to the address of its file: nothing for the first. */
    public String suffix() {
      return place == 1 ? "" : "-" + place;
    }
  }
}
