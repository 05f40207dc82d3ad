package org.towncrier.hardware.bluez;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The rights that a program needs for a radio, short of being root (capabilities(7)). */
final class Capabilities {
  /** How the one who looks after the node gives them. */
  static final String REMEDY =
      "AmbientCapabilities=CAP_NET_RAW CAP_NET_ADMIN in its systemd unit, as config/systemd does";

  private static final Path STATUS = Path.of("/proc/thread-self/status");
  private static final Pattern EFFECTIVE =
      Pattern.compile("^CapEff:\\s*([0-9a-fA-F]{1,16})\\s*$", Pattern.MULTILINE);
  private static final int NET_ADMIN = 12;
  private static final int NET_RAW = 13;

  private Capabilities() {}

  /**
   * @throws IOException if this program lacks one, by name and with what to do
   */
  static void mustBeThere() throws IOException {
    List<String> missing = missing(Files.readString(STATUS));
    if (!missing.isEmpty()) {
      throw new IOException(
          "The program lacks " + String.join(" and ", missing) + ": give it " + REMEDY);
    }
  }

  /**
   * @param status what the kernel says of a program; one that says nothing of its rights is trusted
   *     to fail later
   */
  static List<String> missing(String status) {
    Matcher effective = EFFECTIVE.matcher(status);
    List<String> missing = new ArrayList<>();
    if (effective.find()) {
      long held = Long.parseUnsignedLong(effective.group(1), 16);
      if ((held & 1L << NET_RAW) == 0) {
        missing.add("CAP_NET_RAW");
      }
      if ((held & 1L << NET_ADMIN) == 0) {
        missing.add("CAP_NET_ADMIN");
      }
    }
    return missing;
  }
}
