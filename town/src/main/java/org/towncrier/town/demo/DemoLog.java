package org.towncrier.town.demo;

import java.nio.file.Path;

/** Where the demo's log goes: into a file, so that its output stays readable. */
final class DemoLog {
  /** Found on the class path, by Logback itself and, later, by the console's Spring Boot. */
  static final String SETTINGS = "logback-demo.xml";

  private DemoLog() {}

  static Path in(Path data) {
    return data.resolve("demo.log");
  }

  /** Before the first logger is made. */
  static void toFile(Path data) {
    System.setProperty("towncrier.demo.log", in(data).toString());
    System.setProperty("logback.configurationFile", SETTINGS);
  }

  /** Once there is a logger. Spring Boot is told in its own way, and warns of this one. */
  static void settled() {
    System.clearProperty("logback.configurationFile");
  }
}
