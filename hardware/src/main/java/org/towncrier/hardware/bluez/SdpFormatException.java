package org.towncrier.hardware.bluez;

import java.io.IOException;

/** A phone's answer to a service search that is none. */
public final class SdpFormatException extends IOException {
  private static final long serialVersionUID = 1L;

  SdpFormatException(String message) {
    super(message);
  }
}
