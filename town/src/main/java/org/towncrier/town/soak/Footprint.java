package org.towncrier.town.soak;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * What this process holds.
 *
 * @param heap bytes of the heap in use after collections
 * @param threads of Java
 * @param descriptors open files and sockets
 */
record Footprint(long heap, int threads, long descriptors) {
  private static final Path OPEN = Path.of("/proc/self/fd");

  /** As it is now. Collects garbage first. */
  static Footprint now() {
    // The second one takes what references and cleaners of the first have let go.
    System.gc();
    System.gc();
    return new Footprint(
        ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(),
        ManagementFactory.getThreadMXBean().getThreadCount(),
        open());
  }

  private static long open() {
    try (Stream<Path> all = Files.list(OPEN)) {
      // One of them is the listing itself.
      return all.count() - 1;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
