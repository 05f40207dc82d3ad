package org.towncrier.town.demo;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The browser of whoever sits in front of this machine, if somebody does. */
final class Browser {
  private static final Logger log = LoggerFactory.getLogger(Browser.class);

  private Browser() {}

  static void open(String address) {
    if (System.getenv("DISPLAY") == null && System.getenv("WAYLAND_DISPLAY") == null) {
      return;
    }
    try {
      new ProcessBuilder("xdg-open", address)
          .redirectOutput(Redirect.DISCARD)
          .redirectError(Redirect.DISCARD)
          .start();
    } catch (IOException e) {
      log.info("No browser was opened: {}", e.getMessage());
    }
  }
}
