package org.towncrier.console.store;

import com.zaxxer.hikari.HikariDataSource;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.towncrier.console.ConsoleSettings;

/** The console's real database in a folder of the test's own, without the rest of the console. */
public final class TestStore implements AutoCloseable {
  private final HikariDataSource source;
  private final DataFolder folder;
  private final ConsoleSettings settings;

  public TestStore(Path data) {
    settings =
        new ConsoleSettings(
            data,
            ZoneId.of("Europe/London"),
            false,
            false,
            null,
            List.of("gov.uk"),
            new ConsoleSettings.Broker(
                true, "mqtt://127.0.0.1:0", null, null, null, null, null, null, null),
            new ConsoleSettings.Schedule(Duration.ofDays(14), Duration.ofDays(1)),
            new ConsoleSettings.PermittedHours(LocalTime.of(19, 0), LocalTime.of(4, 0)),
            new ConsoleSettings.Noticeboard(
                null, InetAddress.getLoopbackAddress(), null, null, null, null, null, null),
            new ConsoleSettings.TownMap(null, null, 19),
            new ConsoleSettings.Mail(
                null, 587, null, null, null, ConsoleSettings.Mail.Encryption.STARTTLS),
            new ConsoleSettings.SignIn(null, null, null, "council"),
            new ConsoleSettings.Api(false, 300));
    StoreConfig config = new StoreConfig();
    folder = config.dataFolder(settings);
    source = config.dataSource(folder);
    Flyway.configure().dataSource(source).locations("classpath:db/console").load().migrate();
  }

  public ConsoleSettings settings() {
    return settings;
  }

  public DataFolder folder() {
    return folder;
  }

  public JdbcClient db() {
    return JdbcClient.create(source);
  }

  public Transactions transactions() {
    return new Transactions(new JdbcTransactionManager(source));
  }

  /** A site with nodes, as add-node leaves them. */
  public void site(String site, String... nodes) {
    db().sql(
            """
            INSERT INTO site (id, name, night, night_key, campaign_secret)
            VALUES (?, ?, '2026-11-26', zeroblob(32), zeroblob(32))
            """)
        .params(site, site)
        .update();
    for (String node : nodes) {
      db().sql("INSERT INTO node (site, id, added_at) VALUES (?, ?, '2026-11-26T12:00:00Z')")
          .params(site, node)
          .update();
    }
  }

  @Override
  public void close() {
    source.close();
  }
}
