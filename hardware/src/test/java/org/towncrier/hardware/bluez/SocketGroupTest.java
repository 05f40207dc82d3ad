package org.towncrier.hardware.bluez;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

class SocketGroupTest {
  private final SocketGroup whole = new SocketGroup();

  @Test
  void closing_the_whole_closes_its_parts() throws Exception {
    SocketGroup part = whole.part();

    whole.close();

    assertThat(part.closed()).isTrue();
  }

  @Test
  void closing_a_part_leaves_the_whole_open() throws Exception {
    SocketGroup part = whole.part();

    part.close();

    assertThat(whole.closed()).isFalse();
    assertThat(whole.isEmpty()).isTrue();
  }

  @Test
  void nothing_joins_a_group_that_is_closed() throws Exception {
    whole.close();

    assertThatThrownBy(whole::part).isInstanceOf(ClosedChannelException.class);
    assertThatThrownBy(() -> whole.open(() -> fail())).isInstanceOf(ClosedChannelException.class);
  }

  @Test
  void a_pause_ends_at_once_when_the_group_is_closed() throws Exception {
    CompletableFuture<Void> paused =
        CompletableFuture.runAsync(
            () -> {
              try {
                whole.pause(3_600_000);
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
            });

    whole.close();

    assertThatThrownBy(paused::get)
        .isInstanceOf(ExecutionException.class)
        .hasRootCauseInstanceOf(AsynchronousCloseException.class);
  }

  @Test
  void closing_twice_is_harmless() throws Exception {
    whole.close();
    whole.close();

    assertThat(whole.closed()).isTrue();
  }

  private static BluetoothSocket fail() {
    throw new AssertionError("Opened after the end");
  }
}
