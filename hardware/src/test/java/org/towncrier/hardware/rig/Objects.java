package org.towncrier.hardware.rig;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.towncrier.hardware.PushObject;

/** What is pushed in the rig, and whether that is what arrived. */
final class Objects {
  private Objects() {}

  /** That a phone received this object, byte for byte, under its name and type. */
  static void same(AirEvent received, PushObject sent) {
    assertThat(received.word("name")).isEqualTo(sent.name());
    assertThat(received.word("type")).isEqualTo(sent.type());
    try {
      assertThat(Files.readAllBytes(Path.of(received.word("path")))).isEqualTo(sent.content());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
