package org.towncrier.broadcaster;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A real broker on loopback, which can be killed and started again on its port. */
public final class Mosquitto implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 30;

  private final Path folder;
  private final int port;
  private @Nullable Process process;

  /** A broker that keeps what is retained in that folder. */
  public Mosquitto(Path folder) throws IOException {
    this.folder = folder;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      this.port = free.getLocalPort();
    }
  }

  /** Returns once it takes connections. */
  public Mosquitto start() throws IOException, InterruptedException {
    Path settings =
        Files.writeString(
            folder.resolve("mosquitto.conf"),
            """
            listener %d 127.0.0.1
            allow_anonymous true
            persistence true
            persistence_location %s/
            autosave_interval 1
            autosave_on_changes true
            """
                .formatted(port, folder));
    process =
        new ProcessBuilder(program(), "-c", settings.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("mosquitto.log").toFile())
            .start();
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!answers()) {
      if (!process.isAlive() || System.nanoTime() > until) {
        throw new IOException(
            "mosquitto did not start: " + Files.readString(folder.resolve("mosquitto.log")));
      }
      Thread.onSpinWait();
    }
    return this;
  }

  /** Ends it without warning. */
  public void kill() throws InterruptedException {
    Process running = process;
    if (running != null) {
      running.destroyForcibly().waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
      process = null;
    }
  }

  public URI url() {
    return URI.create("mqtt://127.0.0.1:" + port);
  }

  @Override
  public void close() throws InterruptedException {
    kill();
  }

  private boolean answers() {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 100);
      return true;
    } catch (IOException notYet) {
      return false;
    }
  }

  /** Debian puts it where only root looks. */
  private static String program() {
    return Stream.concat(
            Stream.of(System.getenv("PATH").split(File.pathSeparator)),
            Stream.of("/usr/sbin", "/usr/local/sbin"))
        .map(place -> Path.of(place, "mosquitto"))
        .filter(Files::isExecutable)
        .map(Path::toString)
        .findFirst()
        .orElseThrow(
            () ->
                new AssertionError(
                    "these tests need a real broker: apt-get install mosquitto (./towncrier test"
                        + " does)"));
  }

  /** For the message of a failed test. */
  @Override
  public String toString() {
    return List.of("mosquitto", url()).toString();
  }
}
