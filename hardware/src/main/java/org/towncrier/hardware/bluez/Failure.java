package org.towncrier.hardware.bluez;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.channels.ClosedChannelException;

/** What an error says of whom: the phone, the link to it, or our own adapter. */
public enum Failure {
  /** Nobody answered: out of range, off, or too late. */
  UNREACHABLE,
  /** The phone is there and says no: no such channel, or no pairing. */
  REFUSED,
  /** There was a link, and it broke. */
  LINK_LOST,
  /** Our adapter is gone, switched off, or not ours to use. */
  ADAPTER,
  /** We closed it ourselves. */
  CLOSED,
  /** What came is not what the protocol says. */
  NONSENSE,
  /** Anything else. */
  OTHER;

  /** Sorts an error of this package. */
  public static Failure of(IOException e) {
    if (e instanceof ErrnoException failed) {
      return of(failed.errno());
    }
    if (e instanceof SocketTimeoutException) {
      return UNREACHABLE;
    }
    if (e instanceof ClosedChannelException) {
      return CLOSED;
    }
    return e instanceof SdpFormatException ? NONSENSE : OTHER;
  }

  static Failure of(Errno errno) {
    return switch (errno) {
      case EHOSTDOWN, ETIMEDOUT, EBUSY, EMLINK, EALREADY -> UNREACHABLE;
      case ECONNREFUSED, EACCES -> REFUSED;
      case ECONNRESET, ECONNABORTED, EPIPE, ENOTCONN -> LINK_LOST;
      case ENODEV, ENETDOWN, ENETUNREACH, EHOSTUNREACH, EADDRNOTAVAIL, ERFKILL, EPERM, EIO ->
          ADAPTER;
      case EPROTO, EILSEQ, EMSGSIZE -> NONSENSE;
      default -> OTHER;
    };
  }

  /** Whether a new try may go better because only the moment was wrong. */
  static boolean momentary(IOException e) {
    return e instanceof ErrnoException failed
        && switch (failed.errno()) {
          case EBUSY, EMLINK, EALREADY, EAGAIN -> true;
          default -> false;
        };
  }
}
