package org.towncrier.console.people;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.towncrier.console.TestConsole;

class ListenSafelyTest {
  @Test
  void loopback_needs_no_tls_and_every_other_address_does() throws Exception {
    InetAddress wide = InetAddress.getByName("0.0.0.0");
    assertThatCode(() -> ListenSafely.refusal(InetAddress.getByName("127.0.0.1"), false))
        .doesNotThrowAnyException();
    assertThatCode(() -> ListenSafely.refusal(InetAddress.getByName("::1"), false))
        .doesNotThrowAnyException();
    assertThatCode(() -> ListenSafely.refusal(wide, true)).doesNotThrowAnyException();
    assertThatThrownBy(() -> ListenSafely.refusal(wide, false)).hasMessageContaining("0.0.0.0");
    assertThatThrownBy(() -> ListenSafely.refusal(null, false))
        .hasMessageContaining("every address");
  }

  @Test
  void the_console_does_not_start_where_passwords_would_cross_a_network(@TempDir Path data) {
    assertThatThrownBy(() -> new TestConsole(data, "--server.address=0.0.0.0").close())
        .hasStackTraceContaining("server.ssl.certificate");
  }
}
