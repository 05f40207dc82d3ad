package org.towncrier.console;

import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The settings of the console, under {@code towncrier.}.
 *
 * @param data folder of everything the console keeps: its database, its keys, its broker's journal
 * @param zone where its local times are local
 * @param demo marks every page as a demonstration
 * @param behindTlsProxy says that whatever is in front of the console speaks TLS with people, so
 *     that it may listen without TLS on an address other machines reach
 * @param metricsToken lets a metrics collector that shows it read /actuator/prometheus; 20
 *     characters or more
 * @param broker the MQTT broker between console and nodes
 * @param schedule how long nodes may go on with what they were told
 */
@ConfigurationProperties(prefix = "towncrier", ignoreUnknownFields = false)
public record ConsoleSettings(
    @DefaultValue("console-data") Path data,
    @DefaultValue("Europe/London") ZoneId zone,
    @DefaultValue("false") boolean demo,
    @DefaultValue("false") boolean behindTlsProxy,
    @Nullable String metricsToken,
    @DefaultValue Broker broker,
    @DefaultValue Schedule schedule) {

  /**
   * The MQTT broker between console and nodes.
   *
   * @param embedded whether the console runs the broker itself
   * @param bind where the embedded broker listens, such as mqtt://127.0.0.1:1883, or mqtts:// for
   *     an address that other machines reach; port 0 takes any that is free
   * @param url of another broker, when embedded is false, such as mqtts://broker.example:8883
   * @param publicUrl the broker as nodes reach it, for the files that add-node writes; when left
   *     out it is where the broker listens
   * @param username the console's account at that broker
   * @param password the password of that account
   * @param caCertificate certificate (PEM) of who vouches for that broker, when it is the team's
   *     own; the machine's own list when left out
   * @param certificate the embedded broker's certificate chain (PEM), for mqtts://
   * @param privateKey the private key (PEM) of that certificate
   */
  public record Broker(
      @DefaultValue("true") boolean embedded,
      @DefaultValue("mqtt://127.0.0.1:1883") String bind,
      @Nullable String url,
      @Nullable String publicUrl,
      @Nullable String username,
      @Nullable String password,
      @Nullable Path caCertificate,
      @Nullable Path certificate,
      @Nullable Path privateKey) {
    /** Without the password. */
    @Override
    public String toString() {
      return "Broker[embedded=%s, bind=%s, url=%s, username=%s]"
          .formatted(embedded, bind, url, username);
    }
  }

  /**
   * How long nodes may go on with what they were told.
   *
   * @param validFor a node that has heard nothing new for so long falls silent
   * @param renewEvery how often a schedule that did not change is signed afresh; a day at most
   */
  public record Schedule(
      @DefaultValue("14d") Duration validFor, @DefaultValue("1d") Duration renewEvery) {
    public Schedule {
      if (renewEvery.isNegative() || renewEvery.isZero() || validFor.compareTo(renewEvery) <= 0) {
        throw new IllegalArgumentException(
            ("towncrier.schedule.valid-for (%s) must be longer than towncrier.schedule.renew-every"
                    + " (%s), or nodes fall silent between renewals")
                .formatted(validFor, renewEvery));
      }
      if (renewEvery.compareTo(Duration.ofDays(1)) > 0) {
        throw new IllegalArgumentException(
            ("towncrier.schedule.renew-every (%s) must be a day at most: a campaign reaches its"
                    + " nodes with the renewal of the day before it starts")
                .formatted(renewEvery));
      }
    }
  }
}
