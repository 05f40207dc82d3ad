package org.towncrier.console.people;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
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
  void a_port_of_its_own_for_figures_is_held_to_the_same() {
    assertThatCode(() -> ListenSafely.management(null, null, false)).doesNotThrowAnyException();
    assertThatCode(() -> ListenSafely.management("-1", null, false)).doesNotThrowAnyException();
    assertThatCode(() -> ListenSafely.management("8081", "127.0.0.1", false))
        .doesNotThrowAnyException();
    assertThatCode(() -> ListenSafely.management("8081", "0.0.0.0", true))
        .doesNotThrowAnyException();
    assertThatThrownBy(() -> ListenSafely.management("8081", null, false))
        .hasMessageContaining("every address")
        .hasMessageContaining("management.server.address");
    assertThatThrownBy(() -> ListenSafely.management("8081", "10.0.0.7", false))
        .hasMessageContaining("10.0.0.7");
  }

  @Test
  void the_console_does_not_start_where_its_figures_would_cross_a_network(@TempDir Path data) {
    assertThatThrownBy(() -> new TestConsole(data, "--management.server.port=0").close())
        .hasStackTraceContaining("management.server.address");
  }

  @Test
  void behind_a_proxy_people_come_from_where_the_proxy_says(@TempDir Path data) throws Exception {
    try (TestConsole console = new TestConsole(data, "--towncrier.behind-tls-proxy=true")) {
      HttpResponse<String> answer =
          HttpClient.newHttpClient()
              .send(
                  HttpRequest.newBuilder(URI.create(console.url() + "/messages"))
                      .header("X-Forwarded-Proto", "https")
                      .header("X-Forwarded-For", "203.0.113.9")
                      .build(),
                  HttpResponse.BodyHandlers.ofString());
      assertThat(answer.headers().firstValue("Strict-Transport-Security")).isPresent();
      assertThat(answer.headers().firstValue("Set-Cookie").orElse("")).contains("Secure");
    }
  }

  @Test
  void the_console_does_not_start_where_passwords_would_cross_a_network(@TempDir Path data) {
    assertThatThrownBy(() -> new TestConsole(data, "--server.address=0.0.0.0").close())
        .hasStackTraceContaining("server.ssl.certificate");
  }
}
