package org.towncrier.hardware.bluez;

/**
 * Error numbers of Linux that Bluetooth sockets give, with what they mean for a radio. The numbers
 * are those of x86 and ARM alike (asm-generic/errno.h).
 */
enum Errno {
  EPERM(1, "not permitted: the program needs " + Capabilities.REMEDY),
  ENOENT(2, "there is none"),
  EINTR(4, "interrupted"),
  EIO(5, "the adapter failed"),
  EBADF(9, "the socket is closed"),
  EAGAIN(11, "not ready"),
  ENOMEM(12, "the kernel has no memory left"),
  EACCES(13, "the phone refused to pair"),
  EBUSY(16, "the adapter is busy"),
  ENODEV(19, "there is no such adapter"),
  EINVAL(22, "the kernel does not take this value"),
  ENFILE(23, "the system has no descriptors left"),
  EMFILE(24, "the process has no descriptors left: raise LimitNOFILE"),
  EMLINK(31, "the adapter has no link left"),
  EPIPE(32, "the link was closed"),
  ENOSYS(38, "the link failed, or this kernel has no such call"),
  EILSEQ(84, "the other side does not keep to the protocol"),
  EBADFD(77, "the socket is in no state for this"),
  EPROTO(71, "the other side does not keep to the protocol"),
  EMSGSIZE(90, "too long"),
  EPROTONOSUPPORT(93, "the kernel has no such Bluetooth protocol: load its module"),
  EOPNOTSUPP(95, "not supported"),
  EAFNOSUPPORT(97, "the kernel has no Bluetooth: load the module bluetooth, outside a container"),
  EADDRINUSE(98, "already in use"),
  EADDRNOTAVAIL(99, "there is no adapter with this address"),
  ENETDOWN(100, "the adapter is switched off"),
  ENETUNREACH(101, "the adapter is gone"),
  ECONNABORTED(103, "the link was given up"),
  ECONNRESET(104, "the link was cut"),
  ENOBUFS(105, "the kernel has no buffers left"),
  ENOTCONN(107, "there is no link"),
  ETIMEDOUT(110, "no answer in time"),
  ECONNREFUSED(111, "the phone refused the connection"),
  EHOSTDOWN(112, "the phone does not answer"),
  EHOSTUNREACH(113, "there is no way to the phone"),
  EALREADY(114, "already under way"),
  EINPROGRESS(115, "under way"),
  ERFKILL(132, "the radio is blocked by rfkill: run rfkill unblock bluetooth"),
  OTHER(0, "the call failed");

  private final int number;
  private final String words;

  Errno(int number, String words) {
    this.number = number;
    this.words = words;
  }

  /** The name of a number; {@link #OTHER} for one that no Bluetooth socket is known to give. */
  static Errno of(int number) {
    for (Errno errno : values()) {
      if (errno.number == number) {
        return errno;
      }
    }
    return OTHER;
  }

  int number() {
    return number;
  }

  /** What it means, for the person who looks after the node. */
  String words() {
    return words;
  }
}
