package org.towncrier.console.publish;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.towncrier.console.store.DataFolder;
import org.towncrier.console.store.StartRefusedException;
import org.towncrier.protocol.SigningKey;

/** The console's key, made once: nodes obey nothing else. */
@Configuration(proxyBeanMethods = false)
class ConsoleKey {
  static final String FILE = "signing.key";

  @Bean
  SigningKey signingKey(DataFolder folder) {
    return load(folder.path().resolve(FILE));
  }

  /**
   * Reads the key, or makes it if there is none. A key that cannot be read is never replaced: every
   * node would have to be given the new one.
   *
   * @throws StartRefusedException when it cannot be read
   */
  static SigningKey load(Path file) {
    try {
      if (!Files.exists(file)) {
        make(file);
      }
      return SigningKey.decode(Files.readString(file, StandardCharsets.US_ASCII));
    } catch (IOException | IllegalArgumentException broken) {
      throw new StartRefusedException(
          "The console's signing key %s cannot be read (%s)."
              .formatted(file, broken.getClass().getSimpleName()),
          "Let the account that runs the console read it, or put back the backup of it. Nodes obey"
              + " no other key: without it every node needs a new file from add-node.",
          broken);
    }
  }

  private static void make(Path file) throws IOException {
    Path whole =
        Files.createTempFile(
            file.toAbsolutePath().getParent(),
            ".key",
            null,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    try {
      Files.writeString(whole, SigningKey.generate().encoded() + "\n");
      // Unlike a move, a link never replaces: of two that start together, one key stays.
      Files.createLink(file, whole);
    } catch (FileAlreadyExistsException madeMeanwhile) {
      // The other's is the key.
      return;
    } finally {
      Files.delete(whole);
    }
  }
}
