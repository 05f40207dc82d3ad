package org.towncrier.console.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.towncrier.console.Browser;
import org.towncrier.console.TestConsole;
import org.towncrier.protocol.MessageId;
import org.towncrier.protocol.NodeState.MessageState;

/** A message's whole life, by the people it takes, in a browser. */
@Tag("browser")
class StoryInBrowserTest {
  @TempDir static Path data;
  @TempDir static Path profile;
  static TestConsole console;
  static Chromium chromium;
  static final PageAudit AUDIT = new PageAudit();

  @BeforeAll
  static void start() {
    console = new TestConsole(data);
    Browser administrator = console.administrator();
    Browser ann = console.person(administrator, "ann", "Ann Author", "AUTHOR");
    console.person(administrator, "ben", "Ben Approver", "APPROVER");
    console.person(administrator, "bo", "Bo Both", "AUTHOR", "APPROVER");
    console.node("square", "Marlborough Square", "square-north");
    console.node("square", "Marlborough Square", "square-south");
    console.node("street", "Market Street", "street-east");
    console.person(administrator, "ada", "Ada Ministrator", "ADMINISTRATOR");
    ann.submit(
        ann.get("/campaigns/import").form("/campaigns/import"),
        Map.of(
            "file",
            new Browser.Upload(
                "c.yaml",
                TestConsole.campaign("winter", "square", "Before")
                    .getBytes(StandardCharsets.UTF_8))));
    chromium = new Chromium(console.url(), profile);
  }

  @AfterAll
  static void stop() {
    if (chromium != null) {
      chromium.close();
    }
    console.close();
  }

  @Test
  void a_message_is_written_returned_mended_approved_live_and_cancelled_by_three_people() {
    chromium.as("ann");
    chromium.open("/messages");
    chromium.press("New message");
    chromium.press("Save");
    assertThat(chromium.text()).contains("There is a problem").contains("Enter a title");
    look("new-with-errors");
    chromium.type("title", "Getting home");
    chromium.type("text", "Buses go home until late.");
    chromium.until("It says who speaks");
    look("new-typed");
    chromium.press("Save");
    assertThat(chromium.path()).isEqualTo("/messages/getting-home/schedule");
    look("schedule");
    chromium.choose("Marlborough Square: every node");
    for (String day : new String[] {"Sunday", "Monday", "Tuesday", "Wednesday"}) {
      chromium.choose(day);
    }
    chromium.type("opens", "00:00");
    chromium.type("closes", "00:00");
    chromium.press("Save");
    look("draft");
    chromium.press("Where and when");
    chromium.press("Add more times");
    chromium.type("except", "2026-12-25");
    look("schedule-more");
    chromium.press("Remove times 2");
    chromium.press("Back");
    chromium.press("Send for approval");
    assertThat(chromium.text()).contains("Sent for approval");

    chromium.as("ben");
    assertThat(chromium.text()).contains("1\nwaiting for approval");
    chromium.press("Getting home");
    look("to-decide");
    chromium.press("Return to its author");
    assertThat(chromium.text()).contains("Enter what should be changed");
    chromium.type("reason", "Say when the last bus leaves.");
    chromium.press("Return to its author");
    assertThat(chromium.text()).contains("Returned to its author");

    chromium.as("ann");
    chromium.open("/messages/getting-home");
    assertThat(chromium.text()).contains("Say when the last bus leaves.");
    look("returned");
    chromium.press("Edit");
    chromium.type("text", "The last bus to Ashby leaves the square at 23:15.");
    chromium.press("Save");
    chromium.press("Send for approval");

    chromium.as("bo");
    chromium.open("/messages/getting-home");
    chromium.press("Approve");
    assertThat(chromium.text())
        .contains("Approved. Its nodes are told now")
        .contains("Live")
        .contains("The last bus to Ashby leaves the square at 23:15.");
    look("live");
    chromium.press("Pause");
    assertThat(chromium.text()).contains("No node offers it until it is resumed.");
    look("paused");
    chromium.open("/plan?site=square&day=2026-11-27&time=23:40");
    look("plan-answer");
    chromium.open("/messages/getting-home");
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
    look("cancelled");
    AUDIT.verdict();
  }

  @Test
  void an_urgent_message_goes_out_at_once_and_its_cancel_is_watched_node_by_node() {
    chromium.as("ann");
    chromium.open("/messages");
    chromium.press("Urgent message");
    look("urgent-form");
    chromium.type("title", "Gas leak");
    chromium.type("text", "Leave the square by Belvoir Road. Help is coming.");
    chromium.choose("Marlborough Square");
    chromium.press("Send to an approver now");
    chromium.as("ben");
    chromium.press("Gas leak");
    look("urgent-to-decide");
    chromium.press("Approve: it goes out at once");
    MessageState onAir = new MessageState(new MessageId("gas-leak"), MessageState.Status.ON_AIR);
    chromium.press("See it node by node");
    // Schedules are numbered a moment after the approval; nodes say what they apply until it fits.
    chromium.until(
        "2 of 2 nodes do as told: to offer it.",
        () -> {
          console.heard("square", "square-north", null, onAir);
          console.heard("square", "square-south", null, onAir);
        });
    look("urgent-on-air");
    chromium.press("Back to the message");
    chromium.press("Cancel this message");
    chromium.press("Yes, cancel it now");
    look("urgent-stopping");
    console.heard("square", "square-north", null);
    console.heard("square", "square-south", null);
    chromium.until("2 of 2 nodes do as told: to stop.");
    look("urgent-stopped");
    AUDIT.verdict();
  }

  @Test
  void a_training_night_looks_like_one_on_every_page() {
    chromium.as("ada");
    chromium.open("/sites/street");
    look("site");
    chromium.press("Begin training");
    look("training-ask");
    chromium.press("Begin training");
    assertThat(chromium.text()).contains("TRAINING at Market Street");
    look("training-site");
    chromium.open("/");
    look("training-home");
    chromium.open("/nodes/street/street-east");
    look("training-node");
    chromium.open("/sites/street/training");
    look("training-end");
    chromium.press("End training");
    assertThat(chromium.text()).doesNotContain("TRAINING at");
    AUDIT.verdict();
  }

  private static void look(String name) {
    AUDIT.look(chromium, "story-" + name);
  }
}
