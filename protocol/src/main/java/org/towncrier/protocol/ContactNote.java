package org.towncrier.protocol;

import java.time.LocalDate;
import java.util.Arrays;

/**
 * What one node of a site says to another about phones, sealed: the broker carries it and can
 * neither read nor write it. See {@link ContactSeal}.
 *
 * @param night whose key it is sealed with: the local day at whose noon that night began
 * @param nonce new for each note
 * @param sealed a {@link ContactTalk}
 */
public record ContactNote(NodeId from, NodeId to, LocalDate night, byte[] nonce, byte[] sealed) {
  @Override
  public boolean equals(Object other) {
    return other instanceof ContactNote that
        && from.equals(that.from)
        && to.equals(that.to)
        && night.equals(that.night)
        && Arrays.equals(nonce, that.nonce)
        && Arrays.equals(sealed, that.sealed);
  }

  @Override
  public int hashCode() {
    return 31 * from.hashCode() + Arrays.hashCode(nonce);
  }

  @Override
  public String toString() {
    return "ContactNote[" + from + " to " + to + ", " + sealed.length + " bytes]";
  }
}
