package com.intel.bluetooth;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import javax.bluetooth.BluetoothStateException;
import javax.bluetooth.DeviceClass;
import javax.bluetooth.DiscoveryAgent;
import javax.bluetooth.DiscoveryListener;
import javax.bluetooth.RemoteDevice;
import javax.bluetooth.UUID;
import org.towncrier.hardware.BluetoothAddress;
import org.towncrier.hardware.bluez.AdapterChoice;
import org.towncrier.hardware.bluez.BlueZAdapter;
import org.towncrier.hardware.bluez.LinkSecurity;
import org.towncrier.hardware.bluez.RfcommLink;

/**
 * BlueCove's way to BlueZ 5 by sockets of the kernel: BlueCove loads it by the name in {@code
 * bluecove.bluez.class}, and it must live in BlueCove's package to be a stack. It translates; the
 * work is done in {@code org.towncrier.hardware.bluez}. A client only: no servers, no L2CAP.
 *
 * <p>BlueCove opens and closes stacks under one lock of the whole process, so neither {@link
 * #initialize} nor {@link #destroy} waits for a phone or a thread.
 */
public final class TowncrierStack extends ClientOnlyStack {
  private static final Duration DEFAULT_CONNECT = Duration.ofSeconds(8);

  private final Map<Long, RfcommLink> links = new ConcurrentHashMap<>();
  private final AtomicLong handles = new AtomicLong();
  private volatile OpenStack open;
  private Duration connectLimit = DEFAULT_CONNECT;

  @Override
  public boolean isNativeCodeLoaded() {
    return true; // there is none of BlueCove's
  }

  @Override
  public LibraryInformation[] requireNativeLibraries() {
    return new LibraryInformation[0];
  }

  @Override
  public int getLibraryVersion() {
    return BlueCoveImpl.nativeLibraryVersionExpected;
  }

  @Override
  public int detectBluetoothStack() {
    return BlueCoveImpl.BLUECOVE_STACK_DETECT_BLUEZ;
  }

  @Override
  public void enableNativeDebug(Class callback, boolean on) {}

  @Override
  public void initialize() throws BluetoothStateException {
    String address = property(BlueCoveConfigProperties.PROPERTY_LOCAL_DEVICE_ADDRESS);
    String number = property(BlueCoveConfigProperties.PROPERTY_LOCAL_DEVICE_ID);
    try {
      AdapterChoice choice =
          address != null
              ? new AdapterChoice.WithAddress(BluetoothAddress.parse(address))
              : number != null
                  ? new AdapterChoice.Numbered(Integer.parseInt(number))
                  : new AdapterChoice.Any();
      connectLimit =
          Duration.ofMillis(
              BlueCoveImpl.getConfigProperty(
                  BlueCoveConfigProperties.PROPERTY_CONNECT_TIMEOUT,
                  (int) DEFAULT_CONNECT.toMillis()));
      Duration inquiry =
          Duration.ofSeconds(
              BlueCoveImpl.getConfigProperty(
                  BlueCoveConfigProperties.PROPERTY_INQUIRY_DURATION,
                  BlueCoveConfigProperties.PROPERTY_INQUIRY_DURATION_DEFAULT));
      BlueZAdapter adapter = BlueZAdapter.open(choice);
      open = new OpenStack(this, adapter, inquiry);
    } catch (NumberFormatException e) {
      throw new BluetoothStateException("An adapter's number is 0, 1, …: the N of hciN");
    } catch (IOException | IllegalArgumentException e) {
      throw Translation.stateException(e);
    }
  }

  /** Never blocks: BlueCove calls it under the lock of the whole process. */
  @Override
  public void destroy() {
    OpenStack was = open;
    open = null;
    links.clear();
    if (was != null) {
      was.close();
    }
    BlueCoveMemory.forget(this);
  }

  @Override
  public String getStackID() {
    return BlueCoveImpl.STACK_BLUEZ;
  }

  @Override
  public boolean isCurrentThreadInterruptedCallback() {
    return Thread.interrupted();
  }

  @Override
  public int getFeatureSet() {
    return FEATURE_SERVICE_ATTRIBUTES;
  }

  @Override
  public String getLocalDeviceBluetoothAddress() throws BluetoothStateException {
    return adapter().address().hex();
  }

  @Override
  public String getLocalDeviceName() {
    try {
      return adapter().name();
    } catch (IOException e) {
      return null;
    }
  }

  @Override
  public DeviceClass getLocalDeviceClass() {
    try {
      return new DeviceClass(adapter().classOfDevice());
    } catch (IOException e) {
      return null;
    }
  }

  /** The node's set-up does that for the whole machine. */
  @Override
  public void setLocalDeviceServiceClasses(int classOfDevice) {
    throw new NotSupportedRuntimeException(getStackID());
  }

  /** The node's set-up does that for the whole machine; here only what is so already. */
  @Override
  public boolean setLocalDeviceDiscoverable(int mode) throws BluetoothStateException {
    return mode == getLocalDeviceDiscoverable();
  }

  @Override
  public int getLocalDeviceDiscoverable() {
    try {
      return adapter().discoverable() ? DiscoveryAgent.GIAC : DiscoveryAgent.NOT_DISCOVERABLE;
    } catch (IOException e) {
      return DiscoveryAgent.NOT_DISCOVERABLE;
    }
  }

