package org.towncrier.town.soak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.OutputStream;
import java.io.PrintStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.towncrier.broadcaster.loop.VirtualEventLoop;
import org.towncrier.hardware.AdapterId;
import org.towncrier.hardware.BluetoothAddress;
import org.towncrier.hardware.OfferResult;
import org.towncrier.protocol.NodeId;
import org.towncrier.town.air.OfferWitness;
import org.towncrier.town.air.SimulatedRadio;
import org.towncrier.town.air.VirtualAir;
import org.towncrier.town.reach.Evening;
import org.towncrier.town.reach.StreetModel;
import org.towncrier.town.reach.VirtualNode;

class SoakTest {
  @Test
  void nights_leave_nothing_behind_and_the_console_counts_what_the_phones_got() {
    List<VirtualMonth.Night> nights = VirtualMonth.live(9, night -> "quiet-evening", night -> {});

    assertThat(VirtualMonth.faults(nights)).isEmpty();
    assertThat(nights.get(8).accepted()).isPositive();
    // The first campaign has ended, the second one goes on.
    assertThat(nights.get(8).rows().byTable())
        .containsEntry("campaign", 2L)
        .containsEntry("tonight", 0L);
  }

  @Test
  void a_night_in_which_nobody_accepted_anything_shows_nothing() {
    Footprint alike = new Footprint(1, 1, 1);
    Rows none = new Rows(Map.of(), List.of());
    List<VirtualMonth.Night> nights = new ArrayList<>();
    for (int n = 1; n <= 6; n++) {
      long accepted = n < 3 ? n : n - 1; // none in the third
      nights.add(
          new VirtualMonth.Night(n, "quiet-evening", n, accepted, accepted, n, 1, none, alike));
    }

    assertThat(VirtualMonth.faults(nights)).containsExactly("night 3: nobody accepted anything");
  }

  @Test
  void a_round_in_which_not_all_were_found_and_pushed_to_shows_nothing() {
    assertThat(Soak.faults(4, Soak.PHONES, Soak.PUSHES)).isEmpty();
    assertThat(Soak.faults(4, Soak.PHONES - 1, Soak.PUSHES - 2))
        .containsExactly("round 4: 1 phones were not found", "round 4: 2 pushes did not arrive");
  }

  @Test
  void rows_that_should_have_gone_are_named() {
    VirtualEventLoop loop = new VirtualEventLoop(Evening.SEVEN);
    VirtualAir air = new VirtualAir(loop, StreetModel.load().air(), 1);
    SimulatedRadio radio = new SimulatedRadio(air, List.of(new AdapterId("hci0")), new Nobody());
    try (VirtualNode node = new VirtualNode(loop, radio, new NodeId("clock"), note -> {})) {
      Instant now = loop.now();
      node.store()
          .run(
              sql -> {
                sql.update(
                    "INSERT INTO campaign (id, first_seen, ends_at) VALUES ('old', 0, 1000)");
                sql.update("INSERT INTO refusal VALUES ('old', 7, 0)");
                sql.update("INSERT INTO tonight (night_phone, training) VALUES (5, 0)");
              });

      assertThat(Rows.of(node.store(), now, 0).leftOver())
          .containsExactlyInAnyOrder(
              "1 rows in campaign, of at most 0",
              "1 rows in refusal of campaigns that have ended",
              "1 rows in tonight, of at most 0");
      node.stop();
      radio.close();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"--nights", "--nights 5", "--nights x", "--nights 1000", "--night 9", "9"})
  void other_words_are_refused(String words) {
    PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
    assertThatThrownBy(() -> new Soak(nowhere, List.of(words.split(" "))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("--nights");
  }

  private static final class Nobody implements OfferWitness {
    @Override
    public void began(BluetoothAddress phone, Instant at) {}

    @Override
    public void ended(BluetoothAddress phone, OfferResult result, Instant at) {}
  }
}
