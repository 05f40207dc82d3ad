package org.towncrier.town.bench.radio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

class BarsTest {
  private static final Figures OBEXD = new Figures("obexd", 200, 150, 10, 60, 0);

  @Test
  void exactly_as_good_as_asked_is_good_enough() {
    assertThat(Bars.judge(new Figures("towncrier", 999, 150, 1, 60, 0), OBEXD))
        .allMatch(Bars.Judged::reached);
  }

  @ParameterizedTest
  @CsvSource({
    "151, 60, 0, one push at least as quick as obexd's",
    "150, 49.9, 0, seven at once at least 5 times obexd's one at a time",
    "150, 59.9, 0, seven at once at least obexd's seven at once",
    "150, 60, 1, every push arrives",
  })
  void what_is_worse_is_missed_by_its_name(long push, double seven, int failed, String missed) {
    List<String> all =
        Bars.judge(new Figures("towncrier", 1, push, 10, seven, failed), OBEXD).stream()
            .filter(judged -> !judged.reached())
            .map(Bars.Judged::bar)
            .toList();

    assertThat(all).contains(missed);
  }

  @Test
  void beside_an_obexd_that_does_its_work_there_is_a_comparison() {
    assertThat(Bars.noComparison(OBEXD)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"10, 60, 1", "0, 60, 0", "10, 0, 0", "0, 0, 14"})
  void beside_one_that_fails_there_is_none(double one, double seven, int failed) {
    assertThat(Bars.noComparison(new Figures("obexd", 200, 150, one, seven, failed)))
        .hasValueSatisfying(
            why ->
                assertThat(why)
                    .startsWith("No comparison: " + failed + " of obexd's pushes did not arrive"));
  }

  @Test
  void figures_are_one_object_a_line_and_read_back_as_they_were() {
    Figures figures = new Figures("towncrier", 152, 71, 11.4, 78.6, 0);

    String line = new JsonMapper().writeValueAsString(figures);

    assertThat(line)
        .isEqualTo(
            "{\"sender\":\"towncrier\",\"find_ms\":152,\"push_ms\":71,\"per_minute_one\":11.4,"
                + "\"per_minute_seven\":78.6,\"failed\":0}");
    assertThat(new JsonMapper().readValue(line, Figures.class)).isEqualTo(figures);
  }

  @Test
  void of_laps_the_middle_times_and_the_mean_rates_count() {
    Figures figures =
        Figures.of(
            "obexd",
            List.of(
                new Lap("obexd", 900, List.of(50.0, 70.0), 10, 60, 1),
                new Lap("obexd", 200.4, List.of(5000.0), 12, 70, 0),
                new Lap("obexd", 100, List.of(60.0, 40.0), 11.04, 80, 1)));

    assertThat(figures).isEqualTo(new Figures("obexd", 200, 60, 11, 70, 2));
  }

  @Test
  void a_sender_of_which_nothing_arrived_has_no_figures() {
    assertThatThrownBy(() -> Figures.of("obexd", List.of(new Lap("obexd", 1, List.of(), 0, 0, 14))))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void every_sender_is_found_by_the_name_it_prints() {
    assertThat(Senders.labels()).containsExactlyInAnyOrder("towncrier", "obexd", "bluecove-gpl");
    for (String label : Senders.labels()) {
      assertThat(Senders.named(label).label()).isEqualTo(label);
    }
  }
}