  @Override
  public boolean isLocalDevicePowerOn() {
    OpenStack now = open;
    return now != null && now.adapter().healthy();
  }

  @Override
  public String getLocalDeviceProperty(String property) {
    return switch (property) {
      case "bluetooth.connected.devices.max", "bluetooth.sd.trans.max" -> "7";
      case "bluetooth.connected.inquiry.scan", "bluetooth.connected.page.scan" -> "true";
      case "bluetooth.connected.inquiry", "bluetooth.connected.page" -> "true";
      case "bluetooth.sd.attr.retrievable.max" -> "256";
      case "bluetooth.master.switch" -> "false";
      case BlueCoveLocalDeviceProperties.LOCAL_DEVICE_PROPERTY_DEVICE_ID -> {
        OpenStack now = open;
        yield now == null ? null : String.valueOf(now.adapter().index());
      }
      default -> null;
    };
  }

  @Override
  public boolean authenticateRemoteDevice(long address) {
    return false; // pairing is none of a town crier's business
  }

  @Override
  public boolean authenticateRemoteDevice(long address, String passkey) {
    return false;
  }

  @Override
  public void removeAuthenticationWithRemoteDevice(long address) throws IOException {
    throw new NotSupportedIOException(getStackID());
  }

  @Override
  public boolean startInquiry(int accessCode, DiscoveryListener listener)
      throws BluetoothStateException {
    return opened().startInquiry(accessCode, listener);
  }

  @Override
  public boolean cancelInquiry(DiscoveryListener listener) {
    OpenStack now = open;
    return now != null && now.cancelInquiry(listener);
  }

  @Override
  public String getRemoteDeviceFriendlyName(long address) throws IOException {
    return adapter().remoteName(new BluetoothAddress(address), connectLimit);
  }

  @Override
  public RemoteDevice[] retrieveDevices(int option) {
    return new RemoteDevice[0]; // nobody is remembered
  }

  @Override
  public Boolean isRemoteDeviceTrusted(long address) {
    return false;
  }

  @Override
  public Boolean isRemoteDeviceAuthenticated(long address) {
    return false;
  }

  @Override
  public int searchServices(
      int[] attributes, UUID[] services, RemoteDevice device, DiscoveryListener listener)
      throws BluetoothStateException {
    return opened().search(attributes, services, device, listener, connectLimit);
  }

  @Override
  public boolean cancelServiceSearch(int transaction) {
    OpenStack now = open;
    return now != null && now.cancelSearch(transaction);
  }

  @Override
  public boolean populateServicesRecordAttributeValues(ServiceRecordImpl service, int[] attributes)
      throws IOException {
    return opened().populate(service, attributes, connectLimit);
  }

  @Override
  public long connectionRfOpenClientConnection(BluetoothConnectionParams params)
      throws IOException {
    LinkSecurity security =
        params.encrypt || params.authenticate ? LinkSecurity.MEDIUM : LinkSecurity.LOW;
    BlueZAdapter adapter = adapter();
    try {
      RfcommLink link =
          adapter.connect(
              new BluetoothAddress(params.address),
              params.channel,
              security,
              params.timeout > 0 ? Duration.ofMillis(params.timeout) : connectLimit);
      long handle = handles.incrementAndGet();
      links.put(handle, link);
      return handle;
    } catch (IOException e) {
      throw Translation.connectionException(e);
    }
  }

  @Override
  public int rfGetSecurityOpt(long handle, int expected) {
    return expected;
  }

  @Override
  public void connectionRfCloseClientConnection(long handle) throws IOException {
    RfcommLink link = links.remove(handle);
    if (link != null) {
      link.close();
      BlueCoveMemory.forget(this, link.phone());
    }
  }

  @Override
  public long getConnectionRfRemoteAddress(long handle) throws IOException {
    return link(handle).phone().value();
  }

  @Override
  public boolean rfEncrypt(long address, long handle, boolean on) {
    return false;
  }

  @Override
  public int connectionRfRead(long handle) throws IOException {
    byte[] one = new byte[1];
    return link(handle).read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int connectionRfRead(long handle, byte[] into, int offset, int length) throws IOException {
    return link(handle).read(into, offset, length);
  }

  @Override
  public int connectionRfReadAvailable(long handle) throws IOException {
    return link(handle).available();
  }

  @Override
  public void connectionRfWrite(long handle, int value) throws IOException {
    link(handle).write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public void connectionRfWrite(long handle, byte[] from, int offset, int length)
      throws IOException {
    link(handle).write(from, offset, length);
  }

  /** The kernel sends what it has as soon as it can. */
  @Override
  public void connectionRfFlush(long handle) {}

  private RfcommLink link(long handle) throws IOException {
    RfcommLink link = links.get(handle);
    if (link == null) {
      throw new IOException("The link is closed");
    }
    return link;
  }

  private BlueZAdapter adapter() throws BluetoothStateException {
    return opened().adapter();
  }

  private OpenStack opened() throws BluetoothStateException {
    OpenStack now = open;
    if (now == null) {
      throw new BluetoothStateException("The adapter is closed");
    }
    return now;
  }

  private static String property(String name) {
    String value = BlueCoveImpl.getConfigProperty(name);
    return value == null || value.isBlank() ? null : value;
  }
}
