package org.towncrier.hardware.bluecove;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.bluetooth.BluetoothConnectionException;
import javax.bluetooth.BluetoothStateException;
import javax.microedition.io.Connector;
import javax.microedition.io.StreamConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.towncrier.hardware.BluetoothAddress;
import org.towncrier.hardware.OfferResult.End;
import org.towncrier.hardware.obex.LinkFailure;
import org.towncrier.hardware.obex.LinkSource;
import org.towncrier.hardware.obex.ObexLink;

/** Opens RFCOMM links to one phone's Object Push service through one adapter. */
final class RfcommSource implements LinkSource {
  private static final Logger log = LoggerFactory.getLogger(RfcommSource.class);

  private final OpenAdapter adapter;
  private final BluetoothAddress phone;
  private final ChannelMemory channels;

  RfcommSource(OpenAdapter adapter, BluetoothAddress phone, ChannelMemory channels) {
    this.adapter = adapter;
    this.phone = phone;
    this.channels = channels;
  }

  @Override
  public ObexLink open() throws LinkFailure {
    try {
      // A link that is slow to close still takes its place in the piconet.
      if (!adapter.links().tryAcquire(adapter.connectLimit().toMillis(), TimeUnit.MILLISECONDS)) {
        throw new LinkFailure(End.NOT_REACHED, "Earlier links of the adapter have not closed yet");
      }
      boolean opened = false;
      try {
        ObexLink link = connect();
        opened = true;
        return link;
      } finally {
        if (!opened) {
          adapter.links().release();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LinkFailure(End.ADAPTER_FAILED, "The radio is closing");
    }
  }

  @Override
  public boolean healthy() {
    return adapter.stillHealthy();
  }

  private ObexLink connect() throws LinkFailure, InterruptedException {
    OptionalInt known = channels.of(phone);
    if (known.isPresent()) {
      try {
        return new RfcommLink(dial(known.getAsInt()));
      } catch (BluetoothStateException e) {
        throw new LinkFailure(End.ADAPTER_FAILED, said(e));
      } catch (IOException e) {
        if (unanswered(e) && healthy()) {
          throw new LinkFailure(End.NOT_REACHED, said(e)); // it would not answer a search either
        }
        // It may have moved its service to another channel: ask it.
        channels.forget(phone);
        log.debug(
            "A remembered channel did not answer: {}", BluetoothAddress.scrub(e.getMessage()));
      }
    }
    try {
      int channel = adapter.search().channelOf(phone);
      StreamConnection connection = dial(channel);
      channels.remember(phone, channel);
      return new RfcommLink(connection);
    } catch (BluetoothStateException e) {
      throw new LinkFailure(End.ADAPTER_FAILED, said(e));
    } catch (IOException e) {
      // JSR-82 says nothing sure about why; a stack that answers no more says it was the adapter.
      throw new LinkFailure(healthy() ? End.NOT_REACHED : End.ADAPTER_FAILED, said(e));
    }
  }

  /** Our own stack tells a phone that does not answer from one that refuses. */
  private static boolean unanswered(IOException e) {
    return e instanceof BluetoothConnectionException failed
        && failed.getStatus() == BluetoothConnectionException.TIMEOUT;
  }

  private static String said(IOException e) {
    return BluetoothAddress.scrub(e.getMessage());
  }

  private StreamConnection dial(int channel) throws IOException {
    String url =
        "btspp://" + phone.hex() + ":" + channel + ";authenticate=false;encrypt=false;master=false";
    return adapter
        .device()
        .call(() -> (StreamConnection) Connector.open(url, Connector.READ_WRITE, true));
  }

  private final class RfcommLink implements ObexLink {
    private final StreamConnection connection;
    private final InputStream in;
    private final OutputStream out;
    private final AtomicBoolean closed = new AtomicBoolean();

    RfcommLink(StreamConnection connection) throws IOException {
      this.connection = connection;
      try {
        this.in = connection.openInputStream();
        this.out = connection.openOutputStream();
      } catch (IOException unusable) {
        // Nobody else knows of it: left open it would keep its place in the piconet.
        connection.close();
        throw unusable;
      }
      adapter.linkOpened();
    }

    @Override
    public InputStream in() {
      return in;
    }

    @Override
    public OutputStream out() {
      return out;
    }

    /** BlueCove holds a connection open until its streams are closed too. */
    @Override
    public void close() throws IOException {
      if (!closed.compareAndSet(false, true)) {
        return;
      }
      try (OutputStream output = out;
          InputStream input = in) {
        connection.close();
      } finally {
        adapter.linkClosed();
      }
    }
  }
}
