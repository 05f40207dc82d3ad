package org.towncrier.broadcaster.delivery;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.towncrier.hardware.AdapterId;
import org.towncrier.protocol.DeliveryReport;

/**
 * Time spent looking that no report holds yet. In memory: a write every ten seconds all night long
 * would wear a node's SD card for figures that may lack half a minute after a crash.
 */
final class Coverage {
  private record Key(Instant hour, String adapter) {}

  private final Map<Key, Duration> looked =
      new TreeMap<>(Comparator.comparing(Key::hour).thenComparing(Key::adapter));

  void add(AdapterId adapter, Instant from, Duration length) {
    Instant end = from.plus(length);
    while (from.isBefore(end)) {
      Instant hour = DeliveryLog.hourOf(from);
      Instant next = hour.plus(1, ChronoUnit.HOURS);
      Instant until = next.isBefore(end) ? next : end;
      looked.merge(new Key(hour, adapter.value()), Duration.between(from, until), Duration::plus);
      from = until;
    }
  }

  List<DeliveryReport.Coverage> unreported() {
    return looked.entrySet().stream()
        .filter(entry -> entry.getValue().toSeconds() > 0)
        .map(
            entry ->
                new DeliveryReport.Coverage(
                    entry.getKey().adapter(),
                    entry.getKey().hour(),
                    Math.min(3600, entry.getValue().toSeconds())))
        .toList();
  }

  /** Keeps the fractions of a second, and only those of the hour that is not over. */
  void reported(Instant thisHour) {
    looked.keySet().removeIf(key -> key.hour().isBefore(thisHour));
    looked.replaceAll((key, time) -> time.minusSeconds(time.toSeconds()));
  }
}
