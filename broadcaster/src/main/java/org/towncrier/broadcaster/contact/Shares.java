package org.towncrier.broadcaster.contact;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Collection;
import java.util.Comparator;
import org.towncrier.protocol.NodeId;

/**
 * Which node of a site a phone belongs to: the one whose hash with the phone is highest (rendezvous
 * hashing). All nodes find the same answer without a word between them, and when a node joins or
 * leaves only its own share moves.
 */
final class Shares {
  private Shares() {}

  static NodeId owner(Pseudonym phone, Collection<NodeId> nodes) {
    return nodes.stream()
        .max(
            Comparator.comparing((NodeId node) -> weight(phone, node), Long::compareUnsigned)
                .thenComparing(Comparator.naturalOrder()))
        .orElseThrow(() -> new IllegalArgumentException("a site has one node at least"));
  }

  private static long weight(Pseudonym phone, NodeId node) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(ByteBuffer.allocate(Long.BYTES).putLong(phone.value()).array());
      digest.update(node.value().getBytes(StandardCharsets.US_ASCII));
      return ByteBuffer.wrap(digest.digest()).getLong();
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("This JDK lacks SHA-256", impossible);
    }
  }
}
