package org.towncrier.town.demo;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** {@code towncrier demo}: a town in one process. */
public final class Demo {
  private static final int OK = 0;
  private static final int FAILED = 1;
  private static final int INTERRUPTED = 130;

  /** Longer than a town takes to end; then whatever holds it up is not waited for. */
  private static final int END_SECONDS = 40;

  private final CountDownLatch stop = new CountDownLatch(1);
  private final CountDownLatch ended = new CountDownLatch(1);
  private final AtomicBoolean endedByItself = new AtomicBoolean();

  private Demo() {}

  /** Runs it until it is stopped, or its time is up. */
  public static void main(String[] arguments) {
    System.exit(new Demo().runUntilStopped(List.of(arguments), System.out, System.err));
  }

  private int runUntilStopped(List<String> arguments, PrintStream out, PrintStream err) {
    Runtime.getRuntime().addShutdownHook(new Thread(this::stopped, "stop"));
    Path home = Path.of(System.getProperty("towncrier.home", "."));
    int status = FAILED;
    try {
      DemoOptions options = DemoOptions.parse(arguments, home);
      try (DataFolder folder = DataFolder.take(options.data())) {
        DemoLog.toFile(options.data());
        status = new DemoTown(options, home, out).run(stop) ? OK : FAILED;
      }
    } catch (UsageException e) {
      err.println("towncrier: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      out.flush();
      endedByItself.set(true);
      ended.countDown();
    }
    return status;
  }

  /** Ctrl-C, SIGTERM, or the end of main. */
  private void stopped() {
    if (endedByItself.get()) {
      return;
    }
    stop.countDown();
    boolean inTime = false;
    try {
      inTime = ended.await(END_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    // Told to end, it ended: the JVM would otherwise call that 130 or 143.
    Runtime.getRuntime().halt(inTime ? OK : INTERRUPTED);
  }
}
