package org.towncrier.protocol;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import java.util.HexFormat;

/** A public key whose word a node takes. */
public final class TrustedKey {
  private final PublicKey key;
  private final String id;

  TrustedKey(PublicKey key) {
    this.key = key;
    this.id = idOf(key);
  }

  /**
   * Reads back what {@link #encoded()} wrote.
   *
   * @throws IllegalArgumentException if it is not an Ed25519 public key
   */
  public static TrustedKey decode(String encoded) {
    try {
      return new TrustedKey(
          KeyFactory.getInstance("Ed25519")
              .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(encoded.strip()))));
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("Not an Ed25519 public key in base64", e);
    }
  }

  /** X.509 in base64. */
  public String encoded() {
    return Base64.getEncoder().encodeToString(key.getEncoded());
  }

  /** The first 64 bits of the key's SHA-256, in hexadecimal. */
  public String id() {
    return id;
  }

  /**
   * The record in an envelope, once one of the keys has vouched for its exact bytes.
   *
   * @param kind the kind of topic it came on
   * @throws UntrustedException if no key of these signed it for this kind
   * @throws MalformedPayloadException if the signed bytes are not such a record
   */
  public static <T extends Record> T open(
      Collection<TrustedKey> trusted, Topic.Kind kind, byte[] json, Class<T> type)
      throws UntrustedException, MalformedPayloadException {
    Envelope envelope = WireJson.read(json, Envelope.class);
    TrustedKey key =
        trusted.stream()
            .filter(candidate -> candidate.id.equals(envelope.keyId()))
            .findFirst()
            .orElseThrow(
                () ->
                    new UntrustedException(
                        "it is signed with a key that this node does not trust"));
    if (!key.signed(kind, envelope)) {
      throw new UntrustedException("its signature does not fit its content");
    }
    return WireJson.read(envelope.payload(), type);
  }

  private boolean signed(Topic.Kind kind, Envelope envelope) {
    try {
      Signature signature = Signature.getInstance("Ed25519");
      signature.initVerify(key);
      signature.update(context(kind));
      signature.update(envelope.payload());
      return signature.verify(envelope.signature());
    } catch (SignatureException notASignature) {
      return false;
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("This JDK lacks Ed25519", impossible);
    }
  }

  static byte[] context(Topic.Kind kind) {
    return ("towncrier/v1 " + kind.level() + "\n").getBytes(StandardCharsets.US_ASCII);
  }

  private static String idOf(PublicKey key) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(key.getEncoded());
      return HexFormat.of().formatHex(digest, 0, 8);
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("This JDK lacks SHA-256", impossible);
    }
  }

  @Override
  public String toString() {
    return "TrustedKey[" + id + "]";
  }
}
