package org.towncrier.console.noticeboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.towncrier.console.TestPicture;
import org.towncrier.console.message.Draft;
import org.towncrier.console.message.MessageKind;
import org.towncrier.console.message.Messages;
import org.towncrier.console.message.Target;
import org.towncrier.console.node.NodeOverview;
import org.towncrier.protocol.CampaignId;
import org.towncrier.protocol.Limits;
import org.towncrier.protocol.MessageId;
import org.towncrier.protocol.ScheduledMessage.Priority;
import org.towncrier.protocol.SiteId;
import org.towncrier.protocol.Window;

@Timeout(120)
class BoardWithoutRoomTest {
  private static final ZoneId LONDON = ZoneId.of("Europe/London");

  @TempDir Path data;

  @Test
  void what_no_schedule_has_room_for_is_not_said_to_be_on_air() throws Exception {
    try (PublicTown town = PublicTown.open(data)) {
      town.onAir("first");
      for (int n = 0; n < 7; n++) {
        approve(town, new MessageId("picture-" + n));
      }
      NodeOverview nodes = town.console().bean(NodeOverview.class);
      while (nodes.one("square", "square-north").orElseThrow().leftOut().isEmpty()) {
        Thread.sleep(100);
      }
      // The board is read anew after five seconds at the latest.
      while (town.visitor().get(PublicTown.path("picture-6")).text().contains("On air now")) {
        Thread.sleep(100);
      }
      assertThat(town.visitor().get(PublicTown.path("picture-4")).text()).contains("On air now");
    }
  }

  private static void approve(PublicTown town, MessageId id) {
    LocalDate today = LocalDate.now(LONDON);
    Messages messages = town.console().bean(Messages.class);
    messages.create(
        "ann",
        new CampaignId("first"),
        id,
        new Draft(
            id.value(),
            MessageKind.IMAGE,
            "A map",
            null,
            TestPicture.jpegOf(Limits.OBJECT_BYTES),
            id + ".jpg",
            Priority.NORMAL,
            List.of(new Target(new SiteId("square"), null)),
            List.of(
                new Window(
                    today,
                    today.plusDays(5),
                    Set.of(DayOfWeek.values()),
                    LocalTime.MIDNIGHT,
                    LocalTime.MIDNIGHT,
                    LONDON))));
    messages.submit("ann", id);
    messages.approve("ben", id, messages.find(id).orElseThrow().edit());
  }
}
