package org.towncrier.console.urgent;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.towncrier.console.message.Draft;
import org.towncrier.console.message.MessageKind;
import org.towncrier.console.message.Target;
import org.towncrier.console.page.Problems;
import org.towncrier.protocol.CampaignId;
import org.towncrier.protocol.ScheduledMessage.Priority;
import org.towncrier.protocol.Window;

/**
 * An urgent message as somebody typed it.
 *
 * @param places site ids
 * @param hours how long it is on air from now
 */
record UrgentForm(String campaign, String title, String text, List<String> places, String hours) {
  /** What can be chosen; a longer need is no longer an urgent one. */
  static final List<String> HOURS = List.of("1", "2", "4", "8");

  UrgentForm {
    places = List.copyOf(places);
  }

  static UrgentForm blank(String campaign) {
    return new UrgentForm(campaign, "", "", List.of(), "2");
  }

  /** The campaign, unless none was chosen. */
  @Nullable CampaignId chosenCampaign(Problems problems) {
    try {
      return new CampaignId(campaign);
    } catch (IllegalArgumentException none) {
      problems.add("campaign", "Select a campaign");
      return null;
    }
  }

  /** The draft: from this minute on, for so many hours. Nothing when something is wrong with it. */
  @Nullable Draft draft(LocalDateTime now, ZoneId zone, Problems problems) {
    List<Target> targets = new ArrayList<>();
    for (String place : places) {
      try {
        targets.add(Target.parse(place));
      } catch (IllegalArgumentException notOne) {
        problems.add("places", "Select places from the list");
      }
    }
    if (targets.isEmpty()) {
      problems.add("places", "Select at least one place");
    }
    if (!HOURS.contains(hours)) {
      problems.add("hours", "Select how long it is on air");
    }
    if (problems.any()) {
      return null;
    }
    LocalDateTime from = now.truncatedTo(ChronoUnit.MINUTES);
    LocalDate day = from.toLocalDate();
    Window window =
        new Window(
            day,
            day,
            EnumSet.copyOf(Set.of(day.getDayOfWeek())),
            from.toLocalTime(),
            from.toLocalTime().plusHours(Long.parseLong(hours)),
            zone);
    return new Draft(
        title.strip(),
        MessageKind.TEXT,
        text.replace("\r\n", "\n"),
        null,
        null,
        "Urgent.txt",
        Priority.URGENT,
        targets,
        List.of(window));
  }
}
