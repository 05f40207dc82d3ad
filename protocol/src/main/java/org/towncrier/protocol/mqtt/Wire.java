package org.towncrier.protocol.mqtt;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.eclipse.paho.client.mqttv3.internal.NetworkModule;
import org.jspecify.annotations.Nullable;

/**
 * The bytes under one connection, in our own hands for three reasons. A try can be ended from
 * outside at any moment, by closing its socket. Paho's writing thread can be freed. And nothing is
 * read before the first packet was sent: Paho starts its threads one after another, looking every
 * 100 ms whether each is up, and one whose reader has already died by then looks for ever. A server
 * that closes at once would cost a thread each time.
 */
final class Wire implements NetworkModule {
  /** Paho's own, between looks at whether it should stop. */
  private static final int READ_MILLIS = 1000;

  private final MqttSettings settings;
  private final @Nullable SSLSocketFactory tls;
  private final Socket plain = new Socket();
  private final CountDownLatch spoken = new CountDownLatch(1);
  private volatile Socket socket = plain;
  private volatile @Nullable Thread writer;

  /**
   * @param tls null for none
   */
  Wire(MqttSettings settings, @Nullable SSLSocketFactory tls) {
    this.settings = settings;
    this.tls = tls;
  }

  @Override
  public void start() throws IOException {
    String host = settings.host();
    int limit = (int) Math.min(Integer.MAX_VALUE, settings.timing().connect().toMillis());
    plain.setTcpNoDelay(true);
    plain.connect(new InetSocketAddress(host, settings.port()), limit);
    plain.setSoTimeout(limit);
    if (tls != null) {
      SSLSocket secure = (SSLSocket) tls.createSocket(plain, host, settings.port(), true);
      SSLParameters parameters = secure.getSSLParameters();
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      secure.setSSLParameters(parameters);
      secure.startHandshake();
      socket = secure;
    }
    plain.setSoTimeout(READ_MILLIS);
  }

  /** Ends it under Paho's feet, wherever it stands. */
  void cut() {
    try {
      // Not the TLS around it: its closing waits for a writer that may be stuck.
      plain.close();
    } catch (IOException e) {
      // Closed it is.
    }
  }

  @Override
  public void stop() {
    cut();
  }

  /**
   * Ends Paho's writing thread, once Paho was told to end. Paho 1.2.5 wakes it once, which is lost
   * on a writer that is just about to wait for work: it would wait for ever. An interrupt is not
   * lost.
   */
  void freeWriter() {
    Thread last = writer;
    if (last != null) {
      last.interrupt();
    }
  }

  @Override
  public InputStream getInputStream() throws IOException {
    return new In(socket.getInputStream());
  }

  @Override
  public OutputStream getOutputStream() throws IOException {
    return new Out(socket.getOutputStream());
  }

  @Override
  public String getServerURI() {
    return WireFactory.SCHEME + "://" + settings.place();
  }

  private final class In extends InputStream {
    private final InputStream in;

    In(InputStream in) {
      this.in = in;
    }

    @Override
    public int read() throws IOException {
      awaitFirstWord();
      return in.read();
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
      awaitFirstWord();
      return in.read(into, from, length);
    }

    @Override
    public int available() throws IOException {
      return spoken.getCount() == 0 ? in.available() : 0;
    }

    @Override
    public void close() throws IOException {
      in.close();
    }

    private void awaitFirstWord() throws SocketTimeoutException {
      try {
        if (!spoken.await(READ_MILLIS, TimeUnit.MILLISECONDS)) {
          throw new SocketTimeoutException("nothing was asked yet");
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new SocketTimeoutException("interrupted");
      }
    }
  }

  private final class Out extends FilterOutputStream {
    Out(OutputStream out) {
      super(out);
    }

    @Override
    public void write(int b) throws IOException {
      begin();
      out.write(b);
    }

    @Override
    public void write(byte[] from, int start, int length) throws IOException {
      begin();
      out.write(from, start, length);
    }

    private void begin() {
      writer = Thread.currentThread();
      spoken.countDown();
    }
  }
}
