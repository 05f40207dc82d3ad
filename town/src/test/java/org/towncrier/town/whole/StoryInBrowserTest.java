package org.towncrier.town.whole;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.towncrier.town.whole.WholeTown.CLOCK_TOWER;
import static org.towncrier.town.whole.WholeTown.TOWN_HALL;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.towncrier.console.TestConsole;
import org.towncrier.console.browser.Chromium;
import org.towncrier.console.browser.PageAudit;
import org.towncrier.console.campaign.Campaign;
import org.towncrier.console.campaign.Campaigns;
import org.towncrier.console.people.People;
import org.towncrier.console.people.Role;
import org.towncrier.hardware.BluetoothAddress;
import org.towncrier.hardware.emulator.EmulatedAddress;
import org.towncrier.hardware.emulator.EmulatedPhone;
import org.towncrier.hardware.emulator.PhoneBehaviour;
import org.towncrier.hardware.emulator.PhoneSettings;
import org.towncrier.hardware.emulator.Receipt;
import org.towncrier.protocol.CampaignId;
import org.towncrier.town.stage.NodeFile;
import org.towncrier.town.stage.NodePlan;

/**
 * The whole story as the people of the team live it, in a browser, with real nodes and phones in
 * the squares: from a first draft to a file on somebody's phone, and back as a count.
 */
@Tag("browser")
@Timeout(600)
class StoryInBrowserTest {
  private static final String AUTHOR = "ann";
  private static final String APPROVER = "ben";
  private static final String BOTH = "bo";
  private static final String ADMINISTRATOR = "ada";
  private static final ZoneId ZONE = ZoneId.of("Europe/London");
  private static final RandomGenerator RANDOM = RandomGenerator.getDefault();
  private static final BluetoothAddress TEAM_PHONE =
      EmulatedAddress.random(TOWN_HALL.place(), RANDOM);

  @TempDir Path folder;
  @TempDir Path profile;
  private final PageAudit audit = new PageAudit();
  private WholeTown town;
  private Chromium chromium;

  @BeforeEach
  void openTheTown() throws Exception {
    town = WholeTown.embedded(folder);
    Path square = town.addNode(CLOCK_TOWER);
    Path street = town.addNode(TOWN_HALL);
    NodeFile.testPhones(street, List.of(TEAM_PHONE));
    person(AUTHOR, "Ann Author", Role.AUTHOR);
    person(APPROVER, "Ben Approver", Role.APPROVER);
    person(BOTH, "Bo Both", Role.AUTHOR, Role.APPROVER);
    person(ADMINISTRATOR, "Ada Ministrator", Role.ADMINISTRATOR);
    town.console().takeInAsDraft(WholeTown.SAFER_EVENINGS, AUTHOR);
    town.startNodes(square, street);
    chromium = new Chromium(town.console().address(), profile);
  }

  @AfterEach
  void closeTheTown() {
    if (chromium != null) {
      chromium.close();
    }
    town.close();
  }

  @Test
  void three_people_bring_a_message_to_phones_answer_a_danger_and_hold_a_training_night()
      throws Exception {
    writtenReturnedMendedAndApproved();
    watchedAsItArrives();
    anUrgentMessageGoesBeforeAllOthersUntilItIsCancelled();
    aTrainingNightReachesTheTeamsOwnPhoneAlone();
    pausedResumedReadAndCancelled();
    audit.verdict();
  }

