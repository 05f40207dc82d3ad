package org.towncrier.town.whole;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.FileAppender;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import org.towncrier.protocol.Outcome;
import org.towncrier.town.privacy.AddressSearch;
import org.towncrier.town.process.MqttRecorder;
import org.towncrier.town.process.Ports;
import org.towncrier.town.process.Program;
import org.towncrier.town.street.Crowd;
import org.towncrier.town.street.Square;
import org.towncrier.town.street.Street;

/** No phone's address leaves a node's memory: not to a file, not to a log, not onto the wire. */
@Tag("mosquitto")
class PrivacyTest {
  private static final Crowd CROWD =
      new Crowd(
          50,
          15,
          5,
          15,
          10,
          5,
          new Crowd.Range(Duration.ofMillis(100), Duration.ofMillis(1_500)),
          Duration.ofSeconds(3),
          new Crowd.Range(Duration.ofSeconds(4), Duration.ofSeconds(12)));

  @TempDir Path folder;

  @Test
  @Timeout(240)
  void no_address_of_any_phone_is_in_any_file_log_or_payload() throws Exception {
    int port = Ports.free();
    Program broker = Program.mosquitto(port, Files.createDirectory(folder.resolve("broker")));
    FileAppender<ILoggingEvent> log = logEverything(folder.resolve("everything.log"));
    List<String> findings = new ArrayList<>();
    try {
      broker.start();
      await().atMost(WholeTown.LONG).until(() -> Ports.isOpen(port));
      try (MqttRecorder recorder = new MqttRecorder(port);
          WholeTown town = WholeTown.on(port, folder);
          Street street =
              new Street(
                  town.air(),
                  CROWD,
                  List.of(new Square(1, 150), new Square(2, 150)),
                  new Random(42))) {
        Path first = town.addNode(WholeTown.CLOCK_TOWER);
        Path second = town.addNode(WholeTown.TOWN_HALL);
        town.console().takeIn(WholeTown.SAFER_EVENINGS, WholeTown.AUTHOR, WholeTown.APPROVER);
        town.startNodes(first, second);
        street.start();
        await()
            .atMost(Duration.ofSeconds(120))
            .until(() -> street.receipts().total() >= 30 && kindsOfOutcome(town) >= 4);
        // While everything is open: the write-ahead logs are at their fullest.
        AddressSearch search = new AddressSearch(street.addresses());
        findings.addAll(inFiles(search));
        street.close();
        town.town().close();

        AddressSearch again = new AddressSearch(street.addresses());
        findings.addAll(inFiles(again));
        again.findings(recorder.heard()).forEach(found -> findings.add("MQTT: " + found));
        assertThat(recorder.messages()).as("messages heard on the broker").isGreaterThan(20);
        assertThat(street.addresses()).hasSizeGreaterThan(40);
      }
    } finally {
      broker.close();
      stopLogging(log);
    }
    assertThat(findings).isEmpty();
  }

  private static long kindsOfOutcome(WholeTown town) throws IOException {
    return town.book().counts().values().stream()
        .flatMap(counts -> counts.keySet().stream())
        .filter(outcome -> outcome != Outcome.WITHHELD)
        .distinct()
        .count();
  }

  private List<String> inFiles(AddressSearch search) throws IOException {
    List<String> findings = new ArrayList<>();
    List<Path> files;
    try (Stream<Path> all = Files.walk(folder)) {
      files = all.filter(Files::isRegularFile).toList();
    }
    assertThat(files.stream().map(file -> file.getFileName().toString()))
        .contains("console.db", "node.db", "everything.log");
    for (Path file : files) {
      search
          .findings(Files.readAllBytes(file))
          .forEach(found -> findings.add(folder.relativize(file) + ": " + found));
    }
    return findings;
  }

  private static FileAppender<ILoggingEvent> logEverything(Path file) {
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    PatternLayoutEncoder encoder = new PatternLayoutEncoder();
    encoder.setContext(context);
    encoder.setPattern("%d %thread %level %logger %msg %kvp %mdc%n%ex");
    encoder.start();
    FileAppender<ILoggingEvent> appender = new FileAppender<>();
    appender.setContext(context);
    appender.setFile(file.toString());
    appender.setEncoder(encoder);
    appender.start();
    context.getLogger("org.towncrier").setLevel(Level.TRACE);
    context.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(appender);
    return appender;
  }

  private static void stopLogging(FileAppender<ILoggingEvent> appender) {
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    context.getLogger("org.towncrier").setLevel(null);
    context.getLogger(Logger.ROOT_LOGGER_NAME).detachAppender(appender);
    appender.stop();
  }
}
