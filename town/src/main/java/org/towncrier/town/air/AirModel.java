package org.towncrier.town.air;

import java.time.Duration;

/**
 * The numbers of the radio. All times are seconds, all shares of one; where each comes from is in
 * {@code street-model.yaml}.
 */
public record AirModel(Inquiry inquiry, Link link, Signal signal) {
  private static final double NANOS = 1e9;

  /**
   * How phones are found.
   *
   * @param unit a look lasts a multiple of it
   * @param train how long a train of frequencies is repeated before the other one
   * @param scanInterval how often a phone listens
   * @param backoff the longest wait of a v1.1 phone between hearing and answering
   * @param v11 share of phones that answer the second inquiry they hear
   * @param v12Standard share that answer the first
   * @param v12Interlaced share that listen to both trains at once
   * @param answerLost share of answers lost in the air
   * @param lostByOtherInquirer share lost to each other adapter that looks meanwhile
   * @param heardWhilePaging share of answers heard while the adapter pages
   * @param heardWhileSending share heard while it transfers an object
   * @param lostByIdleLink share lost to each link that is open
   */
  public record Inquiry(
      double unit,
      double train,
      double scanInterval,
      double backoff,
      double v11,
      double v12Standard,
      double v12Interlaced,
      double answerLost,
      double lostByOtherInquirer,
      double heardWhilePaging,
      double heardWhileSending,
      double lostByIdleLink) {
    public Inquiry {
      if (Math.abs(v11 + v12Standard + v12Interlaced - 1) > 1e-9) {
        throw new IllegalArgumentException("the shares of scanning phones add up to one");
      }
    }
  }

  /**
   * How phones are reached, and objects transferred.
   *
   * @param pageScanInterval how often a phone listens for pages
   * @param wrongTrain share of pages that begin with the wrong frequencies
   * @param otherTrain what those take longer
   * @param pageTimeout when a page is given up
   * @param setUpFrom shortest set-up of a link once its page was heard
   * @param setUpTo longest
   * @param sdpFrom shortest search for the service
   * @param sdpTo longest
   * @param obexFrom shortest way from the service to the prompt
   * @param obexTo longest
   * @param bytesPerSecond of all links of an adapter together
   * @param answer from the last packet to its answer
   * @param slowedByLooking how many times as long everything takes while the adapter looks
   * @param supervisionTimeout how long a link is held to a phone that is gone
   * @param pageLostNear share of pages that fail close by
   * @param pageLostFar share that fail at the edge of the range
   * @param lostPerMinute share of links that break in a minute for no reason one can see
   */
  public record Link(
      double pageScanInterval,
      double wrongTrain,
      double otherTrain,
      double pageTimeout,
      double setUpFrom,
      double setUpTo,
      double sdpFrom,
      double sdpTo,
      double obexFrom,
      double obexTo,
      double bytesPerSecond,
      double answer,
      double slowedByLooking,
      double supervisionTimeout,
      double pageLostNear,
      double pageLostFar,
      double lostPerMinute) {
    /**
     * The least time between an offer's beginning and the phone's having the object, besides what
     * its owner takes: heard at once, its channel known, and nobody looking.
     */
    public Duration least(int bytes) {
      return seconds(setUpFrom + obexFrom + bytes / bytesPerSecond);
    }
  }

  /**
   * How strong phones are heard.
   *
   * @param near dBm close by
   * @param far dBm at the edge of the range
   * @param noise dB, from one answer to the next
   * @param edge how long someone who comes or goes is at the edge
   */
  public record Signal(double near, double far, double noise, double edge) {}

  /** That many seconds. */
  public static Duration seconds(double seconds) {
    return Duration.ofNanos(Math.round(seconds * NANOS));
  }
}
