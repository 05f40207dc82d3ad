package org.towncrier.console.browser;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.openqa.selenium.Keys;
import org.towncrier.console.Browser;
import org.towncrier.console.TestConsole;

/** Work without a mouse: Tab, Enter, Space and the arrows are all there is. */
@Tag("browser")
class KeyboardInBrowserTest {
  @RegisterExtension static final ConsoleInChromium BROWSER = new ConsoleInChromium();
  static Chromium chromium;

  @BeforeAll
  static void start(TestConsole console, Chromium shown) {
    chromium = shown;
    Browser administrator = console.administrator();
    Browser ann = console.person(administrator, "ann", "Ann Author", "AUTHOR");
    console.node("square", "Marlborough Square", "square-north");
    TestConsole.takeIn(ann, "winter", "square", "Before");
  }

  @Test
  void somebody_signs_in_writes_a_message_and_sends_it_for_approval_by_keyboard_alone() {
    chromium.open("/sign-in");
    chromium.tabTo("Username");
    chromium.keys("ann");
    chromium.tabTo("Password");
    chromium.keys(TestConsole.PASSWORD, Keys.ENTER);
    chromium.until("Messages");

    // The link over the menu is the first stop, and leads where it says.
    chromium.keys(Keys.TAB);
    assertThat(chromium.focused()).isEqualTo("Skip to main content");
    chromium.keys(Keys.ENTER);
    assertThat(chromium.path()).endsWith("#main-content");

    chromium.open("/messages");
    chromium.tabTo("New message");
    chromium.keys(Keys.ENTER);
    chromium.until("What does the phone receive?");
    chromium.tabTo("Title");
    chromium.keys("By keyboard alone");
    chromium.tabTo("The words");
    chromium.keys("The last bus to Ashby leaves the square at 23:15.");
    chromium.tabTo("Save");
    chromium.keys(Keys.ENTER);
    chromium.until("Where and when");
    chromium.tabTo("Marlborough Square: every node");
    chromium.keys(Keys.SPACE);
    chromium.tabTo("Save");
    chromium.keys(Keys.ENTER);
    chromium.until("Send for approval");
    chromium.tabTo("Send for approval");
    chromium.keys(Keys.ENTER);
    chromium.until("Sent for approval");
  }

  @Test
  void after_a_mistake_the_focus_is_on_the_summary_whose_links_lead_to_the_fields() {
    chromium.as("ann");
    chromium.open("/messages/new");
    chromium.tabTo("Save");
    chromium.keys(Keys.ENTER);
    chromium.until("There is a problem");
    assertThat(chromium.focused()).startsWith("There is a problem");
    chromium.keys(Keys.TAB);
    assertThat(chromium.focused()).isEqualTo("Enter a title");
    chromium.keys(Keys.ENTER);
    assertThat(chromium.focused()).isEqualTo("Title");
  }
}
