package org.towncrier.town.whole;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.towncrier.town.whole.WholeTown.APPROVER;
import static org.towncrier.town.whole.WholeTown.AUTHOR;
import static org.towncrier.town.whole.WholeTown.CLOCK_TOWER;
import static org.towncrier.town.whole.WholeTown.LONG;
import static org.towncrier.town.whole.WholeTown.SAFER_EVENINGS;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.towncrier.console.message.Draft;
import org.towncrier.console.message.MessageVersion;
import org.towncrier.console.message.Wording;
import org.towncrier.console.writing.Text;
import org.towncrier.hardware.BluetoothAddress;
import org.towncrier.hardware.emulator.EmulatedAddress;
import org.towncrier.hardware.emulator.EmulatedPhone;
import org.towncrier.hardware.emulator.PhoneBehaviour;
import org.towncrier.hardware.emulator.PhoneSettings;
import org.towncrier.protocol.CampaignId;
import org.towncrier.protocol.MessageId;
import org.towncrier.protocol.NodeId;
import org.towncrier.protocol.NodeState;
import org.towncrier.protocol.NodeState.CommandState;
import org.towncrier.protocol.NodeState.MessageState.Status;
import org.towncrier.protocol.Outcome;
import org.towncrier.protocol.SiteId;

/** The road a message takes, from a draft to a phone, and back as a count. */
@Timeout(300)
class RoadTest {
  private static final RandomGenerator RANDOM = RandomGenerator.getDefault();
  private static final CampaignId CAMPAIGN = new CampaignId("safer-evenings");

  @TempDir Path folder;
  private WholeTown town;
  private Path node;

  @BeforeEach
  void openTheTown() throws Exception {
    town = WholeTown.embedded(folder);
    node = town.addNode(CLOCK_TOWER);
    town.addNode(WholeTown.TOWN_HALL);
  }

  @AfterEach
  void closeTheTown() {
    town.close();
  }

  @Test
  void an_approved_message_reaches_a_phone_that_is_near_and_comes_back_as_a_count()
      throws Exception {
    town.startNodes(node);
    EmulatedPhone phone = appears(new PhoneBehaviour.Accepts(Duration.ofMillis(200)));
    assertThat(town.town().await(LONG, state -> state.phonesNear() > 0)).isTrue();
    assertThat(phone.prompts()).isEmpty();

    town.console().takeIn(SAFER_EVENINGS, AUTHOR, APPROVER);

    await().atMost(LONG).until(() -> phone.receipts().size() == 1);
    await().atMost(LONG).until(() -> counted(Outcome.ACCEPTED) == 1);
  }

  @Test
  void nothing_is_offered_before_a_second_person_approved_it() throws Exception {
    town.startNodes(node);
    town.console().takeInAsDraft(SAFER_EVENINGS, AUTHOR);
    EmulatedPhone phone = appears(new PhoneBehaviour.Accepts(Duration.ZERO));
    assertThat(town.town().await(LONG, state -> state.phonesNear() > 0)).isTrue();
    MessageId first = town.messages().of(CAMPAIGN).get(0).message();

    town.messages().submit(AUTHOR, first);
    int edit = town.messages().find(first).orElseThrow().edit();
    assertThat(onAir()).isEmpty();
    assertThat(phone.prompts()).isEmpty();

    town.messages().approve(APPROVER, first, edit);
    await().atMost(LONG).until(() -> phone.receipts().size() == 1);
    await().atMost(LONG).until(() -> onAir().equals(Set.of(first)));
  }

  @Test
  void a_schedule_changed_while_a_node_is_away_is_applied_when_it_is_back() throws Exception {
    town.startNodes(node);
    town.console().takeIn(SAFER_EVENINGS, AUTHOR, APPROVER);
    await().atMost(LONG).until(() -> onAir().size() >= 4);
    long before = town.book().states().get(0).revision();
    town.town().close();
    MessageId cancelled = town.messages().of(CAMPAIGN).get(0).message();
    town.messages().cancel(APPROVER, cancelled);

    town.startNodes(node);

    await().atMost(LONG).until(() -> !onAir().isEmpty() && !onAir().contains(cancelled));
    assertThat(town.book().states().get(0).revision()).isGreaterThan(before);
  }

  @Test
  void a_cancelled_message_stops_also_while_a_phone_is_being_asked_about_it() throws Exception {
    town.startNodes(node);
    EmulatedPhone phone = appears(new PhoneBehaviour.Accepts(Duration.ofMinutes(2)));
    town.console().takeIn(SAFER_EVENINGS, AUTHOR, APPROVER);
    await().atMost(LONG).until(() -> phone.prompts().size() == 1);

    town.messages()
        .of(CAMPAIGN)
        .forEach(message -> town.messages().cancel(APPROVER, message.message()));

    await().atMost(LONG).until(() -> counted(Outcome.WITHDRAWN) == 1);
    await().atMost(LONG).until(() -> onAir().isEmpty());
    EmulatedPhone late = appears(new PhoneBehaviour.Accepts(Duration.ZERO));
    assertThat(town.town().await(LONG, state -> state.phonesNear() >= 2)).isTrue();
    assertThat(late.prompts()).isEmpty();
    assertThat(phone.receipts()).isEmpty();
  }

