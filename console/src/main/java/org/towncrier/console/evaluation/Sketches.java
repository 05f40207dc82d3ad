package org.towncrier.console.evaluation;

import java.util.List;
import org.apache.datasketches.hll.HllSketch;
import org.apache.datasketches.hll.TgtHllType;
import org.apache.datasketches.hll.Union;
import org.towncrier.console.publish.RefusedPayloadException;

/** Sketches of phones seen: united, and turned into numbers. */
final class Sketches {
  /** As nodes make them: 4,096 registers, within 1.6% (one standard error). */
  private static final int LG_K = 12;

  private Sketches() {}

  /**
   * Looks at one before it is kept for ever.
   *
   * @throws RefusedPayloadException if it is not a sketch as nodes make them
   */
  static void check(byte[] sketch) throws RefusedPayloadException {
    boolean fits;
    try {
      fits = HllSketch.heapify(sketch).getLgConfigK() == LG_K;
    } catch (RuntimeException damaged) {
      // The library throws whatever the bytes lead it to.
      fits = false;
    }
    if (!fits) {
      throw new RefusedPayloadException("phonesSeen: a sketch is not HLL with lgK " + LG_K);
    }
  }

  static byte[] unite(byte[] one, byte[] other) {
    return union(List.of(one, other)).getResult(TgtHllType.HLL_4).toCompactByteArray();
  }

  static long estimate(Iterable<byte[]> sketches) {
    return Math.round(union(sketches).getEstimate());
  }

  private static Union union(Iterable<byte[]> sketches) {
    Union union = new Union(LG_K);
    sketches.forEach(sketch -> union.update(HllSketch.heapify(sketch)));
    return union;
  }
}
