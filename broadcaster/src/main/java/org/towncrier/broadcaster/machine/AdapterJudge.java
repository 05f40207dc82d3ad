package org.towncrier.broadcaster.machine;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.towncrier.hardware.RadioName;
import org.towncrier.hardware.bluez.AdapterFacts;
import org.towncrier.hardware.bluez.AdapterMode;
import org.towncrier.hardware.bluez.Trait;

/** What the facts about an adapter mean, before and after it was set up. Pure. */
public final class AdapterJudge {
  private AdapterJudge() {}

  /**
   * An adapter as it was found.
   *
   * @param id its name in the settings
   */
  public static Finding found(String id, AdapterFacts facts) {
    String state =
        facts.current().contains(AdapterMode.POWERED)
            ? "there, and switched on"
            : "there, and switched off";
    return Finding.ok(
        "adapter " + id,
        id.equals(facts.systemName()) ? state : state + ", as " + facts.systemName());
  }

  /**
   * What became of it when it was opened.
   *
   * @param name what it has to speak as
   */
  public static Finding setUp(String id, RadioName name, AdapterFacts was, AdapterFacts is) {
    String about = "set-up " + id;
    Set<Trait> missing = Trait.missing(name, is);
    if (!missing.isEmpty()) {
      return Finding.problem(
          about,
          "it is not as it has to be: " + words(missing),
          "see what is said of the radio; if bluetoothd runs, stop it");
    }
    Set<Trait> changed = Trait.missing(name, was);
    return Finding.ok(
        about,
        "speaks as \"%s\", class 0x%s; nobody can find it, call it or bond with it; %s"
            .formatted(
                name,
                "%06x".formatted(is.classOfDevice()).toLowerCase(Locale.ROOT),
                changed.isEmpty() ? "it was so before" : "set just now: " + words(changed)));
  }

  private static String words(Set<Trait> traits) {
    return List.copyOf(traits).stream()
        .sorted()
        .map(Trait::toString)
        .collect(Collectors.joining(", "));
  }
}
