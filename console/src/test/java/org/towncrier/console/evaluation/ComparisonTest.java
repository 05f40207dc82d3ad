package org.towncrier.console.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.towncrier.console.evaluation.EvaluationQuery.VariantCount;

class ComparisonTest {
  private final List<VariantCount> counts = new ArrayList<>();

  private void count(String variant, String outcome, long count) {
    counts.add(new VariantCount("taxis", "Taxis", variant, variant + ".txt", outcome, count));
  }

  private Comparison only() {
    return Comparison.of(counts).get(0);
  }

  @Test
  void a_difference_that_chance_does_not_make_is_said_with_its_size() {
    count("a-1", "ACCEPTED", 48);
    count("a-1", "DECLINED_OR_IGNORED", 32);
    count("b-1", "ACCEPTED", 56);
    count("b-1", "DECLINED_OR_IGNORED", 10);
    count("b-1", "UNANSWERED", 4);
    assertThat(only().sentences())
        .containsExactly(
            "B was accepted more often than A: of 100 phones asked, by 5.2 to 33.4 more.");
    assertThat(only().lines())
        .extracting(Comparison.Line::letter, Comparison.Line::asked, Comparison.Line::accepted)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("A", 80L, 48L),
            org.assertj.core.groups.Tuple.tuple("B", 70L, 56L));
    assertThat(only().lines().get(1).percent()).isEqualTo("80%");
  }

  @Test
  void the_other_way_round_it_is_less_often() {
    count("a-1", "ACCEPTED", 56);
    count("a-1", "DECLINED_OR_IGNORED", 14);
    count("b-1", "ACCEPTED", 48);
    count("b-1", "DECLINED_OR_IGNORED", 32);
    assertThat(only().sentences())
        .containsExactly(
            "B was accepted less often than A: of 100 phones asked, by 5.2 to 33.4 fewer.");
  }

  @Test
  void what_chance_may_have_made_is_called_so() {
    count("a-1", "ACCEPTED", 3);
    count("a-1", "DECLINED_OR_IGNORED", 27);
    count("b-1", "ACCEPTED", 6);
    count("b-1", "DECLINED_OR_IGNORED", 24);
    assertThat(only().sentences())
        .singleElement()
        .asString()
        .startsWith("A and B are not told apart from chance")
        .contains("fewer to")
        .contains("more than A");
  }

  @Test
  void several_differences_at_once_need_to_be_larger() {
    count("a-1", "ACCEPTED", 48);
    count("a-1", "DECLINED_OR_IGNORED", 52);
    count("b-1", "ACCEPTED", 63);
    count("b-1", "DECLINED_OR_IGNORED", 37);
    assertThat(only().sentences().get(0)).startsWith("B was accepted more often");
    count("c-1", "ACCEPTED", 48);
    count("c-1", "DECLINED_OR_IGNORED", 52);
    assertThat(only().sentences())
        .hasSize(2)
        .allSatisfy(sentence -> assertThat(sentence).contains("not told apart from chance"));
  }

  @Test
  void who_was_never_asked_counts_on_neither_side() {
    count("a-1", "ACCEPTED", 1);
    count("a-1", "UNSUPPORTED", 500);
    count("a-1", "UNREACHABLE", 20);
    count("a-1", "INTERRUPTED", 3);
    count("a-1", "UNRESOLVED", 2);
    count("b-1", "UNSUPPORTED", 480);
    assertThat(only().lines().get(0).asked()).isEqualTo(1);
    assertThat(only().lines().get(1).percent()).isEmpty();
    assertThat(only().sentences())
        .containsExactly("A and B can't be compared: nobody was asked about B yet.");
  }

  @Test
  void wordings_that_were_not_on_air_together_are_not_compared() {
    count("a-1", "ACCEPTED", 9);
    count("b-1", "ACCEPTED", 8);
    count("a-2", "ACCEPTED", 7);
    count("c-2", "ACCEPTED", 6);
    List<Comparison> both = Comparison.of(counts);
    assertThat(both).hasSize(2);
    assertThat(both.get(0).lines()).extracting(Comparison.Line::accepted).containsExactly(9L, 8L);
    assertThat(both.get(1).lines()).extracting(Comparison.Line::letter).containsExactly("A", "C");
  }
}
