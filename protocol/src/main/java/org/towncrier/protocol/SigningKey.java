package org.towncrier.protocol;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;

/** The console's key: what it signs, nodes obey. */
public final class SigningKey {
  private final PrivateKey privateKey;
  private final TrustedKey publicKey;

  private SigningKey(PrivateKey privateKey, TrustedKey publicKey) {
    this.privateKey = privateKey;
    this.publicKey = publicKey;
  }

  /** A new key. */
  public static SigningKey generate() {
    try {
      KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
      return new SigningKey(pair.getPrivate(), new TrustedKey(pair.getPublic()));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("This JDK lacks Ed25519", impossible);
    }
  }

  /**
   * Reads back what {@link #encoded()} wrote.
   *
   * @throws IllegalArgumentException if it is not such a text
   */
  public static SigningKey decode(String encoded) {
    String[] halves = encoded.strip().split(":", -1);
    if (halves.length != 2) {
      throw new IllegalArgumentException("A signing key is two base64 texts with a colon between");
    }
    try {
      KeyFactory factory = KeyFactory.getInstance("Ed25519");
      return new SigningKey(
          factory.generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(halves[0]))),
          new TrustedKey(
              factory.generatePublic(
                  new X509EncodedKeySpec(Base64.getDecoder().decode(halves[1])))));
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("Not an Ed25519 signing key", e);
    }
  }

  /** PKCS #8 and X.509, base64, with a colon between. A secret. */
  public String encoded() {
    return Base64.getEncoder().encodeToString(privateKey.getEncoded()) + ":" + publicKey.encoded();
  }

  /** What nodes need to verify it. */
  public TrustedKey trustedKey() {
    return publicKey;
  }

  /** Signs a record for one kind of topic; a signature for one kind is worthless on another. */
  public Envelope seal(Topic.Kind kind, Record value) {
    byte[] payload = WireJson.write(value);
    try {
      Signature signature = Signature.getInstance("Ed25519");
      signature.initSign(privateKey);
      signature.update(TrustedKey.context(kind));
      signature.update(payload);
      return new Envelope(publicKey.id(), payload, signature.sign());
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("This JDK could not sign", impossible);
    }
  }
}
