package org.towncrier.console.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a data folder to one running console: two would both tell the nodes what to do. The system
 * lets go of it when the process dies, however it dies.
 */
final class FolderLock implements AutoCloseable {
  private final FileChannel channel;

  private FolderLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Takes the folder.
   *
   * @throws StartRefusedException when a console runs on it already
   */
  static FolderLock take(DataFolder folder) {
    Path file = folder.path().resolve("console.lock");
    try {
      FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (locked(channel) == null) {
        channel.close();
        throw new StartRefusedException(
            "Another console runs on the data folder %s.".formatted(folder.path()),
            "End it first, or name another folder with the setting towncrier.data.",
            null);
      }
      return new FolderLock(channel);
    } catch (IOException failed) {
      throw new StartRefusedException(
          "The console cannot take its data folder %s for itself (%s)."
              .formatted(folder.path(), failed.getMessage()),
          "Look at the disk, or name another folder with the setting towncrier.data.",
          failed);
    }
  }

  private static @Nullable FileLock locked(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException anotherInThisProcess) {
      return null;
    }
  }

  /** Gives it back. */
  @Override
  public void close() throws IOException {
    channel.close();
  }
}
