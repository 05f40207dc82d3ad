package org.towncrier.town.reach;

import java.util.List;
import java.util.stream.IntStream;

/**
 * An estimate from several seeds with its 95% confidence interval.
 *
 * @param mean the estimate
 * @param low lower end
 * @param high upper end
 */
public record Interval(double mean, double low, double high) {
  private static final double NORMAL_975 = 1.959963985;

  /** Of the mean of independent values. */
  static Interval ofMean(List<Double> values) {
    double mean = average(values);
    double squares = values.stream().mapToDouble(v -> (v - mean) * (v - mean)).sum();
    int n = values.size();
    return around(mean, n < 2 ? Double.NaN : Math.sqrt(squares / (n - 1) / n), n);
  }

  /**
   * Of the ratio of two sums over the same seeds, by the jackknife: seeds with few phones weigh
   * little, and what both owe to the same evening cancels.
   */
  static Interval ofRatio(List<Double> above, List<Double> below) {
    double up = sum(above);
    double down = sum(below);
    int n = above.size();
    List<Double> without =
        IntStream.range(0, n).mapToObj(i -> (up - above.get(i)) / (down - below.get(i))).toList();
    double mean = average(without);
    double squares = without.stream().mapToDouble(v -> (v - mean) * (v - mean)).sum();
    return around(up / down, n < 2 ? Double.NaN : Math.sqrt(squares * (n - 1) / n), n);
  }

  private static Interval around(double mean, double error, int n) {
    double reach = student975(n - 1) * error;
    return new Interval(mean, mean - reach, mean + reach);
  }

  /** Student's quantile by its expansion (Abramowitz and Stegun 26.7.5); 0.1% off from 9 on. */
  static double student975(int freedom) {
    double z = NORMAL_975;
    double z3 = z * z * z;
    double z5 = z3 * z * z;
    double first = (z3 + z) / 4 / freedom;
    double second = (5 * z5 + 16 * z3 + 3 * z) / 96 / freedom / freedom;
    return z + first + second;
  }

  private static double sum(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).sum();
  }

  private static double average(List<Double> values) {
    return sum(values) / values.size();
  }
}
