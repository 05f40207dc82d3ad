package org.towncrier.console.message;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import org.towncrier.protocol.VariantId;

/**
 * Names the wordings of a message that are compared. The names come from all that is said, so a
 * version with the same words at other times goes on counting where the one before stopped, and one
 * with other words begins a comparison of its own: phones that were offered A while there was no C
 * say nothing about A against C.
 */
final class Variants {
  private Variants() {}

  /** The names of the wordings, in their order; none when there is one wording. */
  static List<VariantId> of(Draft draft) {
    if (draft.wordings().size() == 1) {
      return List.of();
    }
    String all = HexFormat.of().formatHex(digest(draft), 0, 4);
    return IntStream.range(0, draft.wordings().size())
        .mapToObj(n -> new VariantId((char) ('a' + n) + "-" + all))
        .toList();
  }

  /** How people call a wording: A, B, C, D. */
  static String letter(int place) {
    return String.valueOf((char) ('A' + place - 1));
  }

  private static byte[] digest(Draft draft) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      add(digest, draft.kind().name().getBytes(UTF_8));
      for (Wording wording : draft.wordings()) {
        add(digest, wording.fileName().getBytes(UTF_8));
        wording
            .texts()
            .forEach(
                text -> {
                  add(digest, text.language().tag().getBytes(UTF_8));
                  add(digest, text.words().strip().getBytes(UTF_8));
                });
        add(digest, String.valueOf(wording.contact()).getBytes(UTF_8));
        byte[] image = wording.image();
        add(digest, image == null ? new byte[0] : image);
      }
      return digest.digest();
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("This JDK lacks SHA-256", impossible);
    }
  }

  private static void add(MessageDigest digest, byte[] part) {
    digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(part.length).array());
    digest.update(part);
  }
}
