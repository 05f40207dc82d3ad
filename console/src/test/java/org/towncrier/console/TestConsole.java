package org.towncrier.console;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;
import org.towncrier.console.people.CreateAdmin;

/** The real console on a port of its own, with its data in a folder that the test owns. */
public final class TestConsole implements AutoCloseable {
  public static final String PASSWORD = "plum tractor eleven";

  private final ConfigurableApplicationContext context;

  public TestConsole(Path data, String... more) {
    List<String> args =
        new ArrayList<>(
            List.of(
                "--server.port=0",
                "--towncrier.data=" + data,
                "--towncrier.broker.bind=mqtt://127.0.0.1:0"));
    args.addAll(List.of(more));
    context = SpringApplication.run(App.class, args.toArray(String[]::new));
  }

  public <T> T bean(Class<T> type) {
    return context.getBean(type);
  }

  public String url() {
    return "http://127.0.0.1:" + context.getEnvironment().getProperty("local.server.port");
  }

  public Browser browser() {
    return new Browser(url());
  }

  /** Makes the first administrator, as the command line does, and signs in. */
  public Browser administrator() {
    Browser browser = browser();
    String link = bean(CreateAdmin.class).link("admin", "Ada Min", true);
    setPassword(browser, link);
    browser.signIn("admin", PASSWORD);
    return browser;
  }

  /** Adds somebody through the pages, and signs them in. */
  public Browser person(Browser administrator, String username, String name, String... roles) {
    Browser.Page shown =
        administrator.submit(
            administrator.get("/people/new").form("/people/new"),
            Map.of("username", username, "displayName", name, "roles", List.of(roles)));
    Browser browser = browser();
    setPassword(browser, shown.html().select("#link").text());
    browser.signIn(username, PASSWORD);
    return browser;
  }

  private static void setPassword(Browser browser, String link) {
    Browser.Page form = browser.get(link);
    browser.submit(
        (org.jsoup.nodes.FormElement) form.html().selectFirst("form[action*=set-password]"),
        Map.of("password", PASSWORD, "again", PASSWORD));
  }

  @Override
  public void close() {
    context.close();
  }

  /** Until ConsoleMain is here. */
  @SpringBootApplication
  static class App {
    @Bean
    InstantSource clock() {
      return InstantSource.system();
    }

    @Bean
    DataSource db(@Value("${towncrier.data}") Path data) {
      SQLiteConfig settings = new SQLiteConfig();
      settings.setJournalMode(SQLiteConfig.JournalMode.WAL);
      settings.enforceForeignKeys(true);
      settings.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
      SQLiteDataSource db = new SQLiteDataSource(settings);
      db.setUrl("jdbc:sqlite:" + data.resolve("console.db"));
      return db;
    }
  }
}
