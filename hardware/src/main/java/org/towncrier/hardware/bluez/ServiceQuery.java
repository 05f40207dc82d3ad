package org.towncrier.hardware.bluez;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.towncrier.hardware.BluetoothAddress;

/** One search for services of one phone. */
public final class ServiceQuery {
  private final SocketGroup part;
  private final BlueZAdapter adapter;
  private final BluetoothAddress phone;
  private final SdpRequest request;
  private final Duration limit;
  private volatile boolean cancelled;

  ServiceQuery(
      SocketGroup part,
      BlueZAdapter adapter,
      BluetoothAddress phone,
      SdpRequest request,
      Duration limit) {
    this.part = part;
    this.adapter = adapter;
    this.phone = phone;
    this.request = request;
    this.limit = limit;
  }

  /**
   * Calls the phone and asks. Blocks.
   *
   * @return its services; none when it has none of the kind
   * @throws IOException if it did not tell by the limit; {@link Failure#of} says why
   */
  public List<SdpRecord> run() throws IOException {
    Deadline deadline = Deadline.in(limit);
    try (SocketGroup closing = part) {
      BluetoothSocket socket = adapter.connectedForServices(closing, phone, deadline);
      return ServiceDiscovery.search(new Within(socket, deadline), request);
    }
  }

  /** Ends it from another thread, at once. */
  public void cancel() throws IOException {
    cancelled = true;
    part.close();
  }

  /** Whether somebody cancelled it. */
  public boolean cancelled() {
    return cancelled;
  }

  private record Within(BluetoothSocket socket, Deadline deadline)
      implements ServiceDiscovery.Packets {
    @Override
    public void write(byte[] packet) throws IOException {
      socket.write(packet, deadline);
    }

    @Override
    public int read(byte[] into) throws IOException {
      return socket.read(into, deadline);
    }
  }
}
