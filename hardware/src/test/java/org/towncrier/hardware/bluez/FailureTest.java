package org.towncrier.hardware.bluez;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.channels.AsynchronousCloseException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class FailureTest {
  @ParameterizedTest
  @CsvSource({
    "112, UNREACHABLE", // page timeout
    "110, UNREACHABLE",
    "16, UNREACHABLE",
    "111, REFUSED",
    "13, REFUSED", // no pairing
    "104, LINK_LOST",
    "103, LINK_LOST",
    "32, LINK_LOST",
    "19, ADAPTER",
    "100, ADAPTER",
    "113, ADAPTER", // the kernel finds no adapter with that address
    "132, ADAPTER",
    "1, ADAPTER",
    "24, OTHER",
    "4711, OTHER"
  })
  void an_error_number_says_whose_fault_it_is(int number, Failure failure) {
    assertThat(Failure.of(new ErrnoException("connect to the phone", number))).isEqualTo(failure);
  }

  @Test
  void so_do_other_errors() {
    assertThat(Failure.of(new SocketTimeoutException("late"))).isEqualTo(Failure.UNREACHABLE);
    assertThat(Failure.of(new AsynchronousCloseException())).isEqualTo(Failure.CLOSED);
    assertThat(Failure.of(new SdpFormatException("rubbish"))).isEqualTo(Failure.NONSENSE);
    assertThat(Failure.of(new IOException("anything"))).isEqualTo(Failure.OTHER);
  }

  @Test
  void only_a_wrong_moment_is_worth_another_try() {
    assertThat(Failure.momentary(new ErrnoException("connect", Errno.EBUSY.number()))).isTrue();
    assertThat(Failure.momentary(new ErrnoException("connect", Errno.EMLINK.number()))).isTrue();
    assertThat(Failure.momentary(new ErrnoException("connect", Errno.EHOSTDOWN.number())))
        .isFalse();
    assertThat(Failure.momentary(new SocketTimeoutException("late"))).isFalse();
  }

  @ParameterizedTest
  @EnumSource(Errno.class)
  void every_known_error_is_sorted(Errno errno) {
    assertThat(Failure.of(errno)).isNotNull();
  }
}
