package org.towncrier.hardware.obex;

/** The operation and response codes that Object Push needs (IrOBEX 1.3, 3.2 and 3.3). */
public final class ObexCode {
  public static final int CONNECT = 0x80;
  public static final int DISCONNECT = 0x81;
  public static final int PUT = 0x02;
  public static final int PUT_FINAL = 0x82;
  public static final int ABORT = 0xFF;

  public static final int CONTINUE = 0x90;
  public static final int SUCCESS = 0xA0;
  public static final int BAD_REQUEST = 0xC0;
  public static final int UNAUTHORIZED = 0xC1;
  public static final int FORBIDDEN = 0xC3;
  public static final int UNSUPPORTED_MEDIA_TYPE = 0xCF;
  public static final int SERVICE_UNAVAILABLE = 0xD3;

  private ObexCode() {}

  /** Whether a response ends its request: anything from success (0xA0) up. */
  static boolean endsRequest(int response) {
    return response >= SUCCESS;
  }

  static String name(int code) {
    return String.format("0x%02X", code);
  }
}
