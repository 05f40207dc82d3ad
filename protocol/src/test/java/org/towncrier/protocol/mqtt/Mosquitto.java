package org.towncrier.protocol.mqtt;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A broker that nobody here wrote, in a process that can be killed and frozen. */
final class Mosquitto implements AutoCloseable {
  private static final int TRIES = 5;

  private final Path folder;
  private final String more;
  private final String scheme;
  private int port;
  private Process process;

  private Mosquitto(Path folder, String scheme, String more) {
    this.folder = folder;
    this.scheme = scheme;
    this.more = more;
  }

  /** Open to everybody on this machine. */
  static Mosquitto open(Path folder) throws Exception {
    return start(new Mosquitto(folder, "mqtt", "allow_anonymous true\n"));
  }

  /** Open to one account. */
  static Mosquitto withAccount(Path folder, String username, String password) throws Exception {
    Path file = folder.resolve("passwords");
    Files.writeString(file, username + ":" + password + "\n");
    run(List.of(binary("mosquitto_passwd"), "-U", file.toString()));
    return start(
        new Mosquitto(folder, "mqtt", "allow_anonymous false\npassword_file " + file + "\n"));
  }

  /** Open to everybody, and speaking TLS. */
  static Mosquitto withTls(Path folder, Path certificate, Path privateKey) throws Exception {
    return start(
        new Mosquitto(
            folder,
            "mqtts",
            "allow_anonymous true\ncertfile %s\nkeyfile %s\n".formatted(certificate, privateKey)));
  }

  URI url() {
    return URI.create(scheme + "://127.0.0.1:" + port);
  }

  /** Without warning. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** Again, where it was. */
  void restart() throws Exception {
    if (!launched()) {
      throw new AssertionError("Mosquitto did not start again: " + log());
    }
  }

  /** Its sockets stay open, and it says nothing more. */
  void freeze() throws Exception {
    run(List.of("kill", "-STOP", Long.toString(process.pid())));
  }

  @Override
  public void close() throws Exception {
    kill();
  }

  /** A free port may be taken by somebody else before Mosquitto has it: then another. */
  private static Mosquitto start(Mosquitto broker) throws Exception {
    for (int i = 0; i < TRIES; i++) {
      try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        broker.port = free.getLocalPort();
      }
      if (broker.launched()) {
        return broker;
      }
    }
    throw new AssertionError("Mosquitto does not start: " + broker.log());
  }

  private boolean launched() throws Exception {
    Path config = folder.resolve("mosquitto.conf");
    Files.writeString(config, "user root\nlistener %d 127.0.0.1\n%s".formatted(port, more));
    process =
        new ProcessBuilder(binary("mosquitto"), "-c", config.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("mosquitto.log").toFile())
            .start();
    while (process.isAlive()) {
      try (Socket probe = new Socket(InetAddress.getLoopbackAddress(), port)) {
        return probe.isConnected() && process.isAlive();
      } catch (IOException notYet) {
        if (process.waitFor(10, TimeUnit.MILLISECONDS)) {
          return false;
        }
      }
    }
    return false;
  }

  private String log() throws IOException {
    return Files.readString(folder.resolve("mosquitto.log"));
  }

  private static void run(List<String> command) throws Exception {
    Process done = new ProcessBuilder(command).inheritIO().start();
    if (done.waitFor() != 0) {
      throw new AssertionError(command + " failed");
    }
  }

  private static String binary(String name) {
    return Stream.of("/usr/sbin/", "/usr/bin/", "/usr/local/sbin/", "/usr/local/bin/")
        .map(place -> place + name)
        .filter(path -> Files.isExecutable(Path.of(path)))
        .findFirst()
        .orElseThrow(
            () ->
                new AssertionError(
                    name
                        + " is not installed, and nothing is skipped: run ./towncrier test, which"
                        + " installs it, or apt-get install mosquitto"));
  }
}
