package org.towncrier.town.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {
  @TempDir Path temp;

  @Test
  void a_folder_is_made_and_can_be_taken_again_later() throws Exception {
    Path folder = temp.resolve("a").resolve("b");
    DataFolder.take(folder).close();
    DataFolder.take(folder).close();

    assertThat(folder).isDirectory();
  }

  @Test
  void two_demos_do_not_share_a_folder() throws Exception {
    try (DataFolder first = DataFolder.take(temp)) {
      assertThat(first).isNotNull();
      assertThatThrownBy(() -> DataFolder.take(temp))
          .isInstanceOf(UsageException.class)
          .hasMessage(
              "Another demo is using the folder %s. End it, or name another with --data", temp);
    }
  }

  @Test
  void a_folder_that_cannot_be_written_to_is_named() throws Exception {
    Path file = Files.createFile(temp.resolve("file"));

    assertThatThrownBy(() -> DataFolder.take(file.resolve("below")))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("The folder " + file.resolve("below") + " can't be written to")
        .hasMessageContaining("--data");
  }
}
