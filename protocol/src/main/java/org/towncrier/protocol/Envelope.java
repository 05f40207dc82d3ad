package org.towncrier.protocol;

import java.util.Arrays;

/**
 * What the console says, as it travels: the exact bytes that were signed, and the signature.
 *
 * @param keyId names the public key that verifies it
 * @param payload the signed bytes
 * @param signature Ed25519
 */
public record Envelope(String keyId, byte[] payload, byte[] signature) {
  @Override
  public boolean equals(Object other) {
    return other instanceof Envelope that
        && keyId.equals(that.keyId)
        && Arrays.equals(payload, that.payload)
        && Arrays.equals(signature, that.signature);
  }

  @Override
  public int hashCode() {
    return 31 * keyId.hashCode() + Arrays.hashCode(payload);
  }

  @Override
  public String toString() {
    return "Envelope[" + keyId + ", " + payload.length + " bytes]";
  }
}
