package org.towncrier.console.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.towncrier.console.node.TownPlan.Mark;
import org.towncrier.console.node.TownPlan.Place;

class TownPlanTest {
  private static Place place(String name, double latitude, double longitude) {
    return new Place(
        name, "Online", "well", "/nodes/square/" + name, new Position(latitude, longitude));
  }

  private static TownPlan plan(Place... places) {
    return TownPlan.of(List.of(places)).orElseThrow();
  }

  @Test
  void north_is_up_east_is_right_and_nothing_is_cut_off() {
    TownPlan plan = plan(place("south-west", 52.72, -1.37), place("north-east", 52.73, -1.35));
    Mark first = plan.marks().get(0);
    Mark second = plan.marks().get(1);
    assertThat(second.x()).isGreaterThan(first.x());
    assertThat(second.y()).isLessThan(first.y());
    for (Mark mark : plan.marks()) {
      assertThat(mark.x()).isBetween(20, TownPlan.WIDTH - 20);
      assertThat(mark.y()).isBetween(10, TownPlan.HEIGHT - 10);
    }
  }

  @Test
  void the_scale_is_true() {
    // A kilometre and a half from west to east at this latitude.
    TownPlan plan = plan(place("west", 52.72, -1.38), place("east", 52.72, -1.3578));
    int apart = plan.marks().get(1).x() - plan.marks().get(0).x();
    double metres = 0.0222 * 111_320 * Math.cos(Math.toRadians(52.72));
    double bar = Double.parseDouble(plan.scaleWords().replaceAll("[^0-9]", ""));
    double barMetres = plan.scaleWords().endsWith("km") ? bar * 1000 : bar;
    assertThat(barMetres / plan.scale()).isCloseTo(metres / apart, within(0.3));
  }

  @Test
  void one_place_or_several_at_one_spot_are_drawn_in_the_middle_with_their_names_apart() {
    assertThat(plan(place("only", 52.72, -1.37)).marks().get(0).x()).isEqualTo(TownPlan.WIDTH / 2);
    List<Place> heap = new ArrayList<>();
    for (int n = 0; n < 5; n++) {
      heap.add(place("node-" + n, 52.72, -1.37));
    }
    TownPlan plan = TownPlan.of(heap).orElseThrow();
    assertThat(plan.marks().stream().map(Mark::nameY).distinct()).hasSize(5);
  }

  @Test
  void a_place_at_a_pole_breaks_nothing_and_no_place_is_no_plan() {
    assertThat(plan(place("pole", 90, 180), place("other", -90, -180)).marks()).hasSize(2);
    assertThat(TownPlan.of(List.of())).isEmpty();
  }

  @Test
  void a_point_on_the_plan_is_the_place_it_shows() {
    TownPlan plan = plan(place("a", 52.72, -1.37), place("b", 52.725, -1.36));
    Mark mark = plan.marks().get(1);
    double latitude =
        plan.north() + (plan.south() - plan.north()) * mark.y() / (double) TownPlan.HEIGHT;
    double longitude =
        plan.west() + (plan.east() - plan.west()) * mark.x() / (double) TownPlan.WIDTH;
    assertThat(latitude).isCloseTo(52.725, within(0.0001));
    assertThat(longitude).isCloseTo(-1.36, within(0.0001));
  }
}
