package org.towncrier.hardware.rig;

import static java.util.concurrent.TimeUnit.SECONDS;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.platform.launcher.core.LauncherFactory;

/** The virtual machine of {@code hardware/rig}, as a place where tests run. */
public final class Rig {
  /** Longer than rig.sh itself takes to stop a machine whose time is over. */
  private static final int GRACE_SECONDS = 30;

  private Rig() {}

  /**
   * Boots a machine and runs suites in it, all with the first one's {@link Guest} settings. Blocks.
   * What the guest printed, its logs and the phones' events are kept in {@code target/rig/SUITE}.
   * Only the tests whose names match the system property {@code rig.only} run, when it is set.
   *
   * @return one test for each of theirs, with its end; and at least one that fails if the machine
   *     did not boot or did not come to its end
   */
  public static Stream<DynamicTest> run(Class<?>... suites) {
    try {
      Guest guest = suites[0].getAnnotation(Guest.class);
      Path kept = Path.of("target", "rig", suites[0].getSimpleName()).toAbsolutePath();
      delete(kept);
      Files.createDirectories(kept);
      int status = boot(guest, kept, List.of(suites));
      return results(kept, status).stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while the rig was running", e);
    }
  }

  /** The checkout's {@code hardware/rig}. */
  static Path folder() {
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      Path rig = at.resolve("hardware/rig");
      if (Files.exists(rig.resolve("rig.sh"))) {
        return rig;
      }
    }
    throw new IllegalStateException("hardware/rig is not in a folder above this one");
  }

  private static int boot(Guest guest, Path kept, List<Class<?>> suites)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(folder().resolve("rig.sh").toString()));
    command.addAll(List.of("-n", String.valueOf(guest.controllers())));
    command.addAll(List.of("-a", String.valueOf(guest.adapters())));
    command.addAll(List.of("-t", String.valueOf(guest.limit()), "-o", kept.toString()));
    if (!guest.rights().option().isEmpty()) {
      command.add(guest.rights().option());
    }
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // One processor, for a minute: what pays on a Raspberry Pi pays here.
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx256m"));
    String classPath = classPath();
    command.addAll(List.of("-cp", classPath, GuestMain.class.getName(), "/run/rig/out/results"));
    command.add(System.getProperty("rig.only", ""));
    suites.forEach(suite -> command.add(suite.getName()));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.redirectOutput(kept.resolve("output").toFile());
    builder.environment().put("RIG_PHONES", "*=absent");
    builder.environment().put("RIG_READ", classPath);
    Process process = builder.start();
    if (!process.waitFor(guest.limit() + GRACE_SECONDS, SECONDS)) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
    return process.waitFor();
  }

  private static List<DynamicTest> results(Path kept, int status) throws IOException {
    Path file = kept.resolve("results");
    List<GuestResults.Result> results = Files.exists(file) ? GuestResults.read(file) : List.of();
    List<DynamicTest> tests = new ArrayList<>();
    for (GuestResults.Result result : results) {
      tests.add(DynamicTest.dynamicTest(result.name(), () -> check(result, kept)));
    }
    String output = tail(kept.resolve("output"));
    boolean whole = status == 0 && !tests.isEmpty();
    tests.add(
        DynamicTest.dynamicTest(
            "the rig boots, runs its tests and ends",
            () -> {
              if (!whole) {
                throw new AssertionError(
                    "The rig ended with " + status + " (all of it: " + kept + "):\n" + output);
              }
            }));
    return tests;
  }

  private static void check(GuestResults.Result result, Path kept) {
    if (!result.ended()) {
      throw new AssertionError(result.name() + " did not end before the machine did. See " + kept);
    }
    if (!result.passed()) {
      throw new AssertionError(result.name() + ", in the rig (see " + kept + "): " + result.end());
    }
  }

  /** This process's own; Surefire keeps the launcher apart from what it says it is. */
  private static String classPath() throws IOException {
    Set<String> paths = new LinkedHashSet<>();
    for (String path : System.getProperty("java.class.path").split(File.pathSeparator)) {
      paths.add(Path.of(path).toAbsolutePath().toString());
    }
    try {
      URL launcher = LauncherFactory.class.getProtectionDomain().getCodeSource().getLocation();
      paths.add(Path.of(launcher.toURI()).toString());
    } catch (URISyntaxException e) {
      throw new IOException("The launcher is nowhere", e);
    }
    return String.join(File.pathSeparator, paths);
  }

  private static String tail(Path file) throws IOException {
    List<String> lines = Files.readAllLines(file);
    return String.join("\n", lines.subList(Math.max(0, lines.size() - 40), lines.size()));
  }

  private static void delete(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> all = Files.walk(folder)) {
        all.sorted((a, b) -> b.compareTo(a)).map(Path::toFile).forEach(File::delete);
      }
    }
  }
}
