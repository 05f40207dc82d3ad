package org.towncrier.console.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.PlatformTransactionManager;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;
import org.towncrier.console.ConsoleSettings;
import org.towncrier.console.Serving;

/** The one SQLite file of the console. */
@Configuration(proxyBeanMethods = false)
class StoreConfig {
  /** Readers beside the one writer that SQLite allows. */
  private static final int CONNECTIONS = 6;

  @Bean
  DataFolder dataFolder(ConsoleSettings settings) {
    return DataFolder.prepare(settings.data());
  }

  /** Commands such as add-node work beside a running console and take no lock. */
  @Bean
  @Serving
  FolderLock folderLock(DataFolder folder) {
    return FolderLock.take(folder);
  }

  @Bean
  HikariDataSource dataSource(DataFolder folder) {
    Path file = folder.database();
    SQLiteDataSource sqlite = new SQLiteDataSource(sqliteConfig());
    sqlite.setUrl("jdbc:sqlite:" + file);
    DatabaseCheck.check(sqlite, file);
    HikariConfig pool = new HikariConfig();
    pool.setPoolName("console.db");
    pool.setDataSource(sqlite);
    pool.setMaximumPoolSize(CONNECTIONS);
    return new HikariDataSource(pool);
  }

  @Bean
  Transactions transactions(PlatformTransactionManager manager) {
    return new Transactions(manager);
  }

  private static SQLiteConfig sqliteConfig() {
    SQLiteConfig config = new SQLiteConfig();
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    // What was acknowledged to a node is deleted there: it must survive a power cut here.
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    config.enforceForeignKeys(true);
    config.setBusyTimeout(10_000);
    // A transaction that reads first and writes later would fail instead of waiting its turn.
    config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
    // Night keys that were overwritten are gone.
    config.setPragma(SQLiteConfig.Pragma.SECURE_DELETE, "true");
    return config;
  }
}
