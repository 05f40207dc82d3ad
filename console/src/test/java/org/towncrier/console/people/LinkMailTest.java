package org.towncrier.console.people;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.icegreen.greenmail.configuration.GreenMailConfiguration;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.internet.MimeMessage;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.towncrier.console.Browser;
import org.towncrier.console.Browser.Page;
import org.towncrier.console.ConsoleSettings.Mail;
import org.towncrier.console.TestConsole;

/** One-time links by mail, against a real mail server. */
class LinkMailTest {
  @TempDir Path data;
  private GreenMail post;

  @BeforeEach
  void openThePostOffice() {
    post =
        new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP))
            .withConfiguration(
                GreenMailConfiguration.aConfig()
                    .withUser("console@example.org", "console", "right"));
    post.start();
  }

  @AfterEach
  void closeIt() {
    post.stop();
  }

  private TestConsole console(String password) {
    return new TestConsole(
        data,
        "--towncrier.mail.host=127.0.0.1",
        "--towncrier.mail.port=" + post.getSmtp().getPort(),
        "--towncrier.mail.username=console",
        "--towncrier.mail.password=" + password,
        "--towncrier.mail.from=console@example.org",
        "--towncrier.mail.encryption=none");
  }

  private static Page invite(Browser administrator, String username, String email) {
    return administrator.submit(
        administrator.get("/people/new").form("/people/new"),
        Map.of("username", username, "displayName", "Zoë Ash", "email", email, "roles", "AUTHOR"));
  }

  @Test
  void an_invitation_and_a_reset_are_mailed_and_shown() throws Exception {
    try (TestConsole console = console("right")) {
      Browser administrator = console.administrator();
      Page shown = invite(administrator, "zoe", "zoe@example.gov.uk");
      assertThat(shown.text()).contains("The link was mailed to zoe@example.gov.uk");
      MimeMessage mail = post.getReceivedMessages()[0];
      assertThat(mail.getSubject()).isEqualTo("Your Towncrier account");
      assertThat(mail.getFrom()[0].toString()).isEqualTo("console@example.org");
      assertThat(mail.getAllRecipients()[0].toString()).contains("zoe@example.gov.uk");
      String text = mail.getContent().toString();
      assertThat(text).contains("Dear Zoë Ash").contains("sign in as zoe");
      Matcher link = Pattern.compile("http\\S+").matcher(text);
      assertThat(link.find()).isTrue();
      assertThat(link.group()).isEqualTo(shown.html().select("#link").text());
      assertThat(console.browser().get(link.group()).text()).contains("Set your password");

      long id = console.bean(People.class).find("zoe").orElseThrow().id();
      Page again = administrator.submit(administrator.get("/people/" + id).form("/link"), Map.of());
      assertThat(again.text()).contains("The link was mailed");
      assertThat(post.getReceivedMessages()).hasSize(2);
    }
  }

  @Test
  void without_an_address_nothing_is_mailed_and_the_page_says_so() {
    try (TestConsole console = console("right")) {
      Page shown = invite(console.administrator(), "zoe", "");
      assertThat(shown.text()).contains("Nothing was mailed").contains("/set-password/");
      assertThat(post.getReceivedMessages()).isEmpty();
    }
  }

  @Test
  void a_username_that_is_an_address_is_where_links_go() {
    try (TestConsole console = console("right")) {
      Page shown = invite(console.administrator(), "zoe@example.gov.uk", "");
      assertThat(shown.text()).contains("The link was mailed to zoe@example.gov.uk");
    }
  }

  @Test
  void what_the_mail_server_refuses_reaches_the_administrator_who_has_the_link_all_the_same() {
    try (TestConsole console = console("wrong")) {
      Page shown = invite(console.administrator(), "zoe", "zoe@example.gov.uk");
      assertThat(shown.text())
          .contains("The link was not mailed to zoe@example.gov.uk")
          .contains("refused the console's username or password");
      Page set = console.browser().get(shown.html().select("#link").text());
      assertThat(set.text()).contains("Set your password");
    }
  }

  @Test
  void a_mail_server_that_is_away_reaches_the_administrator_too() {
    try (TestConsole console = console("right")) {
      Browser administrator = console.administrator();
      post.stop();
      Page shown = invite(administrator, "zoe", "zoe@example.gov.uk");
      assertThat(shown.text())
          .contains("was not mailed")
          .contains("refused")
          .contains("/set-password/");
    }
  }

  @Test
  void two_people_can_t_have_one_address_and_an_address_must_be_one() {
    try (TestConsole console = console("right")) {
      Browser administrator = console.administrator();
      invite(administrator, "zoe", "zoe@example.gov.uk");
      assertThat(invite(administrator, "other", "ZOE@example.gov.uk").problems())
          .contains("Somebody else has that email address");
      for (String wrong :
          List.of("zoe", "zoe@", "zoe@example", "a b@example.org", "x@y.z\r\nBcc: q@y.z")) {
        Page page = invite(administrator, "other", wrong);
        assertThat(page.problems()).as(wrong).contains("Enter an email address");
        assertThat(page.html().select("#username").val()).isEqualTo("other");
      }
    }
  }

  @Test
  void a_link_never_crosses_a_network_in_the_clear() {
    assertThatThrownBy(
            () ->
                new Mail("mail.example.org", 25, null, null, "a@example.org", Mail.Encryption.NONE))
        .hasMessageContaining("towncrier.mail.encryption");
    assertThatThrownBy(() -> new Mail("mail", 25, null, null, null, Mail.Encryption.TLS))
        .hasMessageContaining("towncrier.mail.from");
    assertThatThrownBy(
            () -> new Mail("mail", 25, "console", null, "a@example.org", Mail.Encryption.TLS))
        .hasMessageContaining("go together");
  }

  @Test
  void a_server_that_can_t_encrypt_gets_no_link() {
    try (TestConsole console =
        new TestConsole(
            data,
            "--towncrier.mail.host=127.0.0.1",
            "--towncrier.mail.port=" + post.getSmtp().getPort(),
            "--towncrier.mail.from=console@example.org")) {
      Page shown = invite(console.administrator(), "zoe", "zoe@example.gov.uk");
      assertThat(shown.text()).contains("was not mailed").contains("STARTTLS");
      assertThat(post.getReceivedMessages()).isEmpty();
    }
  }
}
