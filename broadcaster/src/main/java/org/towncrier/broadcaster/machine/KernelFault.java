package org.towncrier.broadcaster.machine;

/**
 * Kernels that stop the whole machine when a phone that is being called walks away.
 *
 * <p>Linux 6.1.191 took over "Bluetooth: L2CAP: Fix slab-use-after-free Read in l2cap_send_cmd"
 * (b4f82f9ed43a in the main line), which has a link's channel deleted once more than it was made
 * when the link never came about. Its repair, "Bluetooth: L2CAP: Fix corrupted list in
 * hci_chan_del" (ab4eedb790ca, Linux 6.14), did not come with it. Read in Debian's sources on
 * 2026-11-24: 6.1.190 has neither, 6.1.192-1 and 6.1.192-2 the first alone; and seen: 6.1.192
 * panics at the first page that times out, 6.1.176 does not. Nobody has read other series for it.
 */
final class KernelFault {
  private static final String ABOUT = "kernel";

  private KernelFault() {}

  static Finding judge(KernelVersion version) {
    boolean series = version.major() == 6 && version.minor() == 1;
    if (series && version.patch() >= 191 && version.patch() <= 192) {
      return Finding.risk(
          ABOUT,
          "Linux %s stops this whole machine when a phone that is being called walks away"
              .formatted(version),
          "run another: 6.1.190 or older of its series (Debian 12: linux-image-6.1 of 6.1.176-1),"
              + " or 6.14 or newer");
    }
    if (series && version.patch() > 192) {
      return Finding.note(
          ABOUT,
          "Linux %s: 6.1.191 and 6.1.192 stop the machine when a phone that is being called walks"
                  .formatted(version)
              + " away, and whether this one does was not known when this program was made",
          "look for \"Fix corrupted list in hci_chan_del\" in its changelog: then it is mended");
    }
    if (series || version.atLeast(6, 14, 0)) {
      return Finding.ok(ABOUT, "Linux " + version);
    }
    return Finding.note(
        ABOUT,
        "Linux %s is none of those known to stop the machine when a phone walks away (6.1.191 and"
                .formatted(version)
            + " 6.1.192), but nobody has read its series for that fault",
        "before the first evening, carry a phone off while it is being called");
  }
}
