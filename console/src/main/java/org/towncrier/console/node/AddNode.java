package org.towncrier.console.node;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Service;
import org.towncrier.console.ConsoleSettings;
import org.towncrier.console.audit.AuditTrail;
import org.towncrier.console.input.InvalidInputException;
import org.towncrier.console.publish.BrokerAddress;
import org.towncrier.console.publish.ScheduleChanged;
import org.towncrier.console.store.Transactions;
import org.towncrier.protocol.SigningKey;
import org.towncrier.protocol.mqtt.MqttSettings;

/** Adds a node to a site, and the site if need be, and writes what the node's machine needs. */
@Service
public class AddNode {
  private static final String LETTERS =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

  /** 190 bits. */
  private static final int PASSWORD_LENGTH = 32;

  private final JdbcClient db;
  private final Transactions transactions;
  private final AuditTrail audit;
  private final InstantSource clock;
  private final SiteSecrets secrets;
  private final SigningKey key;
  private final PasswordEncoder encoder;
  private final ConsoleSettings settings;
  private final ObjectProvider<BrokerAddress> embedded;
  private final ApplicationEventPublisher events;
  private final SecureRandom random = new SecureRandom();

  AddNode(
      JdbcClient db,
      Transactions transactions,
      AuditTrail audit,
      InstantSource clock,
      SiteSecrets secrets,
      SigningKey key,
      PasswordEncoder encoder,
      ConsoleSettings settings,
      ObjectProvider<BrokerAddress> embedded,
      ApplicationEventPublisher events) {
    this.db = db;
    this.transactions = transactions;
    this.audit = audit;
    this.clock = clock;
    this.secrets = secrets;
    this.key = key;
    this.encoder = encoder;
    this.settings = settings;
    this.embedded = embedded;
    this.events = events;
  }

  /**
   * What was written.
   *
   * @param settings the node's file
   * @param seed the site's secrets
   * @param renamedFrom what people called the site until now; null when they still do, or it is new
   */
  public record Added(Path settings, Path seed, @Nullable String renamedFrom) {}

  /**
   * Adds it. Either all of it is there afterwards, or nothing.
   *
   * @throws InvalidInputException if the node, or one of its files, is there already (or is not,
   *     when it should be written again), or no address for the broker is known
   * @throws IOException if the files cannot be written
   */
  public Added add(AddNodeRequest request) throws IOException {
    NodeFiles files = new NodeFiles(request.folder(), request.node());
    List<Path> present = files.present();
    if (!present.isEmpty() && !request.again()) {
      throw new InvalidInputException(
          "folder",
          "there is already "
              + present.stream().map(Path::toString).collect(Collectors.joining(" and "))
              + "; name another folder, or use --again to write the node's files anew");
    }
    String username = request.site() + "." + request.node();
    String password = password();
    NodeFiles.Account account =
        new NodeFiles.Account(
            brokerUrl(request),
            username,
            password,
            settings.broker().caCertificate(),
            key.trustedKey());
    // Slow on purpose, so outside the transaction: SQLite has one writer.
    String hash = String.valueOf(encoder.encode(password));
    try {
      return transactions.write(
          () -> {
            String renamedFrom = enter(request);
            account(request, username, hash);
            audit.add(
                "console",
                request.again() ? "wrote again" : "added",
                "node " + request.site() + "/" + request.node(),
                "Account " + username);
            try {
              files.write(
                  request.site(),
                  settings.zone(),
                  account,
                  secrets.seed(request.site()),
                  request.sections(),
                  request.again());
            } catch (IOException unwritable) {
              throw new FilesFailed(unwritable);
            }
            Transactions.afterCommit(
                () -> events.publishEvent(new ScheduleChanged(Set.of(request.site()))));
            return new Added(files.settings(), files.seed(), renamedFrom);
          });
    } catch (FilesFailed failed) {
      throw failed.why;
    }
  }

