package org.towncrier.town.demo;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** Where a demo keeps its town. One demo at a time uses it. */
final class DataFolder implements AutoCloseable {
  private final FileChannel channel;

  private DataFolder(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Makes the folder if need be, and takes it.
   *
   * @throws UsageException when it can't be used; says why
   */
  static DataFolder take(Path folder) throws UsageException {
    try {
      Files.createDirectories(folder);
      FileChannel channel =
          FileChannel.open(
              folder.resolve("demo.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (lock(channel) == null) {
        channel.close();
        throw new UsageException(
            "Another demo is using the folder %s. End it, or name another with --data"
                .formatted(folder));
      }
      return new DataFolder(channel);
    } catch (IOException e) {
      throw new UsageException(
          "The folder %s can't be written to (%s). Name another with --data"
              .formatted(folder, e.getClass().getSimpleName() + ": " + e.getMessage()),
          e);
    }
  }

  private static @Nullable FileLock lock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null; // this very process has it
    }
  }

  @Override
  public void close() throws UsageException {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UsageException("The demo's folder could not be left: " + e.getMessage(), e);
    }
  }
}
