package org.towncrier.broadcaster.clock;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Asks Linux, without special rights. Three witnesses, since no single one is on every machine:
 * systemd-timesyncd touches a file once it has set the clock; {@code timedatectl} passes on the
 * kernel's own flag, whoever cleared it; {@code chronyc} says how chrony stands.
 */
public final class LinuxSynchronisation implements Synchronisation {
  private static final long PATIENCE_SECONDS = 5;

  private final Path timesyncFile;
  private final Path machineBoot;
  private final List<Witness> witnesses;

  /** A program that knows, and what it says when all is well. */
  record Witness(List<String> command, String whenSet) {}

  /** Asks this machine. */
  public LinuxSynchronisation() {
    this(
        Path.of("/run/systemd/timesync/synchronized"),
        Path.of("/proc/sys/kernel/random/boot_id"),
        List.of(
            new Witness(
                List.of("timedatectl", "show", "--property=NTPSynchronized"),
                "NTPSynchronized=yes"),
            new Witness(List.of("chronyc", "-n", "tracking"), "Leap status     : Normal")));
  }

  LinuxSynchronisation(Path timesyncFile, Path machineBoot, List<Witness> witnesses) {
    this.timesyncFile = timesyncFile;
    this.machineBoot = machineBoot;
    this.witnesses = List.copyOf(witnesses);
  }

  @Override
  public Finding look() {
    String boot = boot();
    // The file lies in memory: it cannot be left over from before the machine started.
    if (Files.exists(timesyncFile)) {
      return new Finding(true, boot, "set by systemd-timesyncd");
    }
    boolean asked = false;
    for (Witness witness : witnesses) {
      Optional<String> answer = run(witness.command());
      asked |= answer.isPresent();
      if (answer.filter(said -> said.contains(witness.whenSet())).isPresent()) {
        return new Finding(true, boot, "set, says " + witness.command().get(0));
      }
    }
    return new Finding(
        false,
        boot,
        asked
            ? "the clock was not set over the network since this machine started; connect it, or"
                + " look at its time service (timedatectl)"
            : "nothing on this machine can say whether its clock was set; install"
                + " systemd-timesyncd or chrony, or write clock.trust: system if you keep the"
                + " clock right yourself");
  }

  private String boot() {
    try {
      return Files.readString(machineBoot).strip();
    } catch (IOException unknown) {
      return ""; // Then it is proven anew after each restart of the node.
    }
  }

  private static Optional<String> run(List<String> command) {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
              .start();
      try {
        // They print a few hundred bytes, which a pipe holds: waiting first cannot deadlock.
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
          return Optional.empty();
        }
        return Optional.of(
            new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
      } finally {
        process.destroyForcibly();
      }
    } catch (IOException notInstalled) {
      return Optional.empty();
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
