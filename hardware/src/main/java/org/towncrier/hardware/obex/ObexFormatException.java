package org.towncrier.hardware.obex;

import java.io.IOException;

/** The other side sent bytes that are not OBEX: the link can't be trusted any further. */
public final class ObexFormatException extends IOException {
  private static final long serialVersionUID = 1L;

  public ObexFormatException(String message) {
    super(message);
  }
}
