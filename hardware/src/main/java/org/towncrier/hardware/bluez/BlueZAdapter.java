package org.towncrier.hardware.bluez;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.towncrier.hardware.BluetoothAddress;

/**
 * One Bluetooth adapter of this machine, through sockets of the kernel. Opened once; when it is
 * pulled out or becomes another, it is {@link #healthy} no more, and is opened afresh.
 *
 * <p>Nothing is held between calls: every call opens the sockets it needs and closes them.
 */
public final class BlueZAdapter implements Closeable {
  /** {@code BTPROTO_RFCOMM} connects anew after so much, when only the moment was wrong. */
  private static final long RETRY_MILLIS = 100;

  private final AdapterInfo info;
  private final SocketGroup sockets = new SocketGroup();
  private final AtomicReference<@Nullable DeviceInquiry> inquiry = new AtomicReference<>();

  private BlueZAdapter(AdapterInfo info) {
    this.info = info;
  }

  /**
   * Finds an adapter and takes hold of it.
   *
   * @throws IOException if it isn't there, is switched off or may not be used, with what to do
   *     about it
   */
  public static BlueZAdapter open(AdapterChoice choice) throws IOException {
    Capabilities.mustBeThere();
    AdapterInfo info = choice.find();
    if (!info.up()) {
      throw new IOException(
          info.name()
              + " is switched off: run rfkill unblock bluetooth; the node switches it on itself");
    }
    return new BlueZAdapter(info);
  }

  public BluetoothAddress address() {
    return info.address();
  }

  /** N of hciN. */
  public int index() {
    return info.index();
  }

  /**
   * Whether it is still there, still the same, switched on, and its controller answers. Blocks for
   * two seconds at most.
   */
  public boolean healthy() {
    if (sockets.closed()) {
      return false;
    }
    try {
      Optional<AdapterInfo> now = Adapters.byIndex(info.index());
      if (now.isEmpty() || !now.get().equals(info)) {
        return false;
      }
      byte[] address = ask("ask who it is", HciCommand.READ_BD_ADDR);
      return address.length == 6 && Bytes.address(address, 0).equals(info.address());
    } catch (IOException e) {
      return false;
    }
  }

  /** Its own name, as phones show it. */
  public String name() throws IOException {
    byte[] name = ask("ask for its name", HciCommand.READ_LOCAL_NAME);
    return ExtendedResponse.text(name, 0, name.length);
  }

  /** Its own class of device. */
  public int classOfDevice() throws IOException {
    byte[] type = ask("ask for its class", HciCommand.READ_CLASS_OF_DEVICE);
    return type.length < 3 ? 0 : Bytes.little24(type, 0);
  }

  /** Whether others find it when they look. */
  public boolean discoverable() throws IOException {
    byte[] scans = ask("ask whether it is seen", HciCommand.READ_SCAN_ENABLE);
    return scans.length > 0 && (scans[0] & 1) != 0;
  }

  /**
   * A look for devices that can be run once, and cancelled.
   *
   * @param accessCode whom to ask, such as {@code 0x9E8B33}: all who are discoverable
   * @param onBegun called when the adapter has taken it on, on the thread that runs it
   * @param onFound called for each answer, on that thread; a device may answer more than once
   * @throws IOException if the adapter is closed
   */
  public DeviceInquiry look(
      int accessCode, Duration length, Runnable onBegun, Consumer<InquiryResponse> onFound)
      throws IOException {
    return new DeviceInquiry(
        sockets.part(),
        part -> HciSocket.open(part, info.index(), DeviceInquiry.EVENTS),
        accessCode,
        length,
        onBegun,
        onFound,
        inquiry);
  }

  /**
   * A search for services of a phone that can be run once, and cancelled.
   *
   * @param services what each service must mention
   * @param attributes which attributes to tell of it
   * @param limit for the call, the questions and the answers
   */
  public ServiceQuery query(
      BluetoothAddress phone,
      List<java.util.UUID> services,
      List<Integer> attributes,
      Duration limit)
      throws IOException {
    return new ServiceQuery(
        sockets.part(), this, phone, new SdpRequest(services, attributes), limit);
  }

  /**
   * Opens an RFCOMM link. Blocks.
   *
   * @param channel 1 to 30
   * @throws IOException if there is no link by the limit; {@link Failure#of} says whose fault it is
   */
  public RfcommLink connect(
      BluetoothAddress phone, int channel, LinkSecurity security, Duration limit)
      throws IOException {
    BluetoothSocket socket =
        connected(
            sockets,
            () -> BluetoothSocket.rfcomm(info.address()),
            SocketAddress.rfcomm(phone, channel),
            security,
            Deadline.in(limit));
    return new RfcommLink(sockets, socket, phone, () -> drop(phone));
  }

  /**
   * Asks a device for its name. Blocks, and calls it.
   *
   * @throws IOException if it does not answer by the limit
   */
  public String remoteName(BluetoothAddress device, Duration limit) throws IOException {
    try (HciSocket hci = HciSocket.open(sockets, info.index(), HciEvent.REMOTE_NAME_COMPLETE)) {
      return RemoteName.ask(hci, device, Deadline.in(limit));
    }
  }

  /** Lets go of it: closes all sockets and frees whoever waits on them. Never blocks. */
  @Override
  public void close() throws IOException {
    DeviceInquiry running = inquiry.get();
    try {
      if (running != null) {
        running.cancel();
      }
    } finally {
      sockets.close();
    }
  }

  /** Ends the link below all others to a phone, without asking it. */
  private void drop(BluetoothAddress phone) throws IOException {
    try (HciSocket hci = HciSocket.open(sockets, info.index())) {
      OptionalInt handle = hci.handleOf(phone);
      if (handle.isPresent()) {
        hci.send(HciCommand.disconnect(handle.getAsInt()));
      }
    }
  }

  /** An L2CAP socket, connected to where a phone tells its services. */
  BluetoothSocket connectedForServices(SocketGroup group, BluetoothAddress phone, Deadline deadline)
      throws IOException {
    return connected(
        group,
        () -> BluetoothSocket.l2cap(info.address()),
        SocketAddress.l2cap(phone, ServiceDiscovery.PSM),
        LinkSecurity.LOW,
        deadline);
  }

  private byte[] ask(String attempt, int question) throws IOException {
    try (HciSocket hci = HciSocket.open(sockets, info.index())) {
      return hci.ask(attempt, HciCommand.plain(question));
    }
  }

  /**
   * A controller calls one phone at a time, and one that calls already refuses: the kernel passes
   * some of that on. Such refusals are waited out until the deadline.
   */
  private static BluetoothSocket connected(
      SocketGroup group,
      SocketGroup.Opening opening,
      byte[] address,
      LinkSecurity security,
      Deadline deadline)
      throws IOException {
    while (true) {
      BluetoothSocket socket = group.open(opening);
      boolean done = false;
      try {
        socket.setOption(LibC.SOL_BLUETOOTH, LinkSecurity.OPTION, security.option());
        socket.connect(address, deadline);
        done = true;
        return socket;
      } catch (ErrnoException e) {
        if (!Failure.momentary(e) || deadline.passed()) {
          throw e;
        }
      } finally {
        if (!done) {
          group.close(socket);
        }
      }
      group.pause(RETRY_MILLIS);
    }
  }
}
