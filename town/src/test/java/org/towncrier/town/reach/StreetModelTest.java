package org.towncrier.town.reach;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.towncrier.hardware.emulator.PhoneBehaviour;
import org.towncrier.town.air.PhoneTraits.Scan;
import tools.jackson.databind.JsonNode;

class StreetModelTest {
  private final StreetModel model = StreetModel.load();

  @Test
  void every_number_names_its_source() {
    List<String> without = new ArrayList<>();
    int numbers = check("", StreetModel.file(), without);

    assertThat(numbers).isGreaterThan(60);
    assertThat(without).isEmpty();
  }

  @Test
  void there_are_three_streets() {
    assertThat(model.streets().keySet())
        .containsExactly("quiet-evening", "busy-friday", "event-crowd");
  }

  @Test
  void an_evening_is_the_same_for_the_same_seed_and_another_for_another() {
    assertThat(Evening.draw(model, "busy-friday", 3))
        .isEqualTo(Evening.draw(model, "busy-friday", 3))
        .isNotEqualTo(Evening.draw(model, "busy-friday", 4));
  }

  @Test
  void people_come_as_often_and_stay_as_long_as_the_plan_says() {
    List<Passer> all = passers("busy-friday");
    StreetModel.Plan plan = model.street("busy-friday");
    double perEvening = plan.passersPerHour() * plan.hours() * model.phones().discoverable();

    // Those who leave before they have read the sign are not drawn.
    assertThat(all.size() / 20.0).isBetween(0.85 * perEvening, perEvening);
    List<Duration> stays =
        all.stream().map(p -> Duration.between(p.comes(), p.leaves())).sorted().toList();
    assertThat(stays.get(stays.size() / 2).toSeconds() / plan.stayMedian()).isBetween(0.9, 1.25);
    assertThat(all).allMatch(p -> !p.visibleFrom().isBefore(p.comes()));
    assertThat(all).allMatch(p -> !p.visibleUntil().isAfter(p.leaves()));
    assertThat(all).allMatch(p -> p.visibleFrom().isBefore(p.visibleUntil()));
  }

  @Test
  void more_come_at_the_peak_than_at_the_end() {
    List<Passer> all = passers("busy-friday");

    assertThat(inHour(all, 3) / (double) inHour(all, 0)).isBetween(1.5, 2.2); // 1.3 to 0.7
  }

  @Test
  void owners_answer_within_the_phones_patience_or_not_at_all() {
    List<PhoneBehaviour> owners =
        passers("busy-friday").stream().map(p -> p.traits().behaviour()).toList();

    assertThat(owners)
        .filteredOn(owner -> owner instanceof PhoneBehaviour.Accepts)
        .isNotEmpty()
        .allMatch(o -> ((PhoneBehaviour.Accepts) o).after().compareTo(Duration.ofSeconds(50)) < 0);
    assertThat(owners)
        .filteredOn(owner -> owner instanceof PhoneBehaviour.Ignores)
        .isNotEmpty()
        .allMatch(o -> ((PhoneBehaviour.Ignores) o).until().equals(Duration.ofSeconds(50)));
    assertThat(owners).anyMatch(owner -> owner instanceof PhoneBehaviour.Declines);
    double without =
        owners.stream().filter(o -> o instanceof PhoneBehaviour.NoObjectPush).count()
            / (double) owners.size();
    assertThat(without).isBetween(0.54, 0.61); // 0.15 no phones, and half of the rest
  }

  @Test
  void kinds_of_scan_have_their_shares() {
    List<Passer> all = passers("busy-friday");
    double interlaced =
        all.stream().filter(p -> p.traits().scan() == Scan.V1_2_INTERLACED).count()
            / (double) all.size();

    assertThat(interlaced).isBetween(0.68, 0.72);
  }

  private List<Passer> passers(String street) {
    List<Passer> all = new ArrayList<>();
    for (int seed = 1; seed <= 20; seed++) {
      all.addAll(Evening.draw(model, street, seed).passers());
    }
    return all;
  }

  private static long inHour(List<Passer> passers, int hour) {
    return passers.stream()
        .filter(p -> Duration.between(Evening.SEVEN, p.comes()).toHours() == hour)
        .count();
  }

  private static int check(String path, JsonNode node, List<String> without) {
    if (node.has("is")) {
      if (node.path("source").asString("").isBlank()) {
        without.add(path);
      }
      return 1;
    }
    if (!node.isObject() || node.isEmpty()) {
      without.add(path);
      return 0;
    }
    return node.properties().stream()
        .mapToInt(entry -> check(path + "/" + entry.getKey(), entry.getValue(), without))
        .sum();
  }
}
