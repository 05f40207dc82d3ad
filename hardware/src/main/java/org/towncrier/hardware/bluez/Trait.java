package org.towncrier.hardware.bluez;

import java.util.EnumSet;
import java.util.Set;
import java.util.function.BiPredicate;
import org.towncrier.hardware.RadioName;

/** One thing about an adapter that has to be so before it may speak to a phone. */
public enum Trait {
  POWERED("switched on", (name, facts) -> facts.current().contains(AdapterMode.POWERED)),
  CLASSIC("classic Bluetooth", (name, facts) -> facts.current().contains(AdapterMode.CLASSIC)),
  NOT_CONNECTABLE("not connectable", without(AdapterMode.CONNECTABLE)),
  NOT_DISCOVERABLE("not discoverable", without(AdapterMode.DISCOVERABLE)),
  NOT_BONDABLE("not bondable", without(AdapterMode.BONDABLE)),
  NO_LINK_SECURITY("no PIN asked of phones", without(AdapterMode.LINK_SECURITY)),
  SECURE_SIMPLE_PAIRING(
      "secure simple pairing",
      (name, facts) -> facts.current().contains(AdapterMode.SECURE_SIMPLE_PAIRING)),
  NAME("its name", (name, facts) -> facts.name().equals(name.value())),
  CLASS("its class of device", (name, facts) -> facts.classOfDevice() == AdapterSetUp.CLASS);

  private final String words;
  private final BiPredicate<RadioName, AdapterFacts> holds;

  Trait(String words, BiPredicate<RadioName, AdapterFacts> holds) {
    this.words = words;
    this.holds = holds;
  }

  private static BiPredicate<RadioName, AdapterFacts> without(AdapterMode mode) {
    return (name, facts) -> !facts.current().contains(mode);
  }

  /** Those that don't hold. */
  public static Set<Trait> missing(RadioName name, AdapterFacts facts) {
    Set<Trait> missing = EnumSet.noneOf(Trait.class);
    for (Trait trait : values()) {
      if (!trait.holds.test(name, facts)) {
        missing.add(trait);
      }
    }
    return missing;
  }

  /** For the person who looks after the node. */
  @Override
  public String toString() {
    return words;
  }
}
