package org.towncrier.broadcaster.contact;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Collection;
import java.util.Comparator;
import org.towncrier.protocol.NodeId;

/**
 * Shares phones out evenly, by rendezvous hashing: what has the highest hash with a phone gets it.
 * Which node of a site a phone belongs to is found so (all nodes find the same without a word
 * between them, and when a node joins or leaves only its own share moves), which of several
 * messages it is offered, and in which of several wordings.
 */
final class Shares {
  private Shares() {}

  static NodeId owner(Pseudonym phone, Collection<NodeId> nodes) {
    return nodes.stream()
        .max(
            Comparator.comparing(
                    (NodeId node) -> weight(phone, node.value()), Long::compareUnsigned)
                .thenComparing(Comparator.naturalOrder()))
        .orElseThrow(() -> new IllegalArgumentException("a site has one node at least"));
  }

  /** Unsigned; even over phones, and unrelated from one name to the next. */
  static long weight(Pseudonym phone, String name) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(ByteBuffer.allocate(Long.BYTES).putLong(phone.value()).array());
      digest.update(name.getBytes(StandardCharsets.US_ASCII));
      return ByteBuffer.wrap(digest.digest()).getLong();
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("This JDK lacks SHA-256", impossible);
    }
  }
}
