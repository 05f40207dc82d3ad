package org.towncrier.town.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

final class DemoTownTest {
  @Test
  void the_notice_board_stands_beside_the_console_when_that_port_is_free() throws IOException {
    int next;
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      next = taken.getLocalPort();
      assertThat(DemoTown.boardPort(next - 1)).isPositive().isNotEqualTo(next);
    }
    assertThat(DemoTown.boardPort(next - 1)).isEqualTo(next);
  }

  @Test
  void a_console_at_any_port_or_the_last_one_has_a_board_at_any() throws IOException {
    assertThat(DemoTown.boardPort(0)).isGreaterThan(1);
    assertThat(DemoTown.boardPort(65_535)).isPositive();
  }
}
