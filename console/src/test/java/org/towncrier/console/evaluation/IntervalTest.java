package org.towncrier.console.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IntervalTest {
  /** Newcombe 1998 (single proportion), table I, method 3: Wilson without correction. */
  @ParameterizedTest
  @CsvSource({
    "81, 263, 0.2553, 0.3662",
    "15, 148, 0.0624, 0.1605",
    "0, 20, 0.0000, 0.1611",
    "1, 29, 0.0061, 0.1718",
    "29, 29, 0.8830, 1.0000",
  })
  void a_share_lies_where_the_published_examples_say(long some, long all, double from, double to) {
    Interval interval = Interval.ofShare(some, all, 1.959964);
    assertThat(interval.from()).isCloseTo(from, within(0.00006));
    assertThat(interval.to()).isCloseTo(to, within(0.00006));
  }

  /** Newcombe 1998 (difference), table II, method 10. */
  @ParameterizedTest
  @CsvSource({
    "56, 70, 48, 80, 0.0524, 0.3339",
    "9, 10, 3, 10, 0.1705, 0.8090",
    "6, 7, 2, 7, 0.0582, 0.8062",
    "5, 56, 0, 29, -0.0381, 0.1926",
    "0, 10, 0, 20, -0.1611, 0.2775",
    "10, 10, 0, 10, 0.6075, 1.0000",
  })
  void a_difference_lies_where_the_published_examples_say(
      long some, long all, long lessSome, long lessAll, double from, double to) {
    Interval interval = Interval.ofDifference(some, all, lessSome, lessAll, 1.959964);
    assertThat(interval.from()).isCloseTo(from, within(0.00006));
    assertThat(interval.to()).isCloseTo(to, within(0.00006));
  }

  @Test
  void of_nobody_everything_may_be() {
    assertThat(Interval.ofShare(0, 0, 1.96)).isEqualTo(new Interval(0, 1));
    assertThat(Interval.ofDifference(0, 0, 3, 9, 1.96)).isEqualTo(new Interval(-1, 1));
    assertThat(Interval.ofDifference(3, 9, 0, 0, 1.96)).isEqualTo(new Interval(-1, 1));
  }

  @Test
  void two_wordings_that_are_alike_are_told_apart_once_in_twenty() {
    Random random = new Random(20261127);
    int told = 0;
    int trials = 4000;
    for (int trial = 0; trial < trials; trial++) {
      long a = random.doubles(300).filter(draw -> draw < 0.15).count();
      long b = random.doubles(300).filter(draw -> draw < 0.15).count();
      Interval interval = Interval.ofDifference(b, 300, a, 300, 1.96);
      if (interval.from() > 0 || interval.to() < 0) {
        told++;
      }
    }
    assertThat((double) told / trials).isBetween(0.03, 0.06);
  }
}
