package org.towncrier.town.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.towncrier.protocol.MessageId;
import org.towncrier.protocol.Outcome;

class RunSummaryTest {
  @ParameterizedTest
  @CsvSource({
    "5, 5, 0, true",
    "5, 4, 0, false",
    "5, 6, 0, false",
    "5, 6, 1, true",
    "5, 5, 1, true",
    "5, 7, 1, false",
    "0, 0, 0, true",
  })
  void counts_agree_when_only_unresolved_offers_stand_between_them(
      long accepted, long received, long unresolved, boolean agree) {
    RunSummary summary =
        new RunSummary(
            List.of(
                new RunSummary.MessageRun(
                    new MessageId("home"),
                    "Getting home",
                    Map.of(Outcome.ACCEPTED, accepted, Outcome.UNRESOLVED, unresolved),
                    received)));

    assertThat(summary.agrees()).isEqualTo(agree);
  }

  @Test
  void one_message_too_many_is_not_made_up_for_by_another() {
    RunSummary summary = new RunSummary(List.of(run("a", 3, 4), run("b", 4, 3)));

    assertThat(summary.accepted()).isEqualTo(summary.received());
    assertThat(summary.agrees()).isFalse();
  }

  @Test
  void it_is_one_line_of_json() {
    assertThat(new RunSummary(List.of(run("a", 3, 3))).json())
        .isEqualTo(
            "{\"messages\":[{\"id\":\"a\",\"title\":\"A\",\"accepted\":3,\"received\":3,"
                + "\"declinedOrIgnored\":0,\"unanswered\":0,\"unsupported\":0,\"unreachable\":0,"
                + "\"interrupted\":0,\"radioFault\":0,\"withdrawn\":0,\"unresolved\":0,"
                + "\"withheld\":0}],\"accepted\":3,\"received\":3,\"agree\":true}");
  }

  private static RunSummary.MessageRun run(String id, long accepted, long received) {
    return new RunSummary.MessageRun(
        new MessageId(id),
        id.toUpperCase(Locale.ROOT),
        Map.of(Outcome.ACCEPTED, accepted),
        received);
  }
}
