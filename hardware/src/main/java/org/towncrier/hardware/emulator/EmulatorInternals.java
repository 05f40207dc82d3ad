package org.towncrier.hardware.emulator;

import com.intel.bluetooth.emu.DeviceDescriptor;
import com.intel.bluetooth.emu.DeviceManagerServiceImpl;
import com.intel.bluetooth.emu.EmulatorConfiguration;
import com.intel.bluetooth.rmi.Client;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.rmi.Remote;
import java.util.Hashtable;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The few places inside BlueCove's emulator (2.1.0) that must be reached by reflection, all of them
 * here. What for is said by {@link AirService}.
 */
final class EmulatorInternals {
  private final Class<?> remoteService = type("com.intel.bluetooth.rmi.RemoteService");
  private final Class<?> request = type("com.intel.bluetooth.rmi.ServiceRequest");
  private final Class<?> response = type("com.intel.bluetooth.rmi.ServiceResponse");
  private final Class<?> device = type("com.intel.bluetooth.emu.Device");
  private final Method requestMethod = method(request, "getMethodName");
  private final Method requestTypes = method(request, "getParameterTypes");
  private final Method requestParameters = method(request, "getParameters");
  private final Constructor<?> newResponse = constructor(response);
  private final Method setReturn = method(response, "setReturnValue", Object.class);
  private final Method setException = method(response, "setException", Throwable.class);
  private final Constructor<?> newDevice = constructor(device, DeviceDescriptor.class);
  private final Method deviceDescriptor = method(device, "getDescriptor");
  private final Field connections = field(device, "connections");
  private final Field bufferClosed =
      field(type("com.intel.bluetooth.emu.ConnectionBuffer"), "closed");
  private final Field devices = field(DeviceManagerServiceImpl.class, "devices");
  private final Field inquirySeconds = field(EmulatorConfiguration.class, "deviceInquiryDuration");
  private final Field inquiryRandom =
      field(EmulatorConfiguration.class, "deviceInquiryRandomDelay");
  private final Field clientService = field(Client.class, "remoteService");

  /** One call of a device to its air. */
  record Call(String method, Class<?>[] types, Object[] parameters) {
    long address(int index) {
      return (Long) parameters[index];
    }
  }

  /** Takes calls; what it throws reaches the caller. */
  interface Handler {
    @Nullable Object handle(Call call) throws Throwable;
  }

  /** A BlueCove "remote service" that sends every call to the handler. */
  Remote service(Handler handler) {
    InvocationHandler invocations =
        (proxy, called, arguments) ->
            switch (called.getName()) {
              case "execute" -> answer(handler, arguments[0]);
              case "verify" -> true;
              case "hashCode" -> System.identityHashCode(proxy);
              case "equals" -> proxy == arguments[0];
              default -> "Towncrier's emulated air";
            };
    return (Remote)
        Proxy.newProxyInstance(
            remoteService.getClassLoader(), new Class<?>[] {remoteService}, invocations);
  }

  /** Makes BlueCove's emulated devices of this JVM talk to a service; null: to none yet. */
  void bind(@Nullable Remote service) {
    set(clientService, null, service);
  }

  /** A device of the stock emulator, with connections that live side by side. */
  Object newDevice(DeviceDescriptor descriptor) {
    Object made = construct(newDevice, descriptor);
    set(connections, made, new SideBySide());
    return made;
  }

  DeviceDescriptor descriptor(Object ofDevice) {
    return (DeviceDescriptor) unwrap(deviceDescriptor, ofDevice);
  }

  /** The stock emulator's table of devices, by address. Synchronize on it as the emulator does. */
  @SuppressWarnings("unchecked")
  Map<Long, Object> devices() {
    return (Map<Long, Object>) get(devices, null);
  }

  /** Makes inquiries as short as the emulator can (half a second) and evenly paced. */
  void hurry(EmulatorConfiguration configuration) {
    set(inquirySeconds, configuration, 0);
    set(inquiryRandom, configuration, false);
  }

  private Object answer(Handler handler, Object asked) {
    Call call =
        new Call(
            (String) unwrap(requestMethod, asked),
            (Class<?>[]) unwrap(requestTypes, asked),
            parameters(asked));
    Object answer = construct(newResponse);
    try {
      invoke(setReturn, answer, handler.handle(call));
    } catch (Throwable e) { // whatever it is belongs to the caller on the other side
      invoke(setException, answer, e);
    }
    return answer;
  }

  private Object[] parameters(Object asked) {
    Object given = invoke(requestParameters, asked);
    return given == null ? new Object[0] : (Object[]) given;
  }

  /**
   * The stock emulator forgets all of a device's connections whenever another one opens ({@code
   * Device.getConnectionBuffer(long, String)} ends in {@code connections.clear()}). This table
   * forgets only those that are closed, which is also all that the other caller of clear wants.
   */
  private final class SideBySide extends Hashtable<Long, Object> {
    private static final long serialVersionUID = 1L;

    @Override
    public synchronized void clear() {
      values().removeIf(buffer -> (Boolean) EmulatorInternals.get(bufferClosed, buffer));
    }
  }

  private static Class<?> type(String name) {
    try {
      return Class.forName(name);
    } catch (ClassNotFoundException e) {
      throw unknown(e);
    }
  }

  private static Method method(Class<?> in, String name, Class<?>... parameters) {
    try {
      Method found = in.getDeclaredMethod(name, parameters);
      found.setAccessible(true);
      return found;
    } catch (NoSuchMethodException e) {
      throw unknown(e);
    }
  }

  private static Constructor<?> constructor(Class<?> in, Class<?>... parameters) {
    try {
      Constructor<?> found = in.getDeclaredConstructor(parameters);
      found.setAccessible(true);
      return found;
    } catch (NoSuchMethodException e) {
      throw unknown(e);
    }
  }

  private static Field field(Class<?> in, String name) {
    try {
      Field found = in.getDeclaredField(name);
      found.setAccessible(true);
      return found;
    } catch (NoSuchFieldException e) {
      throw unknown(e);
    }
  }

  private static Object get(Field field, @Nullable Object of) {
    try {
      return field.get(of);
    } catch (IllegalAccessException e) {
      throw unknown(e);
    }
  }

  private static void set(Field field, @Nullable Object of, @Nullable Object value) {
    try {
      field.set(of, value);
    } catch (IllegalAccessException e) {
      throw unknown(e);
    }
  }

  private static Object construct(Constructor<?> constructor, Object... arguments) {
    try {
      return constructor.newInstance(arguments);
    } catch (InstantiationException | IllegalAccessException | InvocationTargetException e) {
      throw unknown(e);
    }
  }

  private static Object unwrap(Method method, Object of) {
    Object value = invoke(method, of);
    if (value == null) {
      throw new IllegalStateException(method.getName() + " gave nothing");
    }
    return value;
  }

  private static @Nullable Object invoke(Method method, Object of, @Nullable Object... arguments) {
    try {
      return method.invoke(of, arguments);
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw unknown(e);
    }
  }

  private static IllegalStateException unknown(ReflectiveOperationException e) {
    return new IllegalStateException(
        "This is not BlueCove's emulator 2.1.0, which the emulated air is made for", e);
  }
}
