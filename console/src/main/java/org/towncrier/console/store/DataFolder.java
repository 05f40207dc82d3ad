package org.towncrier.console.store;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** The folder of everything the console keeps, readable to its owner only. */
public final class DataFolder {
  private final Path folder;

  private DataFolder(Path folder) {
    this.folder = folder;
  }

  /**
   * Makes the folder if need be.
   *
   * @throws StartRefusedException when the console cannot write there
   */
  static DataFolder prepare(Path folder) {
    Path absolute = folder.toAbsolutePath().normalize();
    try {
      if (!Files.isDirectory(absolute)) {
        Files.createDirectories(
            absolute,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      }
      // The only honest test: rights, a read-only disk and a full one all show.
      Path probe = Files.createTempFile(absolute, ".probe", null);
      Files.write(probe, new byte[1]);
      Files.delete(probe);
      return new DataFolder(absolute);
    } catch (FileAlreadyExistsException notAFolder) {
      throw refused(absolute, "it is a file, not a folder", notAFolder);
    } catch (IOException failed) {
      throw refused(
          absolute, failed.getClass().getSimpleName() + ": " + failed.getMessage(), failed);
    }
  }

  private static StartRefusedException refused(Path folder, String why, IOException cause) {
    return new StartRefusedException(
        "The console cannot write to its data folder %s (%s).".formatted(folder, why),
        "Give the account that runs the console the right to write there, or name another folder"
            + " with the setting towncrier.data.",
        cause);
  }

  /** Where it is. */
  public Path path() {
    return folder;
  }

  Path database() {
    return folder.resolve("console.db");
  }
}
