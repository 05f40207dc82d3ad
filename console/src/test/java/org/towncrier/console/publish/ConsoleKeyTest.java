package org.towncrier.console.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.towncrier.console.store.StartRefusedException;

final class ConsoleKeyTest {
  @TempDir Path folder;

  @Test
  void the_key_is_made_once_for_its_owner_only() throws IOException {
    Path file = folder.resolve("signing.key");
    String first = ConsoleKey.load(file).encoded();

    assertThat(ConsoleKey.load(file).encoded()).isEqualTo(first);
    assertThat(Files.getPosixFilePermissions(file))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactly(file);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "nonsense", "AAAA:BBBB"})
  void a_broken_key_stops_the_start_and_is_never_replaced(String content) throws IOException {
    Path file = Files.writeString(folder.resolve("signing.key"), content);

    assertThatThrownBy(() -> ConsoleKey.load(file))
        .isInstanceOf(StartRefusedException.class)
        .hasMessageContaining("signing.key")
        .hasMessageContaining("backup");
    assertThat(Files.readString(file)).isEqualTo(content);
  }
}
