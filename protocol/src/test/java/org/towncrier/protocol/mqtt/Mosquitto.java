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

/**
 * A broker that nobody here wrote, in a process that can be killed and frozen. Every module's tests
 * use this one; without Mosquitto on the machine they fail.
 */
public final class Mosquitto implements AutoCloseable {
  private static final int TRIES = 5;

  private static final String OPEN = "allow_anonymous true\n";

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
  public static Mosquitto open(Path folder) throws Exception {
    return start(new Mosquitto(folder, "mqtt", OPEN));
  }

  /** Open to everybody, and keeping what is retained over a kill. */
  public static Mosquitto keeping(Path folder) throws Exception {
    return start(new Mosquitto(folder, "mqtt", keepingIn(folder) + "autosave_on_changes true\n"));
  }

  /** Open to one account. */
  public static Mosquitto withAccount(Path folder, String username, String password)
      throws Exception {
    return start(
        new Mosquitto(folder, "mqtt", accounts(folder, List.of(username + ":" + password))));
  }

  /**
   * Open to those accounts, each held to what the rules say of it.
   *
   * @param accounts each {@code username:password}
   * @param rules as Mosquitto's {@code acl_file} has them
   */
  public static Mosquitto withRules(Path folder, List<String> accounts, String rules)
      throws Exception {
    Path file = Files.writeString(folder.resolve("rules"), rules);
    return start(
        new Mosquitto(
            folder, "mqtt", accounts(folder, accounts) + "acl_file %s\n".formatted(file)));
  }

  /** Open to everybody, and speaking TLS. */
  public static Mosquitto withTls(Path folder, Path certificate, Path privateKey) throws Exception {
    return start(
        new Mosquitto(
            folder,
            "mqtts",
            OPEN + "certfile %s\nkeyfile %s\n".formatted(certificate, privateKey)));
  }

  /**
   * How to start one that is as durable as Mosquitto is (what it didn't save before it was killed
   * is lost), for those who run it as one program among others.
   */
  public static List<String> command(int port, Path folder) throws IOException {
    Path config = folder.resolve("mosquitto.conf");
    Files.writeString(
        config,
        listening(port)
            + keepingIn(folder)
            + "max_queued_messages 100000\nmax_packet_size 8388608\n");
    return List.of(binary("mosquitto"), "-c", config.toString());
  }

  public URI url() {
    return URI.create(scheme + "://127.0.0.1:" + port);
  }

  /** Without warning. */
  public void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** Again, where it was. */
  public void restart() throws Exception {
    if (!launched()) {
      throw new AssertionError("Mosquitto did not start again: " + log());
    }
  }

  /** Its sockets stay open, and it says nothing more. */
  public void freeze() throws Exception {
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
    Files.writeString(config, listening(port) + more);
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

  private static String listening(int port) {
    return "user root\nlistener %d 127.0.0.1\n".formatted(port);
  }

  private static String keepingIn(Path folder) {
    return OPEN
        + "persistence true\npersistence_location %s/\nautosave_interval 1\n".formatted(folder);
  }

  private static String accounts(Path folder, List<String> accounts) throws Exception {
    Path file = Files.write(folder.resolve("passwords"), accounts);
    run(List.of(binary("mosquitto_passwd"), "-U", file.toString()));
    return "allow_anonymous false\npassword_file %s\n".formatted(file);
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
