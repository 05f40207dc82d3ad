package org.towncrier.console.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What every page must keep to, in both widths: axe finds nothing serious or critical, nothing
 * sticks out to the side, at 200% zoom and with larger text neither, a screen reader's tree makes
 * sense, the browser has nothing to complain of. And a picture to look at.
 */
public final class PageAudit {
  /** One folder of pictures, whichever module looks. */
  private static final Path SCREENS = Path.of("..", "console", "target", "screens");

  /** Everything that WCAG 2.2 A and AA ask for and a machine can see, and axe's own advice. */
  private static final String RUN =
      """
      const done = arguments[arguments.length - 1];
      axe.run(document, {
        resultTypes: ['violations'],
        rules: { 'target-size': { enabled: true } },
        runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
      }).then(found => done(found.violations.map(v => ({
        rule: v.id, impact: v.impact, help: v.help,
        nodes: v.nodes.slice(0, 5).map(n => n.html.slice(0, 200))
      }))), failed => done([{ rule: 'axe failed', impact: 'critical', help: String(failed) }]));
      """;

  private static final Set<String> SERIOUS = Set.of("serious", "critical");

  private final String axe = axe();
  private final Set<String> names = new HashSet<>();
  private final List<String> problems = new ArrayList<>();

  /** Looks at the page that is open. The name is the picture's, and says which page it is. */
  public void look(Chromium chromium, String name) {
    assertThat(names.add(name)).as("two pictures called " + name).isTrue();
    // First: axe makes the browser say things of its own.
    chromium.complaints().forEach(words -> problems.add(name + ": the browser says " + words));
    for (int width : new int[] {Chromium.WIDE, Chromium.NARROW}) {
      chromium.width(width);
      chromium.picture(SCREENS.resolve(name + "-" + width + ".png"));
      String where = "%s (%s) at %d pixels: ".formatted(name, chromium.path(), width);
      findings(chromium).forEach(found -> problems.add(where + found));
      if (overhang(chromium) > 0) {
        problems.add(where + overhang(chromium) + " pixels stick out to the side");
      }
    }
    chromium.zoomedIn();
    if (overhang(chromium) > 0) {
      problems.add(name + " at 200%: " + overhang(chromium) + " pixels stick out to the side");
    }
    chromium.width(Chromium.WIDE);
    chromium.script("document.documentElement.style.fontSize = '200%'");
    if (overhang(chromium) > 0) {
      problems.add(name + " with text twice as large: " + overhang(chromium) + " pixels stick out");
    }
    chromium.script("document.documentElement.style.fontSize = ''");
    new ScreenReaderTree(chromium)
        .problems()
        .forEach(words -> problems.add(name + " to a screen reader: " + words));
    chromium.complaints();
  }

  /** Fails with all that was found since the last verdict, when anything was. */
  public void verdict() {
    List<String> found = List.copyOf(problems);
    problems.clear();
    assertThat(found).isEmpty();
  }

  @SuppressWarnings("unchecked")
  private List<Map<String, Object>> findings(Chromium chromium) {
    chromium.script(axe);
    return ((List<Map<String, Object>>) chromium.scriptThatCallsBack(RUN))
        .stream().filter(found -> SERIOUS.contains(String.valueOf(found.get("impact")))).toList();
  }

  private static long overhang(Chromium chromium) {
    return (Long)
        chromium.script(
            "return Math.max(0, document.documentElement.scrollWidth - window.innerWidth)");
  }

  private static String axe() {
    try (InputStream script = PageAudit.class.getResourceAsStream("/axe.min.js")) {
      return new String(script.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
