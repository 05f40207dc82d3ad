package org.towncrier.hardware.rig;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * Something that happened to a phone of the rig.
 *
 * @param at when, by the guest's clock
 * @param phone its number
 * @param what link, offered, asked, unasked, received, refused, unlink …; README.md has them all
 * @param words what there is to say about it, such as the name, length and sha256 of an object
 */
public record AirEvent(Instant at, int phone, String what, Map<String, String> words) {
  static AirEvent parse(String line) {
    String[] parts = line.split(" ", 4);
    Map<String, String> words = new HashMap<>();
    for (String word :
        parts.length < 4 || parts[3].isEmpty() ? new String[0] : parts[3].split("&")) {
      String[] pair = word.split("=", 2);
      words.put(pair[0], URLDecoder.decode(pair[1], UTF_8));
    }
    Instant at = Instant.ofEpochMilli(Math.round(Double.parseDouble(parts[0]) * 1000));
    return new AirEvent(at, Integer.parseInt(parts[1]), parts[2], Map.copyOf(words));
  }

  /** A word of it, or an empty text. */
  public String word(String key) {
    return words.getOrDefault(key, "");
  }
}
