package org.towncrier.hardware.bluez;

import com.sun.jna.Native;
import com.sun.jna.NativeLong;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * The calls of the C library that Bluetooth sockets need. Numbers are those of {@code linux/*.h} on
 * x86-64, armhf and arm64, where they are the same; lengths are the C type {@code long}, whatever
 * its size.
 *
 * <p>Nothing here blocks but {@link #poll}: every socket is non-blocking.
 */
final class LibC {
  static final int AF_BLUETOOTH = 31;

  static final int SOCK_STREAM = 1;
  static final int SOCK_RAW = 3;
  static final int SOCK_SEQPACKET = 5;
  private static final int SOCK_NONBLOCK = 0x800;
  private static final int SOCK_CLOEXEC = 0x80000;

  static final int BTPROTO_L2CAP = 0;
  static final int BTPROTO_HCI = 1;
  static final int BTPROTO_RFCOMM = 3;

  static final int SOL_SOCKET = 1;
  static final int SO_ERROR = 4;
  private static final int SO_SNDBUF = 7;
  static final int SOL_HCI = 0;
  static final int SOL_L2CAP = 6;
  static final int SOL_RFCOMM = 18;
  static final int SOL_BLUETOOTH = 274;

  static final short POLLIN = 1;
  static final short POLLOUT = 4;
  static final short POLLERR = 8;
  static final short POLLHUP = 16;

  /** Bytes waiting to be read. */
  static final long FIONREAD = 0x541B;

  private static final long TIOCOUTQ = 0x5411;

  private static final int MSG_NOSIGNAL = 0x4000;
  private static final int EFD_NONBLOCK = SOCK_NONBLOCK;
  private static final int EFD_CLOEXEC = SOCK_CLOEXEC;

  private static final @Nullable IOException UNUSABLE = load();

  private LibC() {}

  private static @Nullable IOException load() {
    if (!System.getProperty("os.name").startsWith("Linux")) {
      return new IOException("Bluetooth sockets need Linux; choose the emulator");
    }
    try {
      Native.register(Calls.class, "c");
      return null;
    } catch (LinkageError e) {
      return new IOException(
          "JNA can't load its library: give it a folder it may write to and execute from, such as"
              + " -Djna.tmpdir=/var/lib/towncrier/jna",
          e);
    }
  }

  /**
   * A new Bluetooth socket, non-blocking and closed on exec.
   *
   * @throws IOException if there is none to be had
   */
  static int socket(int type, int protocol) throws IOException {
    usable();
    return checked(
        "open a Bluetooth socket",
        Calls.socket(AF_BLUETOOTH, type | SOCK_NONBLOCK | SOCK_CLOEXEC, protocol));
  }

  /** A descriptor that becomes readable for ever with {@link #signal}. */
  static int eventfd() throws IOException {
    usable();
    return checked("open an event descriptor", Calls.eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC));
  }

  static void signal(int eventfd) throws IOException {
    byte[] one = {1, 0, 0, 0, 0, 0, 0, 1}; // not nought, in either byte order
    checked("wake a thread", Calls.write(eventfd, one, new NativeLong(8)).intValue());
  }

  static void bind(int fd, byte[] address) throws IOException {
    checked("use the adapter", Calls.bind(fd, address, address.length));
  }

  /**
   * Begins to connect; {@link #poll} for {@link #POLLOUT} and {@link #SO_ERROR} tell the end.
   *
   * @throws ErrnoException if it ended at once, and badly
   */
  static void connect(int fd, byte[] address) throws IOException {
    if (Calls.connect(fd, address, address.length) < 0) {
      int number = Native.getLastError();
      if (number != Errno.EINPROGRESS.number() && number != Errno.EAGAIN.number()) {
        throw new ErrnoException("connect to the phone", number);
      }
    }
  }

  /**
   * Waits for one of two descriptors.
   *
   * @param events what to wait for on the first; the second is awaited to become readable
   * @param millis how long; -1 for ever
   * @return what the first has of it, {@link #POLLERR} and {@link #POLLHUP}; 0 for nothing
   */
  static int poll(int fd, short events, int wake, int millis) throws IOException {
    // struct pollfd, twice: an int and two shorts, the second of them the answer.
    byte[] both = new byte[16];
    ByteBuffer fields = ByteBuffer.wrap(both).order(ByteOrder.nativeOrder());
    fields.putInt(fd).putShort(events).putShort((short) 0);
    fields.putInt(wake).putShort(POLLIN).putShort((short) 0);
    if (Calls.poll(both, new NativeLong(2), millis) < 0) {
      int number = Native.getLastError();
      if (number != Errno.EINTR.number()) {
        throw new ErrnoException("wait", number);
      }
      return 0;
    }
    return fields.getShort(6);
  }

  /**
   * Reads what there is.
   *
   * @return how many bytes; 0 at the end; -1 when there are none yet
   */
  static int read(int fd, byte[] into) throws IOException {
    return unlessNotReady("read", Calls.recv(fd, into, new NativeLong(into.length), 0));
  }

  /**
   * Writes as much as there is room for.
   *
   * @return how many bytes; -1 when there is no room yet
   */
  static int write(int fd, byte[] bytes) throws IOException {
    return unlessNotReady(
        "write", Calls.send(fd, bytes, new NativeLong(bytes.length), MSG_NOSIGNAL));
  }

  static void setOption(int fd, int level, int option, byte[] value) throws IOException {
    checked("set up a socket", Calls.setsockopt(fd, level, option, value, value.length));
  }

  /**
   * @param value where it goes
   * @return its length
   */
  static int getOption(int fd, int level, int option, byte[] value) throws IOException {
    int[] length = {value.length};
    checked("ask a socket", Calls.getsockopt(fd, level, option, value, length));
    return length[0];
  }

  /** The error a socket has met, and forgets by being asked; 0 when there is none. */
  static int pendingError(int fd) throws IOException {
    byte[] error = new byte[4];
    getOption(fd, SOL_SOCKET, SO_ERROR, error);
    return ByteBuffer.wrap(error).order(ByteOrder.nativeOrder()).getInt();
  }

  /** Bytes of memory that written data takes which has not gone out yet. */
  static int unsent(int fd) throws IOException {
    byte[] value = new byte[4];
    ioctl(fd, TIOCOUTQ, value); // what Bluetooth sockets call so is the room that is left
    int free = Bytes.nativeInt(value, 0);
    getOption(fd, SOL_SOCKET, SO_SNDBUF, value);
    return Bytes.nativeInt(value, 0) - free;
  }

  /**
   * @param request the number of the request
   * @param argument a structure, read and written
   */
  static int ioctl(int fd, long request, byte[] argument) throws IOException {
    return checked("ask the kernel", Calls.ioctl(fd, new NativeLong(request), argument));
  }

  /**
   * @param argument a value, such as an adapter's number
   */
  static int ioctl(int fd, long request, int argument) throws IOException {
    return checked(
        "ask the kernel", Calls.ioctl(fd, new NativeLong(request), new NativeLong(argument)));
  }

  /** Closes a descriptor. Linux has closed it even when it says that it failed. */
  static void close(int fd) {
    Calls.close(fd);
  }

  private static void usable() throws IOException {
    if (UNUSABLE != null) {
      throw new IOException(UNUSABLE.getMessage(), UNUSABLE.getCause());
    }
  }

  private static int checked(String attempt, int result) throws IOException {
    if (result < 0) {
      throw new ErrnoException(attempt, Native.getLastError());
    }
    return result;
  }

  private static int unlessNotReady(String attempt, NativeLong result) throws IOException {
    if (result.longValue() >= 0) {
      return result.intValue();
    }
    int number = Native.getLastError();
    if (number == Errno.EAGAIN.number() || number == Errno.EINTR.number()) {
      return -1;
    }
    throw new ErrnoException(attempt, number);
  }

  /** The functions as JNA binds them, apart so that a machine without JNA can say so. */
  private static final class Calls {
    private Calls() {}

    static native int socket(int domain, int type, int protocol);

    static native int eventfd(int initial, int flags);

    static native int bind(int fd, byte[] address, int length);

    static native int connect(int fd, byte[] address, int length);

    static native int poll(byte[] fds, NativeLong count, int millis);

    static native NativeLong recv(int fd, byte[] into, NativeLong length, int flags);

    static native NativeLong send(int fd, byte[] from, NativeLong length, int flags);

    static native NativeLong write(int fd, byte[] from, NativeLong length);

    static native int setsockopt(int fd, int level, int option, byte[] value, int length);

    static native int getsockopt(int fd, int level, int option, byte[] value, int[] length);

    static native int ioctl(int fd, NativeLong request, byte[] argument);

    static native int ioctl(int fd, NativeLong request, NativeLong argument);

    static native int close(int fd);
  }
}
