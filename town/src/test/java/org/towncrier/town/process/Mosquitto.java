package org.towncrier.town.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A broker that nobody here wrote, as a process of its own. */
public final class Mosquitto {
  private Mosquitto() {}

  /**
   * On loopback, open to everybody, and durable in so far as Mosquitto is: what it didn't save
   * before it was killed is lost.
   */
  public static Program on(int port, Path folder) throws IOException {
    Path config = folder.resolve("mosquitto.conf");
    Files.writeString(
        config,
        """
        listener %d 127.0.0.1
        allow_anonymous true
        persistence true
        persistence_location %s/
        autosave_interval 1
        max_queued_messages 100000
        max_packet_size 8388608
        user root
        """
            .formatted(port, folder));
    return new Program(
        "broker", folder.resolve("mosquitto.log"), List.of(binary(), "-c", config.toString()));
  }

  private static String binary() {
    return Stream.of("/usr/sbin/mosquitto", "/usr/local/sbin/mosquitto", "/usr/bin/mosquitto")
        .filter(path -> Files.isExecutable(Path.of(path)))
        .findFirst()
        .orElseThrow(
            () ->
                new AssertionError(
                    "Mosquitto is not installed: apt-get install mosquitto, or run"
                        + " ./towncrier test, which does it"));
  }
}
