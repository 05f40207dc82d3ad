package org.towncrier.console.browser;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.springframework.util.FileSystemUtils;
import org.towncrier.console.TestConsole;

/**
 * A console with a browser in front of it, for all tests of a class: a static method before all of
 * them asks for both as parameters. Every page that a test looked at is judged after it.
 */
final class ConsoleInChromium
    implements BeforeAllCallback, AfterEachCallback, AfterAllCallback, ParameterResolver {
  private final String[] settings;
  private final PageAudit audit = new PageAudit();
  private Path folder;
  private TestConsole console;
  private Chromium chromium;

  ConsoleInChromium(String... settings) {
    this.settings = settings;
  }

  /** Looks at the page that is open, as {@link PageAudit#look} does. */
  void look(String name) {
    audit.look(chromium, name);
  }

  @Override
  public void beforeAll(ExtensionContext context) throws Exception {
    folder = Files.createTempDirectory("console-in-chromium");
    console = new TestConsole(folder.resolve("data"), settings);
    chromium = new Chromium(console.url(), folder.resolve("profile"));
  }

  @Override
  public void afterEach(ExtensionContext context) {
    audit.verdict();
  }

  @Override
  public void afterAll(ExtensionContext context) throws Exception {
    if (chromium != null) {
      chromium.close();
    }
    if (console != null) {
      console.close();
    }
    FileSystemUtils.deleteRecursively(folder);
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    Class<?> type = parameter.getParameter().getType();
    return type == TestConsole.class || type == Chromium.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == TestConsole.class ? console : chromium;
  }
}
