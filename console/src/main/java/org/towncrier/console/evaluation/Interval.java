package org.towncrier.console.evaluation;

/**
 * Between what a share, or the difference of two, may lie.
 *
 * <p>Wilson's score interval for one share, and Newcombe's hybrid score interval for a difference
 * (R. G. Newcombe, "Interval estimation for the difference between independent proportions", 1998,
 * method 10): both hold for small counts and for shares near nothing, where the usual formula does
 * not.
 */
public record Interval(double from, double to) {

  /**
   * The share of some among all.
   *
   * @param z standard deviations on either side: 1.96 for 95%
   */
  static Interval ofShare(long some, long all, double z) {
    if (all == 0) {
      return new Interval(0, 1);
    }
    double share = (double) some / all;
    double square = z * z;
    double middle = share + square / (2 * all);
    double half = z * Math.sqrt((share * (1 - share) + square / (4 * all)) / all);
    double whole = 1 + square / all;
    return new Interval(
        some == 0 ? 0 : (middle - half) / whole, some == all ? 1 : (middle + half) / whole);
  }

  /** One share less another. */
  static Interval ofDifference(long some, long all, long lessSome, long lessAll, double z) {
    if (all == 0 || lessAll == 0) {
      return new Interval(-1, 1);
    }
    double share = (double) some / all;
    double less = (double) lessSome / lessAll;
    Interval one = ofShare(some, all, z);
    Interval other = ofShare(lessSome, lessAll, z);
    return new Interval(
        share - less - Math.hypot(share - one.from(), other.to() - less),
        share - less + Math.hypot(one.to() - share, less - other.from()));
  }
}
