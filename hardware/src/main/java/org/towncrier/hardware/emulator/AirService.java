package org.towncrier.hardware.emulator;

import com.intel.bluetooth.emu.DeviceDescriptor;
import com.intel.bluetooth.emu.DeviceManagerServiceImpl;
import com.intel.bluetooth.emu.EmulatorConfiguration;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.bluetooth.BluetoothConnectionException;
import javax.bluetooth.BluetoothStateException;
import javax.bluetooth.DiscoveryAgent;
import org.jspecify.annotations.Nullable;
import org.towncrier.hardware.BluetoothAddress;
import org.towncrier.hardware.emulator.EmulatorInternals.Call;

/**
 * BlueCove's emulated air, mended. The stock service still does the work; this one stands before it
 * and changes what a town needs otherwise:
 *
 * <ul>
 *   <li>several connections on one device at a time (see {@link EmulatorInternals#newDevice});
 *   <li>places: devices of different places neither see nor reach each other;
 *   <li>phones have the name and class they announce, and are hidden until they say otherwise;
 *   <li>a phone that leaves in the middle of somebody's inquiry doesn't fail that inquiry;
 *   <li>a device whose adapter was pulled out gets errors, as a real one would;
 *   <li>a connection whose wake-up call the emulator lost is tried again within a second;
 *   <li>no address in any error.
 * </ul>
 */
final class AirService implements AirControl {
  /** The emulator can lose a wake-up between its threads; calls are cut into pieces this long. */
  private static final int CONNECT_SLICE_MILLIS = 1_000;

  /** Phones that left and may still stand in somebody's running inquiry. */
  private static final int DEPARTED_KEPT = 2_000;

  private static final int COMPUTER = 0x0100;

