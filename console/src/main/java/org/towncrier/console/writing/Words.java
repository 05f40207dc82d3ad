package org.towncrier.console.writing;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * All the words of a message, whatever its kind; of one wording, where it has several.
 *
 * @param picture whether the phone gets a picture, whose words nobody here can read
 * @param card whether it gets a contact card
 * @param texts in each of its languages
 * @param fileName as the phone's question shows it, before its owner has said yes
 * @param contacts names and numbers of a card, as typed
 * @param sender who speaks, from the campaign
 * @param objections how to object, from the campaign
 */
public record Words(
    boolean picture,
    boolean card,
    String title,
    List<Text> texts,
    String fileName,
    List<String> contacts,
    String sender,
    String objections) {
  public Words {
    texts = List.copyOf(texts);
    contacts = List.copyOf(contacts);
  }

  /** What the message's own author wrote, the campaign's lines left out. */
  String written() {
    return Stream.of(
            Stream.of(title, fileName.replaceAll("\\.[A-Za-z]+$", "").replaceAll("[-_.]", " ")),
            texts.stream().map(Text::words),
            contacts.stream())
        .flatMap(words -> words)
        .collect(Collectors.joining("\n"));
  }
}
