package org.towncrier.console.message;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.towncrier.console.writing.Text;

/**
 * One way to say a message: what one phone receives.
 *
 * @param fileName the file's name on the phone, which its question shows
 * @param texts the words in each language, in the order the phone shows them, for {@link
 *     MessageKind#TEXT}; a description for the other kinds
 * @param contact for {@link MessageKind#VCARD}, and only for it
 * @param image JPEG bytes, for {@link MessageKind#IMAGE}, and only for it
 */
public record Wording(
    String fileName, List<Text> texts, @Nullable Contact contact, byte @Nullable [] image) {
  public Wording {
    texts = List.copyOf(texts);
  }

  /** The words of all its languages, for readers who know them all: searches and comparisons. */
  public String words() {
    return texts.stream().map(Text::words).collect(Collectors.joining("\n\n"));
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Wording that
        && fileName.equals(that.fileName)
        && texts.equals(that.texts)
        && Objects.equals(contact, that.contact)
        && Arrays.equals(image, that.image);
  }

  @Override
  public int hashCode() {
    return Objects.hash(fileName, texts, contact, Arrays.hashCode(image));
  }
}
