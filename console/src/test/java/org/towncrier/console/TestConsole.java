package org.towncrier.console;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.context.ConfigurableApplicationContext;
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
                // Pages need no broker, and must say what they know without one.
                "--towncrier.broker.embedded=false",
                "--towncrier.broker.url=mqtt://127.0.0.1:9",
                "--towncrier.broker.username=console",
                "--towncrier.broker.password=nobody-listens"));
    args.addAll(List.of(more));
    context = ConsoleMain.start(args.toArray(String[]::new));
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
}