  private void writtenReturnedMendedAndApproved() {
    chromium.as(AUTHOR);
    look("home");
    chromium.open("/messages");
    look("messages");
    chromium.press("New message");
    chromium.press("Save");
    assertThat(chromium.text()).contains("There is a problem").contains("Enter a title");
    look("new-with-errors");
    chromium.type("title", "Last bus");
    chromium.type("text", "Buses go home until late.");
    chromium.until("It says who speaks");
    look("new-typed");
    chromium.press("Save");
    assertThat(chromium.path()).isEqualTo("/messages/last-bus/schedule");
    chromium.choose("Marlborough Square: every node");
    atAnyHour();
    look("where-and-when");
    chromium.press("Save");
    look("draft");
    chromium.press("Where and when");
    chromium.press("Add more times");
    chromium.type("except", LocalDate.now(ZONE).plusDays(20).toString());
    look("more-times");
    chromium.press("Remove times 2");
    chromium.press("Back");
    chromium.press("Send for approval");
    assertThat(chromium.text()).contains("Sent for approval");

    chromium.as(APPROVER);
    assertThat(chromium.text()).contains("1\nwaiting for approval");
    chromium.press("Last bus");
    look("to-decide");
    chromium.press("Return to its author");
    assertThat(chromium.text()).contains("Enter what should be changed");
    chromium.type("reason", "Say when the last bus leaves.");
    chromium.press("Return to its author");
    assertThat(chromium.text()).contains("Returned to its author");

    chromium.as(AUTHOR);
    chromium.open("/messages/last-bus");
    assertThat(chromium.text()).contains("Say when the last bus leaves.");
    look("returned");
    chromium.press("Edit");
    chromium.type("text", "The last bus to Ashby leaves the square at 23:15.");
    chromium.press("Save");
    chromium.press("Send for approval");

    // Who writes, too, decides on what others wrote.
    chromium.as(BOTH);
    chromium.open("/messages/last-bus");
    chromium.press("Approve: it goes on air as scheduled");
    assertThat(chromium.text())
        .contains("Approved. Its nodes are told now")
        .contains("Live")
        .contains("The last bus to Ashby leaves the square at 23:15.");
    look("live");
  }

  /** The page is open all the while, and nobody reloads it. */
  private void watchedAsItArrives() throws Exception {
    chromium.press("See it node by node");
    chromium.until("1 of 1 node does as told: to offer it.");
    look("on-air-node-by-node");
    chromium.open("/messages/last-bus");
    assertThat(count("ACCEPTED")).isEqualTo("0");
    EmulatedPhone willing =
        appears(CLOCK_TOWER, new PhoneBehaviour.Accepts(Duration.ofMillis(300)));
    EmulatedPhone unwilling =
        appears(CLOCK_TOWER, new PhoneBehaviour.Declines(Duration.ofMillis(300)));
    counts("ACCEPTED", "1");
    counts("DECLINED_OR_IGNORED", "1");
    look("arrived");
    assertThat(willing.receipts()).hasSize(1);
    Receipt receipt = willing.receipts().get(0);
    assertThat(receipt.name()).isEqualTo("Last bus.txt");
    assertThat(receipt.sha256())
        .isEqualTo(Receipt.sha256(file("The last bus to Ashby leaves the square at 23:15.")));
    assertThat(unwilling.receipts()).isEmpty();
    assertThat(unwilling.prompts()).hasSize(1);
    willing.close();
    unwilling.close();
  }

  private void anUrgentMessageGoesBeforeAllOthersUntilItIsCancelled() throws Exception {
    chromium.as(AUTHOR);
    chromium.open("/messages");
    chromium.press("Urgent message");
    chromium.type("title", "Gas leak");
    chromium.type("text", "Leave the square by Belvoir Road. Help is coming.");
    chromium.choose("Marlborough Square");
    look("urgent-form");
    chromium.press("Send to an approver now");

    chromium.as(APPROVER);
    chromium.open("/");
    chromium.press("Gas leak");
    look("urgent-to-decide");
    chromium.press("Approve: it goes out at once");
    chromium.press("See it node by node");
    chromium.until("1 of 1 node does as told: to offer it.");
    look("urgent-on-air");
    EmulatedPhone passer = appears(CLOCK_TOWER, new PhoneBehaviour.Accepts(Duration.ofMillis(300)));
    chromium.open("/messages/gas-leak");
    counts("ACCEPTED", "1");
    assertThat(passer.receipts()).extracting(Receipt::name).containsExactly("Urgent.txt");
    passer.close();

    chromium.press("Cancel this message");
    look("urgent-cancel");
    chromium.press("Yes, cancel it now");
    look("urgent-stopping");
    chromium.until("1 of 1 node does as told: to stop.");
    look("urgent-stopped");
    EmulatedPhone late = appears(CLOCK_TOWER, new PhoneBehaviour.Accepts(Duration.ofMillis(300)));
    chromium.open("/messages/last-bus");
    counts("ACCEPTED", "2");
    assertThat(late.receipts()).extracting(Receipt::name).containsExactly("Last bus.txt");
    late.close();
  }

