package org.towncrier.console.people;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;

class MetricsTokenTest {
  @Test
  void without_a_token_nobody_comes_in_by_one() {
    MockHttpServletRequest request = new MockHttpServletRequest("GET", "/actuator/prometheus");
    request.setServletPath("/actuator/prometheus");
    request.addHeader("Authorization", "Bearer ");
    assertThat(new MetricsToken("").allows(request)).isFalse();
  }

  @Test
  void a_token_that_can_be_guessed_stops_the_start() {
    assertThatThrownBy(() -> new MetricsToken("secret"))
        .hasMessageContaining("towncrier.metrics-token");
  }
}
