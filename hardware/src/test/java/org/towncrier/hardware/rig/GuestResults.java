package org.towncrier.hardware.rig;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/**
 * What became of each test, in a file that the machine outside sees grow: one line when a test
 * begins and one when it ends, so that a guest that dies leaves the name of what it died of.
 */
final class GuestResults implements TestExecutionListener, AutoCloseable {
  /** A test that began. {@code end} is null when nobody saw it end, empty when it passed. */
  record Result(String name, String end) {
    boolean ended() {
      return end != null;
    }

    boolean passed() {
      return end != null && end.isEmpty();
    }
  }

  private static final String OVER = "over";

  private final PrintStream out;

  GuestResults(Path file) throws IOException {
    out = new PrintStream(Files.newOutputStream(file), true, UTF_8);
  }

  /** Reads what a guest wrote. The last one has no name unless the guest came to its end. */
  static List<Result> read(Path file) throws IOException {
    Map<String, Result> results = new LinkedHashMap<>();
    boolean over = false;
    for (String line : Files.readAllLines(file)) {
      String[] words = line.split("\t", -1);
      switch (words[0]) {
        case "began" -> results.put(words[1], new Result(text(words[2]), null));
        case "ended" -> results.put(words[1], new Result(text(words[2]), text(words[3])));
        default -> over = line.equals(OVER);
      }
    }
    List<Result> all = new ArrayList<>(results.values());
    if (!over) {
      all.add(new Result("the guest comes to its end", null));
    }
    return all;
  }

  @Override
  public void executionStarted(TestIdentifier test) {
    if (test.isTest()) {
      say("began", test, "");
    }
  }

  @Override
  public void executionFinished(TestIdentifier test, TestExecutionResult result) {
    String end = result.getThrowable().map(GuestResults::stack).orElse("");
    // A container counts when it failed: its tests never came to run.
    if (test.isTest() || !end.isEmpty()) {
      say("ended", test, end);
    }
  }

  @Override
  public void executionSkipped(TestIdentifier test, String reason) {
    say("ended", test, "Skipped, which no test of the rig may be: " + reason);
  }

  @Override
  public void testPlanExecutionFinished(TestPlan plan) {
    out.println(OVER);
  }

  @Override
  public void close() {
    out.close();
  }

  private void say(String what, TestIdentifier test, String end) {
    String name = test.getDisplayName().replaceFirst("\\(\\)$", "");
    out.println(String.join("\t", what, test.getUniqueId(), base64(name), base64(end)));
  }

  private static String stack(Throwable thrown) {
    StringWriter text = new StringWriter();
    thrown.printStackTrace(new PrintWriter(text, true));
    return text.toString();
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
  }

  private static String text(String base64) {
    return new String(Base64.getDecoder().decode(base64), UTF_8);
  }
}
