package org.towncrier.broadcaster;

import ch.qos.logback.classic.ClassicConstants;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.LayoutBase;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.slf4j.LoggerFactory;

/**
 * A node's log: plain lines on standard output, for systemd's journal or a terminal. Each has the
 * time twice: in UTC, to compare machines, and local, as people in the square lived it. Addresses
 * of phones are never logged, at any level.
 *
 * <p>Written in Java, because reading logback's XML and its patterns takes a node 5 MiB that it
 * never needs again. Whoever wants another log gives {@code -Dlogback.configurationFile=FILE}.
 */
final class NodeLog {
  private NodeLog() {}

  /** To be called before anything is logged: logback's own default would log everything. */
  static void start() {
    if (System.getProperty(ClassicConstants.CONFIG_FILE_PROPERTY) != null) {
      return;
    }
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    context.reset();
    Lines lines = new Lines(ZoneId.systemDefault());
    lines.setContext(context);
    lines.start();
    LayoutWrappingEncoder<ILoggingEvent> encoder = new LayoutWrappingEncoder<>();
    encoder.setContext(context);
    encoder.setLayout(lines);
    encoder.start();
    ConsoleAppender<ILoggingEvent> out = new ConsoleAppender<>();
    out.setContext(context);
    out.setEncoder(encoder);
    out.start();
    Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    root.setLevel(Level.INFO);
    root.addAppender(out);
    context.getLogger("org.quartz").setLevel(Level.WARN);
  }

  /** What a line looks like. */
  static final class Lines extends LayoutBase<ILoggingEvent> {
    private static final DateTimeFormatter UTC =
        DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private final DateTimeFormatter local;

    Lines(ZoneId zone) {
      // The zone's offset and not its name: all names of all zones would be loaded for it.
      this.local = DateTimeFormatter.ofPattern("HH:mm:ssxxx", Locale.ROOT).withZone(zone);
    }

    @Override
    public String doLayout(ILoggingEvent event) {
      Instant at = event.getInstant();
      String logger = event.getLoggerName();
      return "%s %s %-5s %s: %s%n%s"
          .formatted(
              UTC.format(at),
              local.format(at),
              event.getLevel(),
              logger.substring(logger.lastIndexOf('.') + 1),
              event.getFormattedMessage(),
              ThrowableProxyUtil.asString(event.getThrowableProxy()));
    }
  }
}
