package org.towncrier.console.urgent;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.towncrier.console.message.Target;
import org.towncrier.console.message.TextForm;
import org.towncrier.console.page.Problems;
import org.towncrier.protocol.CampaignId;

/**
 * An urgent message as somebody typed it.
 *
 * @param places site ids
 * @param hours how long it is on air from now
 */
record UrgentForm(
    String campaign, String title, List<TextForm> texts, List<String> places, String hours) {
  /** What can be chosen; a longer need is no longer an urgent one. */
  static final List<String> HOURS = UrgentMessages.hours().stream().map(String::valueOf).toList();

  private static final Pattern REMOVE = Pattern.compile("remove-language-([0-9])");

  UrgentForm {
    texts = List.copyOf(texts);
    places = List.copyOf(places);
  }

  static UrgentForm blank(String campaign) {
    return new UrgentForm(campaign, "", TextForm.english(""), List.of(), "2");
  }

  /**
   * After a press on one of the form's own buttons.
   *
   * @param change {@code add-language} or {@code remove-language-2}; anything else changes nothing
   */
  UrgentForm changed(String change) {
    Matcher remove = REMOVE.matcher(change);
    List<TextForm> changed =
        remove.matches()
            ? TextForm.without(texts, Integer.parseInt(remove.group(1)))
            : change.equals("add-language") ? TextForm.inAnotherLanguage(texts) : texts;
    return new UrgentForm(campaign, title, changed, places, hours);
  }

  /** Whether it may be in one more language. */
  public boolean hasRoom() {
    return TextForm.hasRoom(texts);
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

  /** The places, unless something is wrong with them. */
  List<Target> targets(Problems problems) {
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
    return targets;
  }

  /** How long it is on air; 0, with a problem noted, when nothing of the list was chosen. */
  int chosenHours(Problems problems) {
    if (HOURS.contains(hours)) {
      return Integer.parseInt(hours);
    }
    problems.add("hours", "Select how long it is on air");
    return 0;
  }
}
