package org.towncrier.broadcaster.clock;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.towncrier.broadcaster.clock.LinuxSynchronisation.Witness;

class LinuxSynchronisationTest {
  @TempDir Path folder;
  private Path boot;
  private Path touched;

  @BeforeEach
  void files() throws IOException {
    boot = Files.writeString(folder.resolve("boot_id"), "8c7b\n");
    touched = folder.resolve("synchronized");
  }

  @Test
  void the_file_that_timesyncd_touches_is_enough() throws IOException {
    Files.createFile(touched);
    assertThat(look(List.of()))
        .isEqualTo(new Synchronisation.Finding(true, "8c7b", "set by systemd-timesyncd"));
  }

  @Test
  void a_program_that_says_yes_is_enough() {
    Synchronisation.Finding finding =
        look(List.of(says("echo", "Synced=no"), says("echo", "Synced=yes")));
    assertThat(finding.synchronised()).isTrue();
    assertThat(finding.detail()).contains("echo");
  }

  @Test
  void programs_that_say_no_or_fail_are_not() {
    Synchronisation.Finding finding =
        look(List.of(says("echo", "Synced=no"), says("false"), says("no-such-program-here")));
    assertThat(finding.synchronised()).isFalse();
    assertThat(finding.detail()).contains("was not set over the network");
  }

  @Test
  void a_machine_with_nobody_to_ask_says_what_to_install() {
    Synchronisation.Finding finding = look(List.of(says("no-such-program-here")));
    assertThat(finding.synchronised()).isFalse();
    assertThat(finding.detail()).contains("chrony", "clock.trust: system");
  }

  @Test
  void a_machine_without_a_boot_id_is_asked_all_the_same() throws IOException {
    Files.delete(boot);
    assertThat(look(List.of(says("echo", "Synced=yes"))))
        .isEqualTo(new Synchronisation.Finding(true, "", "set, says echo"));
  }

  private Synchronisation.Finding look(List<Witness> witnesses) {
    return new LinuxSynchronisation(touched, boot, witnesses).look();
  }

  private static Witness says(String... command) {
    return new Witness(List.of(command), "Synced=yes");
  }
}