  private final EmulatorInternals internals;
  private final DeviceManagerServiceImpl stock = new DeviceManagerServiceImpl();
  private final Map<String, Method> methods = new ConcurrentHashMap<>();
  private final Map<Long, Announced> announced = new ConcurrentHashMap<>();
  private final Map<Long, DeviceDescriptor> departed =
      Collections.synchronizedMap(
          new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<Long, DeviceDescriptor> eldest) {
              return size() > DEPARTED_KEPT;
            }
          });
  private final Set<Long> unreachable = ConcurrentHashMap.newKeySet();
  private final Set<Long> unplugged = ConcurrentHashMap.newKeySet();

  private record Announced(String name, int classOfDevice) {}

  AirService(EmulatorInternals internals) {
    this.internals = internals;
  }

  /** Handles one call of a device. */
  @Nullable Object handle(Call call) throws Throwable {
    try {
      return switch (call.method()) {
        case "createNewDevice" -> create((String) call.parameters()[1]);
        case "releaseDevice" -> release(call.address(0));
        case "pollCommand" -> poll(call);
        case "getEmulatorConfiguration" -> configuration(call);
        case "getDiscoveredDevices" -> neighbours(call);
        case "getDeviceDescriptor" -> describe(call);
        case "searchServices" -> unreachable.contains(call.address(0)) ? null : stock(call);
        case "rfConnect" -> connect(call);
        default -> stock(call);
      };
    } catch (BluetoothConnectionException e) {
      throw new BluetoothConnectionException(e.getStatus(), scrubbed(e));
    } catch (BluetoothStateException e) {
      throw new BluetoothStateException(scrubbed(e));
    } catch (IOException e) {
      throw new IOException(scrubbed(e));
    } catch (RuntimeException e) {
      throw new IllegalStateException(scrubbed(e));
    }
  }

  @Override
  public void announce(long address, String name, int classOfDevice) {
    announced.put(address, new Announced(name, classOfDevice));
  }

  @Override
  public void setReachable(long address, boolean reachable) {
    put(unreachable, address, !reachable);
  }

  @Override
  public void setPlugged(long address, boolean plugged) {
    put(unplugged, address, !plugged);
    if (!plugged) {
      release(address);
    }
  }

  @Override
  public void reclaim(long address) {
    release(address);
  }

  @Override
  public int devices() {
    return internals.devices().size();
  }

  /** Takes every device out of the air. */
  void clear() {
    stock.shutdown();
    announced.clear();
    unreachable.clear();
    unplugged.clear();
  }

  private DeviceDescriptor create(@Nullable String hex) throws BluetoothStateException {
    if (hex == null) {
      throw new BluetoothStateException("An emulated adapter needs an address in its settings");
    }
    long address = BluetoothAddress.parse(hex).value();
    if (unplugged.contains(address)) {
      throw new BluetoothStateException("The adapter is not plugged in");
    }
    Announced as = announced.getOrDefault(address, new Announced("", COMPUTER));
    DeviceDescriptor descriptor = new DeviceDescriptor(address, as.name, as.classOfDevice);
    descriptor.setDiscoverableMode(DiscoveryAgent.NOT_DISCOVERABLE);
    Map<Long, Object> devices = internals.devices();
    synchronized (devices) {
      if (devices.containsKey(address)) {
        throw new BluetoothStateException("Another device in the air has this address already");
      }
      devices.put(address, internals.newDevice(descriptor));
    }
    departed.remove(address);
    return descriptor;
  }

  private @Nullable Object release(long address) {
    Object device = internals.devices().get(address);
    if (device != null) {
      departed.put(address, internals.descriptor(device));
    }
    stock.releaseDevice(address);
    announced.remove(address);
    unreachable.remove(address);
    return null;
  }

  /** Null ends the device's own thread; an error there would be printed, address and all. */
  private @Nullable Object poll(Call call) throws Throwable {
    try {
      return exists(call.address(0)) ? stock(call) : null;
    } catch (RuntimeException e) {
      return null; // it left between the two
    }
  }

  private @Nullable Object configuration(Call call) throws Throwable {
    Object configuration = stock(call);
    if (configuration instanceof EmulatorConfiguration settings) {
      internals.hurry(settings);
    }
    return configuration;
  }

  private DeviceDescriptor[] neighbours(Call call) throws BluetoothStateException {
    long self = call.address(0);
    mustExist(self);
    return Arrays.stream(stock.getDiscoveredDevices(self))
        .filter(d -> samePlace(d.getAddress(), self))
        .toArray(DeviceDescriptor[]::new);
  }

  private @Nullable Object describe(Call call) throws Throwable {
    DeviceDescriptor left = departed.get(call.address(0));
    return left != null ? left : stock(call);
  }

  private Object connect(Call call) throws Throwable {
    long self = call.address(0);
    long other = call.address(1);
    mustExist(self);
    if (!samePlace(self, other) || unreachable.contains(other)) {
      throw new BluetoothConnectionException(
          BluetoothConnectionException.FAILED_NOINFO, "The phone does not answer");
    }
    int left = (Integer) call.parameters()[5];
    while (true) {
      int slice = Math.min(left, CONNECT_SLICE_MILLIS);
      try {
        return stock.rfConnect(
            self,
            other,
            (Integer) call.parameters()[2],
            (Boolean) call.parameters()[3],
            (Boolean) call.parameters()[4],
            slice);
      } catch (BluetoothConnectionException e) {
        left -= slice;
        if (e.getStatus() != BluetoothConnectionException.TIMEOUT || left <= 0) {
          throw e;
        }
      }
    }
  }

  private @Nullable Object stock(Call call) throws Throwable {
    Method method =
        methods.computeIfAbsent(
            call.method() + Arrays.toString(call.types()),
            key -> {
              try {
                return DeviceManagerServiceImpl.class.getMethod(call.method(), call.types());
              } catch (NoSuchMethodException e) {
                throw new IllegalStateException("The emulator has no such call: " + call.method());
              }
            });
    try {
      return method.invoke(stock, call.parameters());
    } catch (InvocationTargetException e) {
      throw e.getCause() == null ? e : e.getCause();
    }
  }

  private void mustExist(long address) throws BluetoothStateException {
    if (!exists(address)) {
      throw new BluetoothStateException("The adapter is not in the air any more");
    }
  }

  private boolean exists(long address) {
    return internals.devices().containsKey(address);
  }

  private static boolean samePlace(long one, long other) {
    return EmulatedAddress.placeOf(new BluetoothAddress(one))
        == EmulatedAddress.placeOf(new BluetoothAddress(other));
  }

  private static String scrubbed(Exception e) {
    return BluetoothAddress.scrub(e.getMessage());
  }

  private static void put(Set<Long> set, long address, boolean in) {
    if (in) {
      set.add(address);
    } else {
      set.remove(address);
    }
  }
}
