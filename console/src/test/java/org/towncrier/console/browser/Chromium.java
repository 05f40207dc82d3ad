package org.towncrier.console.browser;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.openqa.selenium.By;
import org.openqa.selenium.Cookie;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.towncrier.console.TestConsole;

/** Debian's Chromium with one person at a time in front of it; each keeps their own cookies. */
public final class Chromium implements AutoCloseable {
  /** The two widths that every page must work at: an office screen, and WCAG's reflow. */
  public static final int WIDE = 1280;

  public static final int NARROW = 320;

  /** A page takes milliseconds; this long only on a machine that does much else. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final String NEXT_PAGE =
      "return !window.pageBefore && document.readyState === 'complete'";

  private final String base;
  private final ChromeDriver driver;
  private final Map<String, Set<Cookie>> jars = new HashMap<>();
  private String person = "";

  /**
   * @param base the console's address
   * @param profile an empty folder for the browser's own files
   */
  public Chromium(String base, Path profile) {
    this.base = base;
    LoggingPreferences logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.ALL);
    ChromeOptions options = new ChromeOptions();
    options.setBinary(program("chromium"));
    options.addArguments(
        "--headless=new",
        // Containers give root and a small /dev/shm; the only pages it opens are ours.
        "--no-sandbox",
        "--disable-dev-shm-usage",
        "--disable-gpu",
        "--disable-background-networking",
        "--no-first-run",
        "--hide-scrollbars",
        "--lang=en-GB",
        "--user-data-dir=" + profile);
    options.setCapability("goog:loggingPrefs", logs);
    driver =
        new ChromeDriver(
            new ChromeDriverService.Builder()
                .usingDriverExecutable(program("chromedriver"))
                .usingAnyFreePort()
                // Days and times as the town writes them.
                .withEnvironment(Map.of("LANGUAGE", "en_GB"))
                .build(),
            options);
    width(WIDE);
  }

  /** Named explicitly, so that nothing ever looks for a browser to download. */
  private static File program(String name) {
    return Stream.concat(
            Arrays.stream(System.getenv("PATH").split(File.pathSeparator)),
            Stream.of("/usr/bin", "/usr/lib/chromium"))
        .map(folder -> new File(folder, name))
        .filter(File::canExecute)
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    name + " is missing: apt-get install chromium chromium-driver"));
  }

  /** Who is in front of it from now on. The first time they sign in. */
  public void as(String username) {
    if (username.equals(person)) {
      return;
    }
    if (!person.isEmpty()) {
      jars.put(person, driver.manage().getCookies());
    }
    driver.manage().deleteAllCookies();
    person = username;
    Set<Cookie> kept = jars.get(username);
    if (kept != null) {
      kept.forEach(driver.manage()::addCookie);
      open("/");
      return;
    }
    open("/sign-in");
    type("username", username);
    type("password", TestConsole.PASSWORD);
    press("Sign in");
  }

  public void open(String path) {
    driver.get(base + path);
  }

  /** The path and query of the page. */
  public String path() {
    return driver.getCurrentUrl().substring(base.length());
  }

  void width(int pixels) {
    driver.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", pixels, "height", 900, "deviceScaleFactor", 1, "mobile", false));
  }

  /** As somebody sees the page who zoomed in to 200% on an office screen. */
  void zoomedIn() {
    driver.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", WIDE / 2, "height", 450, "deviceScaleFactor", 2, "mobile", false));
  }

  Map<String, Object> devtools(String command, Map<String, Object> parameters) {
    return driver.executeCdpCommand(command, parameters);
  }

  /** Presses keys, wherever the focus is. */
  void keys(CharSequence... keys) {
    driver.switchTo().activeElement().sendKeys(keys);
  }

  /** The words of what has the focus: its label or its own. */
  String focused() {
    return String.valueOf(
        driver.executeScript(
            """
            const on = document.activeElement
            const label = on.labels && on.labels[0]
            return (label ? label.innerText : on.innerText || on.getAttribute('aria-label') || '').trim()
            """));
  }

  /**
   * Presses Tab until what begins with these words has the focus. At each stop on the way the focus
   * must be seen.
   */
  void tabTo(String words) {
    Set<String> stops = new LinkedHashSet<>();
    for (int stop = 0; stop < 150; stop++) {
      keys(Keys.TAB);
      String unseen = unseenFocus();
      if (!unseen.isEmpty()) {
        throw new AssertionError("nobody sees the focus on " + unseen + ", " + path());
      }
      stops.add(focused());
      if (focused().startsWith(words)) {
        return;
      }
    }
    throw new AssertionError("Tab never comes to “" + words + "” on " + path() + ": " + stops);
  }

  /** What has the focus without being seen to have it; empty when it is seen. */
  private String unseenFocus() {
    return String.valueOf(
        driver.executeScript(
            """
            const on = document.activeElement
            if (on === document.body) return ''
            const drawn = [on, on.nextElementSibling].filter(Boolean).flatMap(
              part => [getComputedStyle(part), getComputedStyle(part, '::before')])
            const marked = drawn.some(style =>
              style.boxShadow !== 'none'
                || (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0))
            const box = on.getBoundingClientRect()
            const inView = box.bottom > 0 && box.top < innerHeight
            return marked && inView ? '' : on.outerHTML.slice(0, 200)
            """));
  }

  /** Fills in a field, whatever was in it. */
  public void type(String id, String text) {
    WebElement field = driver.findElement(By.id(id));
    if (Set.of("date", "time").contains(String.valueOf(field.getAttribute("type")))) {
      // What its calendar would put there; typing goes by the machine's own order of day and month.
      driver.executeScript("arguments[0].value = arguments[1]", field, text);
    } else {
      field.clear();
      field.sendKeys(text);
    }
  }

  /** Chooses by the words of the labels; what is chosen already stays so. */
  public void choose(String... labels) {
    for (String words : labels) {
      WebElement label = driver.findElement(By.xpath("//label[normalize-space()='" + words + "']"));
      if (!driver.findElement(By.id(label.getDomAttribute("for"))).isSelected()) {
        label.click();
      }
    }
  }

  /** Chooses from a list by the first words of an option. */
  void select(String id, String option) {
    driver
        .findElement(By.id(id))
        .findElement(By.xpath("./option[starts-with(normalize-space(), '" + option + "')]"))
        .click();
  }

  /** Chooses a file. */
  void file(String id, Path file) {
    driver.findElement(By.id(id)).sendKeys(file.toAbsolutePath().toString());
  }

  /**
   * Presses the button or link that begins with these words, and waits for the page that follows.
   */
  public void press(String words) {
    WebElement pressed = driver.findElement(button(words));
    driver.executeScript("window.pageBefore = true");
    pressed.click();
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!Boolean.TRUE.equals(driver.executeScript(NEXT_PAGE))) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("no page followed “" + words + "” on " + path());
      }
    }
  }

  private static By button(String words) {
    String begins = "[starts-with(normalize-space(), '" + words + "')]";
    return By.xpath(
        "//button[not(@hidden) and not(@aria-hidden)]" + begins + " | //a[@href]" + begins);
  }

  public boolean offers(String words) {
    return !driver.findElements(button(words)).isEmpty();
  }

  /** All that can be read on the page. */
  public String text() {
    // In one step: an element may be replaced between finding and reading it.
    return String.valueOf(driver.executeScript("return document.body.innerText"));
  }

  /** What the first element that fits the selector says. */
  public String textOf(String selector) {
    return driver.findElement(By.cssSelector(selector)).getText();
  }

  /** Waits until the page says so by itself. */
  public void until(String words) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!text().contains(words)) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("“" + words + "” never came on " + path() + ": " + text());
      }
    }
  }

  /** The addresses that the page links to, within the console. */
  List<String> links() {
    // In one step: a part that follows what goes on may be replaced between finding and reading it.
    return ((List<?>)
            driver.executeScript(
                "return [...document.querySelectorAll('a[href]')]"
                    + ".map(link => link.getAttribute('href'))"))
        .stream()
            .map(String::valueOf)
            .filter(href -> href.startsWith("/") && !href.startsWith("//"))
            .map(href -> href.replaceAll("#.*", ""))
            .toList();
  }

  Object script(String script) {
    return driver.executeScript(script);
  }

  Object scriptThatCallsBack(String script) {
    return driver.executeAsyncScript(script);
  }

  /** What the browser itself complained of since last asked: a broken policy, a missing file. */
  List<String> complaints() {
    return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
        .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
        .map(LogEntry::getMessage)
        .toList();
  }

  /** The whole page, however long, as a PNG. */
  void picture(Path file) {
    Map<String, Object> shot =
        driver.executeCdpCommand(
            "Page.captureScreenshot", Map.of("format", "png", "captureBeyondViewport", true));
    try {
      Files.createDirectories(file.getParent());
      Files.write(file, Base64.getDecoder().decode(String.valueOf(shot.get("data"))));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    driver.quit();
  }
}
