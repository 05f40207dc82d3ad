package org.towncrier.protocol;

/** Sizes that both sides hold each other to. */
public final class Limits {
  /** The largest object offered to a phone, bytes. */
  public static final int OBJECT_BYTES = 512 * 1024;

  /** The largest {@link NodeSchedule}, bytes of JSON, its objects included. */
  public static final int SCHEDULE_BYTES = 4 * 1024 * 1024;

  /** The largest MQTT payload: a schedule in base64 inside its envelope. */
  public static final int PAYLOAD_BYTES = SCHEDULE_BYTES / 3 * 4 + 1024;

  /** Wordings of one message that a node may be given to compare. */
  public static final int VARIANTS = 8;

  private Limits() {}
}
