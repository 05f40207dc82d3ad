package org.towncrier.broadcaster.delivery;

import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.datasketches.hll.HllSketch;
import org.apache.datasketches.hll.TgtHllType;
import org.towncrier.protocol.DeliveryReport;

/**
 * Sketches of the phones seen in each hour. In memory: what a crash takes has been reported but for
 * the last moments, and the sketch that begins anew afterwards is united with the one before by
 * whoever reads the reports.
 */
final class PhonesSeen {
  /** 4,096 registers: within 1.6% (one standard error) and about 2 KB. */
  private static final int LG_K = 12;

  private record Key(Instant hour, boolean training) {}

  private final Map<Key, HllSketch> sketches =
      new TreeMap<>(Comparator.comparing(Key::hour).thenComparing(Key::training));
  private final Set<Key> grown = new HashSet<>();

  void add(long pseudonym, boolean training, Instant hour) {
    Key key = new Key(hour, training);
    HllSketch sketch = sketches.computeIfAbsent(key, made -> new HllSketch(LG_K, TgtHllType.HLL_4));
    double before = sketch.getEstimate();
    sketch.update(pseudonym);
    // A phone that was seen before leaves the sketch, and so the next report, as it is.
    if (sketch.getEstimate() != before) {
      grown.add(key);
    }
  }

  List<DeliveryReport.PhonesSeen> unreported() {
    return sketches.entrySet().stream()
        .filter(entry -> grown.contains(entry.getKey()))
        .map(
            entry ->
                new DeliveryReport.PhonesSeen(
                    entry.getKey().hour(),
                    entry.getKey().training(),
                    entry.getValue().toCompactByteArray()))
        .toList();
  }

  void reported(Instant thisHour) {
    grown.clear();
    sketches.keySet().removeIf(key -> key.hour().isBefore(thisHour));
  }
}
