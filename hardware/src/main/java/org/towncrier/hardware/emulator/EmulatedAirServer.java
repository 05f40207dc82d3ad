package org.towncrier.hardware.emulator;

import java.io.IOException;
import java.time.InstantSource;
import java.util.Iterator;
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
    int port = 0;
    boolean whileStdinOpen = false;
    Iterator<String> given = List.of(arguments).iterator();
    while (given.hasNext()) {
      String argument = given.next();
      if (argument.equals("--while-stdin-open")) {
        whileStdinOpen = true;
      } else if (argument.equals("--port") && given.hasNext()) {
        port = port(given.next());
      } else {
        throw wrong(argument);
      }
    }
    serve(port, whileStdinOpen);
  }

  private static void serve(int port, boolean whileStdinOpen)
      throws IOException, InterruptedException {
    try (EmulatedAir air = new EmulatedAir(0, InstantSource.system()).start()) {
      System.out.println("air on port " + air.serve(port));
      System.out.flush();
      if (whileStdinOpen) {
        while (System.in.read() >= 0) {
          continue; // nothing is said on it; only its end counts
        }
      } else {
        new CountDownLatch(1).await();
      }
    }
  }

  private static int port(String text) {
    if (!text.matches("\\d{1,5}") || Integer.parseInt(text) > 65_535) {
      throw wrong(text);
    }
    return Integer.parseInt(text);
  }

  private static IllegalArgumentException wrong(String argument) {
    return new IllegalArgumentException(
        "Not understood: " + argument + ". Usage: [--port 0..65535] [--while-stdin-open]");
  }
}
