package org.towncrier.hardware.bluez;

import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.towncrier.hardware.BluetoothAddress;

/** A kernel's management channel, as its adapters behave: what was set shows when they are on. */
final class FakeKernel implements Management.Packets {
  static final int NO_ADAPTER = 0xFFFF;

  /** One adapter, as bluetoothd leaves it. */
  static final class Adapter {
    final BluetoothAddress address;
    Set<AdapterMode> supported = EnumSet.allOf(AdapterMode.class);
    Set<AdapterMode> current =
        EnumSet.of(
            AdapterMode.POWERED,
            AdapterMode.CLASSIC,
            AdapterMode.CONNECTABLE,
            AdapterMode.DISCOVERABLE,
            AdapterMode.BONDABLE);
    byte[] name = "raspberrypi".getBytes(StandardCharsets.UTF_8);
    byte[] shortName = {};
    int classOfDevice = 0x6C0000;
    int serviceBits = 0x6C;
    int io = 1;
    int linkKeys = 7;

    Adapter(long address) {
      this.address = new BluetoothAddress(address);
    }
  }

  final Map<Integer, Adapter> adapters;
  final List<ManagementCommand> asked;
  final Map<ManagementCommand, Integer> refused;

  /** Called with each adapter after each command: somebody else on the machine. */
  Consumer<Adapter> meddler = adapter -> {};

  boolean mute;
  boolean closed;
  private final Deque<byte[]> answers = new ArrayDeque<>();

  FakeKernel() {
    this(new TreeMap<>(), new ArrayList<>(), new EnumMap<>(ManagementCommand.class));
  }

  private FakeKernel(
      Map<Integer, Adapter> adapters,
      List<ManagementCommand> asked,
      Map<ManagementCommand, Integer> refused) {
    this.adapters = adapters;
    this.asked = asked;
    this.refused = refused;
  }

  /** One more channel to the same kernel; for several threads. */
  FakeKernel again() {
    return new FakeKernel(adapters, asked, refused);
  }

  FakeKernel with(int index, long address) {
    adapters.put(index, new Adapter(address));
    return this;
  }

  /** What the controller of an adapter says of itself. */
  Controller.Told told(int index) {
    synchronized (adapters) {
      Adapter adapter = adapters.get(index);
      return new Controller.Told(
          new String(adapter.name, StandardCharsets.UTF_8), adapter.classOfDevice);
    }
  }

  void say(int event, int index, byte... parameters) {
    answers.add(
        ByteBuffer.allocate(6 + parameters.length)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putShort((short) event)
            .putShort((short) index)
            .putShort((short) parameters.length)
            .put(parameters)
            .array());
  }

  void sayRaw(byte... packet) {
    answers.add(packet);
  }

  @Override
  public byte[] receive(Deadline deadline) throws SocketTimeoutException {
    byte[] next = answers.poll();
    if (next == null) {
      throw new SocketTimeoutException("nothing comes");
    }
    return next;
  }

  @Override
  public void send(byte[] packet) {
    synchronized (adapters) {
      obey(packet);
    }
  }

  private void obey(byte[] packet) {
    ByteBuffer in = ByteBuffer.wrap(packet).order(ByteOrder.LITTLE_ENDIAN);
    int code = in.getShort();
    int index = in.getShort() & 0xFFFF;
    byte[] parameters = new byte[in.getShort()];
    in.get(parameters);
    if (in.hasRemaining()) {
      throw new AssertionError("A packet is longer than it says");
    }
    ManagementCommand command =
        Arrays.stream(ManagementCommand.values())
            .filter(one -> one.code() == code)
            .findFirst()
            .orElseThrow();
    asked.add(command);
    if (mute) {
      return;
    }
    Integer refusal = refused.get(command);
    if (refusal != null) {
      answer(0x0002, command, index, refusal);
    } else if (index == NO_ADAPTER) {
      ByteBuffer list = ByteBuffer.allocate(2 + 2 * adapters.size()).order(ByteOrder.LITTLE_ENDIAN);
      list.putShort((short) adapters.size());
      // The kernel lists the newest first.
      adapters.keySet().stream()
          .sorted((a, b) -> b - a)
          .forEach(one -> list.putShort(one.shortValue()));
      answer(0x0001, command, index, 0, list.array());
    } else if (!adapters.containsKey(index)) {
      answer(0x0002, command, index, 0x11);
    } else {
      Adapter adapter = adapters.get(index);
      byte[] result = carryOut(command, adapter, parameters);
      meddler.accept(adapter);
      answer(0x0001, command, index, 0, result);
    }
  }

