package org.towncrier.town.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where the demo's log goes: into a file, so that its output stays readable. */
final class DemoLog {
  /** Found on the class path, by Logback itself and, later, by the console's Spring Boot. */
  static final String SETTINGS = "logback-demo.xml";

  private DemoLog() {}

  static Path in(Path data) {
    return data.resolve("demo.log");
  }

  /**
   * Before the first logger is made. What libraries print by themselves goes into a file too: the
   * demo's output is for people and programs to read.
   */
  static void toFile(Path data) throws UsageException {
    try {
      PrintStream printed =
          new PrintStream(Files.newOutputStream(data.resolve("demo.out")), true, UTF_8);
      System.setOut(printed);
      System.setErr(printed);
    } catch (IOException e) {
      throw new UsageException("The demo can't write its log: " + e, e);
    }
    System.setProperty("towncrier.demo.log", in(data).toString());
    System.setProperty("logback.configurationFile", SETTINGS);
  }

  /** Once there is a logger. Spring Boot is told in its own way, and warns of this one. */
  static void settled() {
    System.clearProperty("logback.configurationFile");
  }
}
