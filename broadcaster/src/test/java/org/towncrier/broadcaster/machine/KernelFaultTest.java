package org.towncrier.broadcaster.machine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.towncrier.broadcaster.machine.Finding.Level;

class KernelFaultTest {
  @ParameterizedTest
  @CsvSource({
    "6.1.0-41-amd64, '#1 SMP PREEMPT_DYNAMIC Debian 6.1.192-1 (2026-11-06)', 6.1.192",
    "6.12.47+rpt-rpi-v8, '#1 SMP PREEMPT Debian 1:6.12.47-1+rpt1 (2025-09-16)', 6.12.47",
    "6.1.176, '#1 Tue Nov 24 12:16:50 UTC 2026', 6.1.176",
    "6.8.0-45-generic, '#45-Ubuntu SMP', 6.8.0",
    "7.0, '', 7.0.0",
    "6.14-rc3, '', 6.14.0",
  })
  void the_version_is_what_the_kernel_was_built_from(String release, String build, String version) {
    assertThat(KernelVersion.of(release, build).orElseThrow()).hasToString(version);
  }

  @ParameterizedTest
  @CsvSource({"'', ''", "custom, kernel", "v6.1, x", "99999999999.1.1, x"})
  void a_version_that_cannot_be_read_is_none(String release, String build) {
    assertThat(KernelVersion.of(release, build)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"6.1.191", "6.1.192"})
  void kernels_that_stop_the_machine_when_a_phone_walks_away_are_named(String version) {
    Finding finding = judge(version);
    assertThat(finding.level()).isEqualTo(Level.RISK);
    assertThat(finding.found()).contains(version, "stops this whole machine");
    assertThat(finding.advice()).contains("6.1.190 or older", "6.14 or newer");
  }

  @ParameterizedTest
  @CsvSource({"6.1.193", "6.1.999", "6.6.120", "6.12.47", "5.10.250"})
  void of_a_kernel_that_nobody_has_read_it_says_so(String version) {
    Finding finding = judge(version);
    assertThat(finding.level()).isEqualTo(Level.NOTE);
    assertThat(finding.found()).contains(version);
    assertThat(finding.advice()).isNotEmpty();
  }

  @ParameterizedTest
  @CsvSource({"6.1.176", "6.1.190", "6.14.0", "6.18.3", "7.0.0"})
  void a_kernel_without_the_fault_is_well(String version) {
    assertThat(judge(version)).isEqualTo(Finding.ok("kernel", "Linux " + version));
  }

  @Test
  void versions_are_compared_as_numbers() {
    assertThat(version("6.1.9")).isLessThan(version("6.1.10"));
    assertThat(version("6.2.0")).isGreaterThan(version("6.1.192"));
    assertThat(version("5.19.0")).isLessThan(version("6.0.0"));
  }

  private static Finding judge(String version) {
    return KernelFault.judge(version(version));
  }

  private static KernelVersion version(String text) {
    return KernelVersion.of(text, "").orElseThrow();
  }
}
