package org.towncrier.broadcaster.round;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.towncrier.broadcaster.round.FakePhone.Behaviour;
import org.towncrier.broadcaster.round.FakePhone.Prompt;
import org.towncrier.broadcaster.round.Square.Plan;
import org.towncrier.hardware.AdapterStatus.Health;
import org.towncrier.protocol.CampaignId;
import org.towncrier.protocol.ContactRules;
import org.towncrier.protocol.DeliveryReport.OutcomeCount;
import org.towncrier.protocol.MessageId;
import org.towncrier.protocol.NodeSchedule;
import org.towncrier.protocol.Outcome;
import org.towncrier.protocol.ScheduledMessage;
import org.towncrier.protocol.ScheduledMessage.Priority;
import org.towncrier.protocol.Window;

/**
 * Whatever the street does, and whoever pulls the plug: the rules hold and the counts agree with
 * the phones' own receipts. Each seed is another street, over two nights.
 */
class StreetPropertyTest {
  private static final List<CampaignId> CAMPAIGNS =
      List.of(new CampaignId("evenings"), new CampaignId("taxis"));

  @Property(tries = 15, shrinking = ShrinkingMode.OFF)
  void the_rules_hold_on_any_street(@ForAll long seed) throws IOException {
    Path folder = Files.createTempDirectory("street");
    try (Street street = new Street(folder, new Random(seed))) {
      street.live();
      street.check();
    } finally {
      try (var files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  private static final String[] ADAPTERS = {"hci0", "hci1", "hci2", "hci3"};

  private static final class Street implements AutoCloseable {
    private final Random random;
    private final Square square;
    private final ContactRules rules;
    private final List<ScheduledMessage> messages;
    private final List<NodeSchedule> schedules = new ArrayList<>();
    private int kills;

    Street(Path folder, Random random) {
      this.random = random;
      this.square =
          new Square(
              folder,
              Square.EVENING.minus(Duration.ofMinutes(70)),
              Arrays.copyOf(ADAPTERS, 1 + random.nextInt(ADAPTERS.length)));
      this.rules = new ContactRules(1 + random.nextInt(3), 1 + random.nextInt(3), 60);
      Plan plan = new Plan();
      int count = 1 + random.nextInt(5);
      for (int i = 0; i < count; i++) {
        plan.message(
            "message-" + i,
            CAMPAIGNS.get(random.nextInt(CAMPAIGNS.size())),
            Priority.values()[random.nextInt(3)],
            window());
      }
      this.messages = plan.messages;
      for (int i = 1 + random.nextInt(25); i > 0; i--) {
        phone();
      }
    }

    private Window window() {
      // Some reach past the permitted hours, which must not matter.
      return Window.daily(
          LocalTime.of(17 + random.nextInt(4), 30),
          LocalTime.of(random.nextInt(7), 0),
          Square.LONDON);
    }

    private void phone() {
      FakePhone phone = square.phone(Behaviour.values()[random.nextInt(Behaviour.values().length)]);
      phone.services = List.of(Set.of(0x1105, 0x110A), Set.of(0x110A)).get(random.nextInt(2));
      phone.allServices = random.nextInt(3) == 0;
      Instant start = square.time.now();
      if (random.nextInt(3) > 0) {
        phone.from = start.plusSeconds(random.nextInt(4 * 3600));
        phone.until = phone.from.plusSeconds(random.nextInt(3 * 3600));
      }
    }

    /** Two nights, of which the busiest hours and the ends of the permitted hours are lived. */
    void live() {
      square.start();
      apply(messages);
      for (int night = 0; night < 2; night++) {
        for (int step = 0; step < 30; step++) {
          square.seconds(1 + random.nextInt(150));
          event();
        }
        jumpTo(
            Square.EVENING.plus(Duration.ofDays(night)).plus(Duration.ofHours(8)).minusSeconds(90));
        square.seconds(180);
        jumpTo(Square.EVENING.plus(Duration.ofDays(night + 1)));
      }
      // Whatever is under way comes to its end.
      square.permittedHours = Window.daily(LocalTime.of(4, 0), LocalTime.of(4, 1), Square.LONDON);
      Plan hold = plan(messages);
      hold.hold = true;
      square.apply(hold.build());
      square.seconds(120);
      square.report();
    }

    /** Lives the hours, or, to be quick, sleeps through them as a node without power does. */
    private void jumpTo(Instant moment) {
      if (random.nextInt(8) == 0) {
        square.time.advanceTo(moment);
        return;
      }
      square.seconds(61);
      square.kill();
      kills++;
      square.time.setClock(moment);
      square.start();
      square.apply(schedules.get(schedules.size() - 1));
    }

    private void event() {
      switch (random.nextInt(14)) {
        case 0 -> {
          awaitWorstMoment();
          square.kill();
          kills++;
          if (random.nextBoolean()) {
            square.seconds(random.nextInt(600));
          }
          square.start();
          square.apply(schedules.get(schedules.size() - 1));
        }
        case 1 -> apply(messages.stream().filter(message -> random.nextInt(4) > 0).toList());
        case 2 -> apply(messages);
        case 3 -> {
          Plan plan = plan(messages);
          plan.hold = true;
          square.apply(plan.build());
          square.seconds(random.nextInt(60));
          apply(messages);
        }
        case 4 -> square.radio.set(adapter(), Health.RECOVERING);
        case 5, 8 -> square.radio.set(adapter(), Health.UP);
        case 9 -> square.radio.set(adapter(), Health.DOWN);
        case 6 -> {
          FakePhone phone = square.phones.get(random.nextInt(square.phones.size()));
          phone.behaviour = Behaviour.values()[random.nextInt(Behaviour.values().length)];
        }
        case 7 -> square.report();
        default -> {}
      }
    }

    private String adapter() {
      return square.adapters[random.nextInt(square.adapters.length)];
    }

    private void awaitWorstMoment() {
      for (int i = random.nextInt(300); i > 0 && !square.radio.anAnswerIsOnItsWay(); i--) {
        square.pass(Duration.ofMillis(100));
      }
    }

    private Plan plan(List<ScheduledMessage> chosen) {
      Plan plan = new Plan();
      plan.revision = schedules.size() + 1L;
      plan.contact = rules;
      CAMPAIGNS.forEach(
          campaign -> plan.campaigns.put(campaign, Square.EVENING.plus(Duration.ofDays(60))));
      plan.messages.addAll(chosen);
      return plan;
    }

    private void apply(List<ScheduledMessage> chosen) {
      NodeSchedule schedule = plan(chosen).build();
      schedules.add(schedule);
      square.apply(schedule);
    }

    void check() {
      assertThat(square.breaches()).as("what the radio forbids").isEmpty();
      square.phones.forEach(this::checkPhone);
      checkCounts();
    }

    private void checkPhone(FakePhone phone) {
      assertThat(phone.prompts).extracting(Prompt::object).as("asked once").doesNotHaveDuplicates();
      Map<Object, Long> perNight =
          phone.prompts.stream()
              .collect(Collectors.groupingBy(prompt -> night(prompt.at()), Collectors.counting()));
      assertThat(perNight.values())
          .as("the nightly budget")
          .allSatisfy(count -> assertThat(count).isLessThanOrEqualTo(rules.offersPerNight()));
      for (Prompt refused : phone.refusals) {
        assertThat(phone.prompts)
            .as("after a refusal of %s", refused.object())
            .filteredOn(prompt -> campaign(prompt).equals(campaign(refused)))
            .allSatisfy(prompt -> assertThat(prompt.at()).isBeforeOrEqualTo(refused.at()));
      }
      Window permitted = Window.daily(LocalTime.of(19, 0), LocalTime.of(4, 0), Square.LONDON);
      assertThat(phone.prompts)
          .as("only in the permitted hours and while on air")
          .allMatch(prompt -> permitted.isOpen(prompt.at()))
          .allMatch(prompt -> message(prompt.object()).onAir(prompt.at()));
    }

    private void checkCounts() {
      List<OutcomeCount> counts = square.allCounts();
      long ended =
          counts.stream()
              .filter(count -> count.outcome() != Outcome.WITHHELD)
              .mapToLong(OutcomeCount::count)
              .sum();
      // Phones that say they have no Object Push are counted, once a night at most, and not called.
      long uncalled = square.phones.stream().filter(Street::saysNoObjectPush).count();
      assertThat(ended)
          .as("every offer has one outcome")
          .isBetween(square.offersMade(), square.offersMade() + 2 * uncalled);
      assertThat(ended - sum(counts, Outcome.UNSUPPORTED))
          .as("every offer has one outcome, those of phones without Object Push apart")
          .isEqualTo(square.offersMade() - square.searchedInVain());
      assertThat(square.radios.stream().flatMap(radio -> radio.offers.stream()))
          .as("nobody calls a phone that says it has no Object Push")
          .noneMatch(offer -> saysNoObjectPush(offer.phone));
      assertThat(square.radios.stream().flatMap(radio -> radio.offers.stream()))
          .as("no call holds its link past the deadline")
          .allMatch(offer -> offer.held().compareTo(Duration.ofSeconds(60)) <= 0);
      for (ScheduledMessage message : messages) {
        long accepted = sum(counts, message.id(), Outcome.ACCEPTED);
        long unresolved = sum(counts, message.id(), Outcome.UNRESOLVED);
        long received =
            square.phones.stream()
                .flatMap(phone -> phone.receipts.stream())
                .filter(receipt -> receipt.object().equals(message.object().name()))
                .count();
        assertThat(received)
            .as("receipts of %s, after %s kills", message.id(), kills)
            .isBetween(accepted, accepted + unresolved);
        assertThat(unresolved)
            .as("offers of %s whose end nobody can know", message.id())
            .isEqualTo(
                square.radios.stream()
                    .flatMap(radio -> radio.offers.stream())
                    .filter(offer -> offer.object.name().equals(message.object().name()))
                    .filter(offer -> offer.nobodyCanKnow)
                    .count());
      }
    }

    private static boolean saysNoObjectPush(FakePhone phone) {
      return phone.allServices && phone.services != null && !phone.services.contains(0x1105);
    }

    private static long sum(List<OutcomeCount> counts, Outcome outcome) {
      return counts.stream()
          .filter(count -> count.outcome() == outcome)
          .mapToLong(OutcomeCount::count)
          .sum();
    }

    private static long sum(List<OutcomeCount> counts, MessageId message, Outcome outcome) {
      return counts.stream()
          .filter(count -> count.message().equals(message) && count.outcome() == outcome)
          .mapToLong(OutcomeCount::count)
          .sum();
    }

    private static Object night(Instant at) {
      return at.atZone(Square.LONDON).minusHours(12).toLocalDate();
    }

    private CampaignId campaign(Prompt prompt) {
      return message(prompt.object()).campaign();
    }

    private ScheduledMessage message(String object) {
      return messages.stream()
          .filter(message -> message.object().name().equals(object))
          .findFirst()
          .orElseThrow();
    }

    @Override
    public void close() {
      square.close();
    }
  }
}
