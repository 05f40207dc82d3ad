package org.towncrier.town.process;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.towncrier.protocol.mqtt.Mosquitto;

/**
 * A program as a process of its own: started, killed without warning, and started again. What it
 * says goes to a file, start after start.
 */
public final class Program implements AutoCloseable {
  private final String name;
  private final List<String> command;
  private final Path log;
  private Process process;
  private int kills;

  /**
   * @param name for people
   * @param log where its output goes
   */
  public Program(String name, Path log, List<String> command) {
    this.name = name;
    this.log = log;
    this.command = List.copyOf(command);
  }

  /** A program of ours, on the class path of this very test. */
  public static Program java(String name, Path log, String main, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto"));
    command.addAll(List.of("-cp", absoluteClassPath(), main));
    command.addAll(arguments);
    return new Program(name, log, command);
  }

  /** A broker that nobody here wrote: on loopback, open to everybody. */
  public static Program mosquitto(int port, Path folder) throws IOException {
    return new Program("broker", folder.resolve("mosquitto.log"), Mosquitto.command(port, folder));
  }

  /** Starts it. It need not be ready when this returns. */
  public synchronized void start() throws IOException {
    if (process != null && process.isAlive()) {
      throw new IllegalStateException(name + " is running already");
    }
    process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(Redirect.appendTo(log.toFile()))
            .start();
  }

  /** Kills it as a power cut would (SIGKILL), and waits until it is gone. */
  public synchronized void kill() throws InterruptedException {
    if (!process.isAlive()) {
      throw new AssertionError(
          "%s ended by itself, with status %d:%n%s".formatted(name, process.exitValue(), said()));
    }
    kills++;
    process.destroyForcibly().waitFor();
  }

  public synchronized boolean isAlive() {
    return process != null && process.isAlive();
  }

  /** Of the process that runs now, or ran last. */
  public synchronized long pid() {
    return process.pid();
  }

  public synchronized int kills() {
    return kills;
  }

  public String name() {
    return name;
  }

  /** What it said so far, the last part of it. */
  public String said() {
    try {
      String all = Files.readString(log);
      return all.substring(Math.max(0, all.length() - 8_000));
    } catch (IOException e) {
      return "(" + e + ")";
    }
  }

  /** Ends it politely, or not. */
  @Override
  public synchronized void close() {
    if (process == null) {
      return;
    }
    process.destroy();
    try {
      if (!process.waitFor(20, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  private static String absoluteClassPath() {
    return String.join(
        File.pathSeparator,
        List.of(System.getProperty("java.class.path").split(File.pathSeparator)).stream()
            .map(part -> Path.of(part).toAbsolutePath().toString())
            .toList());
  }
}
