package org.towncrier.hardware.bluez;

/** What phones answer. */
final class SdpExamples {
  /**
   * One service: handle 0x10001, Object Push, and its protocols: L2CAP, RFCOMM on channel 9, OBEX.
   */
  static final String OBJECT_PUSH_ON_CHANNEL_9 =
      "3528"
          + "3526"
          + "090000"
          + "0a00010001"
          + "090001"
          + "3503"
          + "191105"
          + "090004"
          + "3511"
          + "3503"
          + "190100"
          + "3505"
          + "190003"
          + "0809"
          + "3503"
          + "190008";

  private SdpExamples() {}
}
