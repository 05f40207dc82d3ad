package org.towncrier.town.reach;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReachPlotTest {
  private static final Pattern INTERVAL =
      Pattern.compile("<line [^>]*y1='([0-9.]+)'[^>]*y2='([0-9.]+)'[^>]*stroke='#d4351c'");

  @TempDir Path folder;

  @Test
  void an_interval_that_reaches_above_all_the_willing_is_drawn_whole() throws Exception {
    Path file = folder.resolve("reach.svg");

    ReachPlot.draw(List.of(row("look-then-seven", 60, 55, 65), row("bound", 100, 90, 110)), file);

    List<MatchResult> intervals = INTERVAL.matcher(Files.readString(file)).results().toList();
    assertThat(intervals).hasSize(2);
    // 220 pixels for 120 phones, below a margin of 50.
    assertThat(intervals.get(1).group(1)).isEqualTo("105.0");
    assertThat(intervals.get(1).group(2)).isEqualTo("68.3");
  }

  private static Row row(String policy, double reached, double low, double high) {
    return new Row(
        "square", 1, policy, 100, reached, low, high, 1, 1, 1, 1, 1, 1, 10, 1, 0.5, 0.5, Map.of());
  }
}