  private static byte[] carryOut(ManagementCommand command, Adapter adapter, byte[] p) {
    switch (command) {
      case READ_ADAPTER -> {
        return describe(adapter);
      }
      case SET_POWERED -> {
        turn(adapter, AdapterMode.POWERED, p);
        adapter.classOfDevice =
            p[0] == 0 ? 0 : adapter.serviceBits << 16 | adapter.classOfDevice & 0xFFFF;
      }
      case SET_CONNECTABLE -> {
        turn(adapter, AdapterMode.CONNECTABLE, p);
        if (p[0] == 0) {
          adapter.current.remove(AdapterMode.DISCOVERABLE);
        }
      }
      case SET_BONDABLE -> turn(adapter, AdapterMode.BONDABLE, p);
      case SET_LINK_SECURITY -> turn(adapter, AdapterMode.LINK_SECURITY, p);
      case SET_SECURE_SIMPLE_PAIRING -> turn(adapter, AdapterMode.SECURE_SIMPLE_PAIRING, p);
      case SET_CLASSIC -> turn(adapter, AdapterMode.CLASSIC, p);
      case SET_IO_CAPABILITY -> adapter.io = p[0];
      case LOAD_LINK_KEYS -> adapter.linkKeys = Bytes.little16(p, 1);
      case SET_NAME -> {
        if (p.length != 260) {
          throw new AssertionError("A name takes 249 + 11 bytes, not " + p.length);
        }
        adapter.name = upToNull(p, 0, 249);
        adapter.shortName = upToNull(p, 249, 260);
      }
      case REMOVE_SERVICE -> adapter.serviceBits = 0;
      case ADD_SERVICE -> adapter.serviceBits |= p[16] & 0xFF;
      case SET_CLASS -> adapter.classOfDevice = adapter.serviceBits << 16 | p[0] << 8 | p[1];
      case LIST_ADAPTERS -> throw new AssertionError("Not of an adapter");
    }
    return new byte[] {0, 0, 0, 0};
  }

  private static void turn(Adapter adapter, AdapterMode mode, byte[] parameters) {
    if (parameters[0] == 0) {
      adapter.current.remove(mode);
    } else {
      adapter.current.add(mode);
    }
  }

  private static byte[] upToNull(byte[] bytes, int from, int to) {
    int end = from;
    while (end < to && bytes[end] != 0) {
      end++;
    }
    if (end == to) {
      throw new AssertionError("No byte is left for the end of a name");
    }
    return Arrays.copyOfRange(bytes, from, end);
  }

  static byte[] describe(Adapter adapter) {
    ByteBuffer out = ByteBuffer.allocate(280).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < 6; i++) {
      out.put((byte) (adapter.address.value() >> 8 * i));
    }
    out.position(9);
    out.putInt(bits(adapter.supported)).putInt(bits(adapter.current));
    int shown = adapter.classOfDevice;
    out.put((byte) shown).put((byte) (shown >> 8)).put((byte) (shown >> 16));
    out.put(adapter.name).position(269).put(adapter.shortName);
    return out.array();
  }

  private static int bits(Set<AdapterMode> modes) {
    int bits = 0;
    for (int bit = 0; bit < 32; bit++) {
      if (AdapterMode.of(1 << bit).stream().anyMatch(modes::contains)) {
        bits |= 1 << bit;
      }
    }
    return bits;
  }

  private void answer(int event, ManagementCommand command, int index, int status, byte... data) {
    say(
        event,
        index,
        ByteBuffer.allocate(3 + data.length)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putShort((short) command.code())
            .put((byte) status)
            .put(data)
            .array());
  }

  @Override
  public void close() {
    closed = true;
  }
}
