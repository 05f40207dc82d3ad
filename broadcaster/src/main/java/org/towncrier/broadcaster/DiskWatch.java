package org.towncrier.broadcaster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** The room left where the node keeps its records. */
final class DiskWatch {
  /** A night's records take about 4 MB; a system without any room does not shut down well. */
  static final long LEAST_BYTES = 32L << 20;

  private static final Duration REMEMBER = Duration.ofSeconds(5);

  private final Path folder;
  private final InstantSource clock;
  private Instant looked = Instant.MIN;
  private long free;

  DiskWatch(Path folder, InstantSource clock) {
    this.folder = folder;
    this.clock = clock;
  }

  /** Bytes that can still be written; 0 when nobody can tell. */
  long freeBytes() {
    Instant now = clock.instant();
    if (now.isBefore(looked) || now.isAfter(looked.plus(REMEMBER)) || looked.equals(Instant.MIN)) {
      looked = now;
      try {
        free = Files.getFileStore(folder).getUsableSpace();
      } catch (IOException gone) {
        free = 0; // The folder itself is gone: nothing can be written down, so nothing is offered.
      }
    }
    return free;
  }

  /** Why nothing may be offered, worded to follow "The node". */
  Optional<String> trouble() {
    return freeBytes() < LEAST_BYTES
        ? Optional.of(
            "has only %d MB left for its records; make room where its data folder lies"
                .formatted(freeBytes() >> 20))
        : Optional.empty();
  }
}
