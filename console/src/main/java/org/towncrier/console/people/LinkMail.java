package org.towncrier.console.people;

import jakarta.mail.Address;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.mail.MailAuthenticationException;
import org.springframework.mail.MailException;
import org.springframework.mail.MailSendException;
import org.springframework.mail.javamail.JavaMailSenderImpl;
import org.springframework.mail.javamail.MimeMessageHelper;
import org.towncrier.console.ConsoleSettings;

/**
 * Sends one-time links, when a mail server is set. Whoever asked for the link waits for the mail
 * server's word and reads what came of it; the link is theirs to hand over in any case.
 */
final class LinkMail {
  private static final Logger LOG = LoggerFactory.getLogger(LinkMail.class);

  /** Milliseconds: somebody waits for the page. */
  private static final String PATIENCE = "5000";

  private static final String NOT_TAKEN = "the mail server does not take mail for";

  private final @Nullable JavaMailSenderImpl sender;
  private final String from;

  /** Does no I/O. */
  LinkMail(ConsoleSettings.Mail settings) {
    this.from = settings.from() == null ? "" : settings.from();
    this.sender = settings.host() == null ? null : sender(settings);
  }

  private static JavaMailSenderImpl sender(ConsoleSettings.Mail settings) {
    JavaMailSenderImpl sender = new JavaMailSenderImpl();
    sender.setHost(settings.host());
    sender.setPort(settings.port());
    sender.setUsername(settings.username());
    sender.setPassword(settings.password());
    sender.setDefaultEncoding(StandardCharsets.UTF_8.name());
    Properties more = sender.getJavaMailProperties();
    boolean tls = settings.encryption() == ConsoleSettings.Mail.Encryption.TLS;
    more.setProperty("mail.smtp.ssl.enable", String.valueOf(tls));
    boolean startTls = settings.encryption() == ConsoleSettings.Mail.Encryption.STARTTLS;
    more.setProperty("mail.smtp.starttls.enable", String.valueOf(startTls));
    more.setProperty("mail.smtp.starttls.required", String.valueOf(startTls));
    more.setProperty("mail.smtp.ssl.checkserveridentity", "true");
    more.setProperty("mail.smtp.auth", String.valueOf(settings.username() != null));
    for (String which : new String[] {"connectiontimeout", "timeout", "writetimeout"}) {
      more.setProperty("mail.smtp." + which, PATIENCE);
    }
    return sender;
  }

  /** What came of it. */
  enum Sending {
    /** No mail server is set. */
    OFF,
    /** Nobody knows the person's address. */
    NO_ADDRESS,
    SENT,
    FAILED
  }

  /**
   * @param why in words, when it failed
   */
  record Sent(Sending sending, String why) {}

  /** Whether a mail server is set. */
  boolean isOn() {
    return sender != null;
  }

  /**
   * Sends a link, and waits for the mail server's word.
   *
   * @param first whether it is the person's first: an invitation
   */
  Sent send(Person person, String link, boolean first) {
    if (sender == null) {
      return new Sent(Sending.OFF, "");
    }
    if (person.email() == null) {
      return new Sent(Sending.NO_ADDRESS, "");
    }
    try {
      MimeMessage mail = sender.createMimeMessage();
      MimeMessageHelper parts = new MimeMessageHelper(mail, StandardCharsets.UTF_8.name());
      parts.setFrom(from);
      parts.setTo(new InternetAddress(person.email(), person.displayName(), "UTF-8"));
      parts.setSubject(first ? "Your Towncrier account" : "Set a new Towncrier password");
      parts.setText(text(person, link, first));
      sender.send(mail);
      return new Sent(Sending.SENT, "");
    } catch (MailException | MessagingException | IOException failed) {
      // Without the link, which would let a reader of the log in, and without the address.
      LOG.warn("A one-time link could not be mailed: {}", nameless(words(failed), person.email()));
      return new Sent(Sending.FAILED, words(failed));
    }
  }

  private static String text(Person person, String link, boolean first) {
    return """
    Dear %s,

    %s Open this link and set a password. It works once, for %d hours:

    %s

    You then sign in as %s.

    You did not expect this? Tell an administrator, and don't open the link.
    """
        .formatted(
            person.displayName(),
            first
                ? "you have been given an account of Towncrier, the Bluetooth town crier."
                : "an administrator of Towncrier made a link for you to set a new password.",
            People.LINK_LIFE.toHours(),
            link,
            person.username());
  }

  /** Mail servers like to repeat whom they refuse. */
  private static String nameless(String words, String address) {
    return words.startsWith(NOT_TAKEN)
        ? NOT_TAKEN + " that address"
        : Pattern.compile(Pattern.quote(address), Pattern.CASE_INSENSITIVE)
            .matcher(words)
            .replaceAll("the address");
  }

  /** For the administrator, who can mend the setting or the address. */
  private static String words(Exception failed) {
    if (failed instanceof MailAuthenticationException) {
      return "the mail server refused the console's username or password";
    }
    Throwable cause = failed;
    if (failed instanceof MailSendException send && send.getMessageExceptions().length > 0) {
      cause = send.getMessageExceptions()[0];
    }
    while (cause.getCause() != null && cause.getCause() != cause) {
      cause = cause.getCause();
    }
    if (cause instanceof SendFailedException refused && refused.getInvalidAddresses() != null) {
      StringBuilder addresses = new StringBuilder();
      for (Address address : refused.getInvalidAddresses()) {
        addresses.append(' ').append(address);
      }
      return NOT_TAKEN + addresses;
    }
    String said = String.valueOf(cause.getMessage()).strip().replaceAll("\\s+", " ");
    return said.length() > 300 ? said.substring(0, 300) + "…" : said;
  }
}
