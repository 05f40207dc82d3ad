package org.towncrier.hardware.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.towncrier.hardware.AdapterStatus;
import org.towncrier.hardware.AdapterStatus.Health;
import org.towncrier.hardware.OfferResult;
import org.towncrier.hardware.PushObject;
import org.towncrier.hardware.Radio;
import org.towncrier.hardware.contract.RadioRig;

/** Whatever happens, at whatever log level, no address is written anywhere. */
class AddressSecrecyTest {
  @Test
  void no_address_is_in_any_log_line_result_status_or_on_the_console() throws Exception {
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    List<String> hex = new ArrayList<>();
    PrintStream out = System.out;
    PrintStream err = System.err;
    PrintStream both = new PrintStream(written, true, StandardCharsets.UTF_8);
    Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
    OutputStreamAppender<ILoggingEvent> appender =
        appender((LoggerContext) LoggerFactory.getILoggerFactory(), written);
    Level before = root.getLevel();
    System.setOut(both);
    System.setErr(both);
    root.setLevel(Level.TRACE);
    root.addAppender(appender);
    try (EmulatorRig rig = new EmulatorRig(0)) {
      everythingThatCanHappen(rig, hex, both);
    } finally {
      root.detachAppender(appender);
      root.setLevel(before);
      System.setOut(out);
      System.setErr(err);
    }

    String text = written.toString(StandardCharsets.UTF_8).toUpperCase(Locale.ROOT);
    assertThat(text).contains("REFUSED").contains("ADAPTER");
    for (String address : hex) {
      String colons = String.join(":", address.split("(?<=\\G..)"));
      assertThat(text).doesNotContain(address).doesNotContain(colons);
      assertThat(text).doesNotContain(colons.replace(':', '-'));
    }
  }

  private static void everythingThatCanHappen(EmulatorRig rig, List<String> hex, PrintStream say)
      throws Exception {
    Radio radio = rig.radio();
    radio.start(say::println);
    rig.await("it is up", () -> up(radio));
    rig.await(radio.inquire(RadioRig.FIRST, Duration.ofSeconds(1), say::println));
    for (PhoneBehaviour behaviour :
        new PhoneBehaviour[] {
          new PhoneBehaviour.Accepts(Duration.ZERO),
          new PhoneBehaviour.Declines(Duration.ZERO),
          new PhoneBehaviour.Busy(),
          new PhoneBehaviour.OutOfReach(),
          new PhoneBehaviour.NoObjectPush(),
          new PhoneBehaviour.DropsLink(PhoneBehaviour.DropsLink.At.FIRST_BODY)
        }) {
      RadioRig.Phone phone = rig.phone(behaviour);
      hex.add(phone.address().hex());
      say.println(offer(rig, phone));
      phone.leave();
      say.println(offer(rig, phone)); // the channel is remembered, the phone is gone
    }
    RadioRig.Phone phone = rig.phone(new PhoneBehaviour.Ignores());
    hex.add(phone.address().hex());
    var offer = radio.offer(RadioRig.FIRST, phone.address(), object(), Duration.ofMinutes(1));
    rig.await("it asks", () -> !phone.prompts().isEmpty());
    rig.breakAdapter(RadioRig.FIRST);
    say.println(rig.await(offer.result()));
    rig.mendAdapter(RadioRig.FIRST);
    rig.await("it is back", () -> up(radio));
    radio.close();
  }

  private static boolean up(Radio radio) {
    return radio.adapters().stream().map(AdapterStatus::health).allMatch(h -> h == Health.UP);
  }

  private static OfferResult offer(EmulatorRig rig, RadioRig.Phone phone) throws Exception {
    return rig.await(
        rig.radio()
            .offer(RadioRig.FIRST, phone.address(), object(), Duration.ofMinutes(1))
            .result());
  }

  private static PushObject object() {
    return new PushObject("a.txt", "text/plain", new byte[] {1});
  }

  private static OutputStreamAppender<ILoggingEvent> appender(
      LoggerContext context, ByteArrayOutputStream into) {
    PatternLayoutEncoder encoder = new PatternLayoutEncoder();
    encoder.setContext(context);
    encoder.setPattern("%level %logger %msg%n%ex");
    encoder.start();
    OutputStreamAppender<ILoggingEvent> appender = new OutputStreamAppender<>();
    appender.setContext(context);
    appender.setEncoder(encoder);
    appender.setOutputStream(into);
    appender.start();
    return appender;
  }
}