  private void aTrainingNightReachesTheTeamsOwnPhoneAlone() throws Exception {
    chromium.as(ADMINISTRATOR);
    chromium.open("/sites/market-street");
    look("site");
    chromium.press("Begin training");
    look("training-ask");
    chromium.press("Begin training");
    // Words are shown in capitals.
    assertThat(chromium.text()).containsIgnoringCase("Training at Market Street");
    look("training-site");
    chromium.open("/");
    look("training-home");

    chromium.as(AUTHOR);
    chromium.open("/messages");
    assertThat(chromium.text()).containsIgnoringCase("Training at Market Street");
    chromium.press("New message");
    chromium.type("title", "Training words");
    chromium.type("text", "The team tries its nodes tonight.");
    chromium.press("Save");
    chromium.choose("Market Street: every node");
    atAnyHour();
    chromium.press("Save");
    chromium.press("Send for approval");
    chromium.as(APPROVER);
    chromium.open("/messages/training-words");
    look("training-message");
    chromium.press("Approve: it goes on air as scheduled");

    EmulatedPhone stranger = appears(TOWN_HALL, new PhoneBehaviour.Accepts(Duration.ofMillis(300)));
    EmulatedPhone team =
        town.air()
            .phone(
                PhoneSettings.android(
                    TEAM_PHONE, new PhoneBehaviour.Accepts(Duration.ofMillis(300))));
    team.appear();
    waitUntil("the team's phone has it", () -> team.receipts().size() == 1);
    chromium.open("/nodes/market-street/town-hall");
    chromium.until("Training");
    look("training-node");
    assertThat(stranger.prompts()).isEmpty();
    // What the nodes had to report is in, and the public counts have nothing of it.
    waitUntil(
        "all reports are confirmed",
        () ->
            town.town()
                .await(
                    WholeTown.LONG,
                    state ->
                        state.unacknowledgedReports() == 0
                            && (!state.node().equals(TOWN_HALL.node()) || state.training())));
    chromium.open("/messages/training-words");
    assertThat(count("ACCEPTED")).isEqualTo("0");
    look("training-counts-nothing");

    chromium.as(ADMINISTRATOR);
    chromium.open("/sites/market-street/training");
    look("training-end");
    chromium.press("End training");
    assertThat(chromium.text()).doesNotContainIgnoringCase("Training at Market Street");
  }

  private void pausedResumedReadAndCancelled() throws Exception {
    chromium.as(APPROVER);
    chromium.open("/messages/last-bus");
    chromium.press("Pause");
    assertThat(chromium.text()).contains("No node offers it until it is resumed.");
    look("paused");
    chromium.open("/plan?site=marlborough-square&day=" + LocalDate.now(ZONE) + "&time=23:40");
    look("plan-answer");
    chromium.open("/messages/last-bus");
    chromium.press("Resume");
    chromium.press("End early");
    look("end");
    chromium.press("No, let it go on");
    chromium.press("Read every version");
    look("versions");
    chromium.press("Back to the message");
    chromium.press("Cancel this message");
    look("cancel");
    chromium.press("Yes, cancel it now");
    assertThat(chromium.text()).contains("Cancelled");
    chromium.until("1 of 1 node does as told: to stop.");
    look("cancelled");
  }

  private void person(String username, String name, Role... roles) {
    People people = town.console().service(People.class);
    people.setPassword(people.add(username, name, Set.of(roles)), TestConsole.PASSWORD);
  }

  private void atAnyHour() {
    chromium.choose("Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday");
    chromium.type("opens", "00:00");
    chromium.type("closes", "00:00");
  }

  private EmulatedPhone appears(NodePlan near, PhoneBehaviour behaviour) throws Exception {
    EmulatedPhone phone =
        town.air()
            .phone(PhoneSettings.android(EmulatedAddress.random(near.place(), RANDOM), behaviour));
    phone.appear();
    return phone;
  }

  /** Waits until the open page shows that count by itself. */
  private void counts(String outcome, String number) {
    waitUntil(outcome + " is " + number, () -> count(outcome).equals(number));
  }

  private String count(String outcome) {
    return chromium.textOf("[data-live$='/" + outcome + "']");
  }

  /** The file as phones are sent it: the words, who speaks, and how to object. */
  private byte[] file(String words) {
    Campaign campaign =
        town.console()
            .service(Campaigns.class)
            .find(new CampaignId("safer-evenings"))
            .orElseThrow();
    return (words + "\n\n" + campaign.sender() + "\n" + campaign.contact() + "\n")
        .getBytes(StandardCharsets.UTF_8);
  }

  private static void waitUntil(String what, Callable<Boolean> condition) {
    await(what).atMost(WholeTown.LONG).until(condition);
  }

  private void look(String name) {
    audit.look(chromium, "town-" + name);
  }
}