  /** What the site was called, if that changed. */
  private @Nullable String enter(AddNodeRequest request) {
    String site = request.site().value();
    String node = request.node().value();
    boolean there =
        count("SELECT count(*) FROM node WHERE site = ? AND id = ? AND left_at IS NULL", site, node)
            > 0;
    if (there != request.again()) {
      throw new InvalidInputException(
          "node",
          there
              ? "%s/%s is there already; use --again to give it a new password and new files"
                  .formatted(site, node)
              : "there is no node %s/%s to write again; leave --again out".formatted(site, node));
    }
    String renamedFrom = name(request);
    if (!there) {
      // One that was taken out comes back under its name, and its revision goes on growing.
      db.sql(
              "INSERT INTO node (site, id, added_at) VALUES (?, ?, ?) ON CONFLICT (site, id)"
                  + " DO UPDATE SET added_at = excluded.added_at, left_at = NULL,"
                  + " retiring_since = NULL, hold = 0, training = 0")
          .params(site, node, clock.instant().toString())
          .update();
    }
    return renamedFrom;
  }

  /** Sees to it that the site is there and called so. */
  private @Nullable String name(AddNodeRequest request) {
    String site = request.site().value();
    String name = request.siteName() == null ? "" : request.siteName().strip();
    Optional<String> known =
        db.sql("SELECT name FROM site WHERE id = ?").param(site).query(String.class).optional();
    if (known.isEmpty()) {
      secrets.create(request.site(), name.isEmpty() ? site : name);
      return null;
    }
    if (name.isEmpty() || name.equals(known.get())) {
      return null;
    }
    db.sql("UPDATE site SET name = ? WHERE id = ?").params(name, site).update();
    audit.add("console", "renamed", "site " + site, known.get() + " → " + name);
    return known.get();
  }

  private void account(AddNodeRequest request, String username, String hash) {
    db.sql(
            "INSERT INTO broker_account (username, password_hash, site, node, created_at)"
                + " VALUES (?, ?, ?, ?, ?) ON CONFLICT (username) DO UPDATE SET"
                + " password_hash = excluded.password_hash, created_at = excluded.created_at")
        .params(
            username,
            hash,
            request.site().value(),
            request.node().value(),
            clock.instant().toString())
        .update();
  }

  private long count(String sql, Object... params) {
    return db.sql(sql).params(params).query(Long.class).single();
  }

  /** The broker as the node reaches it: as asked for, as set, or where our own listens. */
  private URI brokerUrl(AddNodeRequest request) {
    ConsoleSettings.Broker broker = settings.broker();
    URI url = request.brokerUrl();
    try {
      if (url == null && broker.publicUrl() != null) {
        url = URI.create(broker.publicUrl());
      }
      if (url == null && !broker.embedded() && broker.url() != null) {
        url = URI.create(broker.url());
      }
      if (url == null && broker.embedded()) {
        BrokerAddress running = embedded.getIfAvailable();
        url = running == null ? URI.create(broker.bind()) : running.nodes();
      }
      if (url == null
          || url.getPort() == 0
          || url.getHost() == null
          || url.getHost().equals("0.0.0.0")) {
        throw new IllegalArgumentException("it is not known how nodes reach the broker");
      }
      // The checks that the node will make.
      return new MqttSettings(url, "node", null, null, null).url();
    } catch (IllegalArgumentException wrong) {
      throw new InvalidInputException(
          "brokerUrl",
          wrong.getMessage()
              + "; give --broker-url, or set towncrier.broker.public-url, such as"
              + " mqtts://console.example:8883");
    }
  }

  private String password() {
    StringBuilder password = new StringBuilder();
    random
        .ints(PASSWORD_LENGTH, 0, LETTERS.length())
        .mapToObj(LETTERS::charAt)
        .forEach(password::append);
    return password.toString();
  }

  /** Takes an I/O failure out through the transaction, which it ends without a trace. */
  private static final class FilesFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final IOException why;

    FilesFailed(IOException why) {
      super(why);
      this.why = why;
    }
  }
}
