package org.towncrier.hardware.emulator;

import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** An {@link EmulatedAirServer} in a process of its own. */
record AirProcess(Process process, int port) implements AutoCloseable {
  static AirProcess start() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                EmulatedAirServer.class.getName(),
                "--while-stdin-open")
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    BufferedReader said = process.inputReader(StandardCharsets.UTF_8);
    String line = said.readLine();
    if (line == null || !line.startsWith("air on port ")) {
      throw new AssertionError("The air did not start: " + line);
    }
    return new AirProcess(process, Integer.parseInt(line.substring("air on port ".length())));
  }

  @Override
  public void close() throws Exception {
    process.getOutputStream().close();
    if (!process.waitFor(30, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
  }
}
