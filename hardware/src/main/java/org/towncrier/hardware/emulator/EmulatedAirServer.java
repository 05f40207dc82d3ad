package org.towncrier.hardware.emulator;

import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * An emulated air in a process of its own, so that phones outlive a node that is killed. {@code
 * --port N} serves it there (default 0: any that is free); {@code --while-stdin-open} ends it when
 * whoever started it is gone. Its first line says {@code air on port N}.
 */
public final class EmulatedAirServer {
  private EmulatedAirServer() {}

  /** Starts it. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    List<String> given = List.of(arguments);
    int at = given.indexOf("--port");
    int port = at < 0 ? 0 : Integer.parseInt(given.get(at + 1));
    try (EmulatedAir air = new EmulatedAir(0, InstantSource.system()).start()) {
      System.out.println("air on port " + air.serve(port));
      System.out.flush();
      if (given.contains("--while-stdin-open")) {
        while (System.in.read() >= 0) {
          continue; // nothing is said on it; only its end counts
        }
      } else {
        new CountDownLatch(1).await();
      }
    }
  }
}
