package org.towncrier.protocol;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.LocalDate;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals what the nodes of a site say to each other in one night (AES-256-GCM), under a key that
 * each makes from tonight's and that no noon survives. Site, sender, receiver and night are bound
 * to it: a note that is given another name, or brought to another site or night, does not open.
 */
public final class ContactSeal {
  /** What GCM was made for; drawn at random, as few notes as a night has never bring one twice. */
  private static final int NONCE_BYTES = 12;

  private static final int TAG_BITS = 128;

  /** Lengths are rounded up to a multiple of this, so that they tell little of what is said. */
  private static final int BLOCK = 512;

  private static final SecureRandom RANDOM = new SecureRandom();

  private final SiteId site;
  private final LocalDate night;
  private final SecretKeySpec key;

  /**
   * The seal of one night.
   *
   * @param key {@value SiteSeed#KEY_BYTES} secret bytes that all nodes of the site have
   */
  public ContactSeal(SiteId site, LocalDate night, byte[] key) {
    if (key.length != SiteSeed.KEY_BYTES) {
      throw new IllegalArgumentException("a key has " + SiteSeed.KEY_BYTES + " bytes");
    }
    this.site = site;
    this.night = night;
    this.key = new SecretKeySpec(key, "AES");
  }

  /** Which night's it is. */
  public LocalDate night() {
    return night;
  }

  /** Seals. */
  public ContactNote seal(NodeId from, NodeId to, ContactTalk talk) {
    byte[] nonce = new byte[NONCE_BYTES];
    RANDOM.nextBytes(nonce);
    try {
      Cipher cipher = cipher(Cipher.ENCRYPT_MODE, nonce, from, to);
      return new ContactNote(from, to, night, nonce, cipher.doFinal(padded(WireJson.write(talk))));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("This JDK lacks AES-256-GCM", impossible);
    }
  }

  /**
   * Opens.
   *
   * @throws UntrustedException if no node of this site sealed it tonight, for that receiver
   * @throws MalformedPayloadException if what was sealed is not such a record
   */
  public ContactTalk open(ContactNote note) throws UntrustedException, MalformedPayloadException {
    if (!note.night().equals(night)) {
      throw new UntrustedException("it is sealed for another night");
    }
    if (note.nonce().length != NONCE_BYTES || note.sealed().length < TAG_BITS / 8) {
      throw new UntrustedException("it is not sealed");
    }
    try {
      Cipher cipher = cipher(Cipher.DECRYPT_MODE, note.nonce(), note.from(), note.to());
      return WireJson.read(cipher.doFinal(note.sealed()), ContactTalk.class);
    } catch (AEADBadTagException forged) {
      throw new UntrustedException("its seal does not fit");
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("This JDK lacks AES-256-GCM", impossible);
    }
  }

  private Cipher cipher(int mode, byte[] nonce, NodeId from, NodeId to)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(
        "towncrier/v1 contacts\n%s\n%s\n%s\n%s\n"
            .formatted(site, night, from, to)
            .getBytes(StandardCharsets.US_ASCII));
    return cipher;
  }

  /** With spaces, which JSON doesn't mind. */
  private static byte[] padded(byte[] json) {
    byte[] padded = Arrays.copyOf(json, (json.length + BLOCK - 1) / BLOCK * BLOCK);
    Arrays.fill(padded, json.length, padded.length, (byte) ' ');
    return padded;
  }
}
