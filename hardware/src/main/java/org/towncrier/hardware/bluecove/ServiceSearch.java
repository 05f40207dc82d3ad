package org.towncrier.hardware.bluecove;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.bluetooth.DeviceClass;
import javax.bluetooth.DiscoveryListener;
import javax.bluetooth.LocalDevice;
import javax.bluetooth.RemoteDevice;
import javax.bluetooth.ServiceRecord;
import javax.bluetooth.UUID;
import org.towncrier.hardware.BluetoothAddress;
import org.towncrier.hardware.OfferResult.End;
import org.towncrier.hardware.obex.LinkFailure;

/** Asks phones, over SDP, on which RFCOMM channel they take Object Push. */
final class ServiceSearch {
  /** Object Push (Bluetooth Assigned Numbers, service class 0x1105). */
  private static final UUID OBJECT_PUSH = new UUID(0x1105);

  /** BlueCove gives no channel but in a URL, such as {@code btgoep://…:9;authenticate=false}. */
  private static final Pattern CHANNEL =
      Pattern.compile("^bt(?:goep|spp)://[^:]*:(\\d{1,2})(?:;|$)");

  /** Searches a stack runs at once (JSR-82 {@code bluetooth.sd.trans.max}; BlueCove says 7). */
  private static final int AT_ONCE = 7;

  private final BlueCoveDevice device;
  private final Duration limit;
  private final Semaphore free = new Semaphore(AT_ONCE, true);
  private volatile boolean closing;

  /**
   * @param limit how long one search may take
   */
  ServiceSearch(BlueCoveDevice device, Duration limit) {
    this.device = device;
    this.limit = limit;
  }

  /**
   * The RFCOMM channel of a phone's Object Push service. Blocks.
   *
   * @throws LinkFailure if it has none or can't be reached
   * @throws IOException if the stack failed
   */
  int channelOf(BluetoothAddress phone) throws LinkFailure, IOException, InterruptedException {
    if (!free.tryAcquire(limit.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new LinkFailure(End.NOT_REACHED, "Too many service searches at once");
    }
    Search search = new Search();
    boolean started = false;
    try {
      if (closing) {
        throw new LinkFailure(End.ADAPTER_FAILED, "The adapter is closing");
      }
      device.call(
          () ->
              LocalDevice.getLocalDevice()
                  .getDiscoveryAgent()
                  .searchServices(
                      new int[0], new UUID[] {OBJECT_PUSH}, new Phone(phone.hex()), search));
      started = true;
    } finally {
      if (!started) {
        free.release();
      }
    }
    try {
      return search.channel.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new LinkFailure(End.NOT_REACHED, "The phone did not say its services in time");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof LinkFailure failure) {
        throw failure;
      }
      throw new IOException("The service search failed inside the stack");
    }
  }

  /**
   * Begins no search any more, and waits for those under way, for a while: a stack dislikes to be
   * closed under them.
   */
  void settle(Duration wait) throws InterruptedException {
    closing = true;
    if (free.tryAcquire(AT_ONCE, wait.toMillis(), TimeUnit.MILLISECONDS)) {
      free.release(AT_ONCE);
    }
  }

  private final class Search implements DiscoveryListener {
    private final CompletableFuture<Integer> channel = new CompletableFuture<>();

    @Override
    public void servicesDiscovered(int transaction, ServiceRecord[] records) {
      for (ServiceRecord found : records) {
        String url = found.getConnectionURL(ServiceRecord.NOAUTHENTICATE_NOENCRYPT, false);
        Matcher matcher = CHANNEL.matcher(url == null ? "" : url);
        if (matcher.find()) {
          channel.complete(Integer.parseInt(matcher.group(1)));
        }
      }
    }

    @Override
    public void serviceSearchCompleted(int transaction, int response) {
      free.release();
      channel.completeExceptionally(
          switch (response) {
            case SERVICE_SEARCH_COMPLETED, SERVICE_SEARCH_NO_RECORDS ->
                new LinkFailure(End.NO_OBJECT_PUSH, "The phone has no Object Push service");
            case SERVICE_SEARCH_DEVICE_NOT_REACHABLE ->
                new LinkFailure(End.NOT_REACHED, "The phone did not answer a service search");
            default -> new IOException("Service search ended with code " + response);
          });
    }

    @Override
    public void deviceDiscovered(RemoteDevice phone, DeviceClass deviceClass) {}

    @Override
    public void inquiryCompleted(int discType) {}
  }

  /** JSR-82 lets nobody else make a remote device from an address. */
  private static final class Phone extends RemoteDevice {
    Phone(String hex) {
      super(hex);
    }
  }
}