  @Test
  void a_node_without_its_console_goes_on_and_its_counts_come_later() throws Exception {
    town.startNodes(node);
    town.console().takeIn(SAFER_EVENINGS, AUTHOR, APPROVER);
    await().atMost(LONG).until(() -> onAir().size() >= 4);

    town.stopConsole();
    EmulatedPhone phone = appears(new PhoneBehaviour.Accepts(Duration.ZERO));
    await().atMost(LONG).until(() -> phone.receipts().size() == 1);
    assertThat(counted(Outcome.ACCEPTED)).isZero();

    town.startConsole();
    await().atMost(LONG).until(() -> counted(Outcome.ACCEPTED) == 1);
  }

  @Test
  void a_test_offer_reaches_the_node_s_own_test_phone_alone_and_takes_nothing_from_what_is_counted()
      throws Exception {
    BluetoothAddress ours = EmulatedAddress.random(CLOCK_TOWER.place(), RANDOM);
    Files.writeString(
        node, "%ntestPhones: [\"%s\"]%n".formatted(ours.hex()), StandardOpenOption.APPEND);
    town.startNodes(node);
    town.console().takeIn(SAFER_EVENINGS, AUTHOR, APPROVER);
    EmulatedPhone testPhone = appears(ours, new PhoneBehaviour.Accepts(Duration.ZERO));
    EmulatedPhone stranger = appears(new PhoneBehaviour.Accepts(Duration.ZERO));
    await().atMost(LONG).until(() -> counted(Outcome.ACCEPTED) == 2);

    SiteId site = new SiteId("marlborough-square");
    NodeId clockTower = new NodeId("clock-tower");
    MessageId first = town.messages().of(CAMPAIGN).get(0).message();
    town.commands().testOffer(site, clockTower, first, APPROVER);

    await().atMost(LONG).until(() -> testPhone.receipts().size() == 2);
    await()
        .atMost(LONG)
        .until(
            () ->
                town.book().states().stream()
                    .map(NodeState::command)
                    .anyMatch(
                        command ->
                            command != null
                                && command.status() == CommandState.Status.DONE
                                && command.detail().contains("1 accepted it")));
    assertThat(stranger.receipts()).hasSize(1);
    assertThat(counted(Outcome.ACCEPTED)).isEqualTo(2);
  }

  @Test
  void each_wording_reaches_the_phones_that_drew_it_and_is_counted_apart() throws Exception {
    town.startNodes(node);
    town.console().takeInAsDraft(SAFER_EVENINGS, AUTHOR);
    MessageVersion first = town.messages().of(CAMPAIGN).get(0);
    town.messages().save(AUTHOR, first.message(), first.edit(), inTwoWordings(first.draft()));
    town.messages().submit(AUTHOR, first.message());
    int edit = town.messages().find(first.message()).orElseThrow().edit();
    town.messages().approve(APPROVER, first.message(), edit);
    await().atMost(LONG).until(() -> onAir().equals(Set.of(first.message())));

    List<EmulatedPhone> phones = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      phones.add(appears(new PhoneBehaviour.Accepts(Duration.ZERO)));
    }

    await().atMost(LONG).until(() -> counted(Outcome.ACCEPTED) == phones.size());
    Map<String, Long> received = new HashMap<>();
    for (EmulatedPhone phone : phones) {
      assertThat(phone.receipts()).hasSize(1);
      received.merge(phone.receipts().get(0).name(), 1L, Long::sum);
    }
    assertThat(town.book().acceptedByFile()).isEqualTo(received);
  }

  private static Draft inTwoWordings(Draft draft) {
    Wording one = draft.first();
    Wording two =
        new Wording("Way home.txt", List.of(Text.english("Walk with a friend.")), null, null);
    return new Draft(
        draft.title(),
        draft.kind(),
        List.of(one, two),
        draft.priority(),
        draft.targets(),
        draft.windows());
  }

  private EmulatedPhone appears(PhoneBehaviour behaviour) throws Exception {
    return appears(EmulatedAddress.random(CLOCK_TOWER.place(), RANDOM), behaviour);
  }

  private EmulatedPhone appears(BluetoothAddress address, PhoneBehaviour behaviour)
      throws Exception {
    EmulatedPhone phone = town.air().phone(PhoneSettings.android(address, behaviour));
    phone.appear();
    return phone;
  }

  private long counted(Outcome outcome) throws Exception {
    return town.book().counts().values().stream()
        .mapToLong(counts -> counts.getOrDefault(outcome, 0L))
        .sum();
  }

  /** What the nodes say they have on air. */
  private Set<MessageId> onAir() throws Exception {
    List<NodeState> states = town.book().states();
    return states.stream()
        .flatMap(state -> state.messages().stream())
        .filter(message -> message.status() == Status.ON_AIR)
        .map(NodeState.MessageState::id)
        .collect(Collectors.toSet());
  }
}
