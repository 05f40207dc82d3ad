package org.towncrier.hardware.rig;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Without the service's two capabilities, the operator is told which are missing. */
@Guest(controllers = 3, rights = Guest.Rights.NOBODY)
class RightsOnRig {
  @Test
  void what_is_missing_is_said_by_name() throws Exception {
    try (Square square = new Square(1)) {
      square.radio().start(status -> {});

      Square.await("it says", () -> square.status(0).detail().contains("CAP_NET"));

      assertThat(square.status(0).detail()).contains("CAP_NET_RAW", "CAP_NET_ADMIN");
    }
  }
}
