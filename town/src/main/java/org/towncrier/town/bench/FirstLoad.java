package org.towncrier.town.bench;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/**
 * All that a browser with an empty cache fetches for a page: styles, scripts, pictures, and what
 * those name in turn. Too much rather than too little: a file named in a script counts although the
 * script may never ask for it.
 */
final class FirstLoad {
  private static final Pattern NAMED =
      Pattern.compile(
          "(?:url\\(|[\"'`])\\s*[\"']?((?:\\.{0,2}/)?[\\w./-]+\\.(?:css|js|mjs|svg|png|jpe?g|gif|webp|woff2?|ico|json))[\"'`)]");

  private final Reader reader;
  private final String base;

  /** By address, of files that are the same on every page. */
  private final Map<String, Loaded> known = new HashMap<>();

  /**
   * A file.
   *
   * @param bytes its own
   * @param parts addresses that it names
   */
  private record Loaded(long bytes, Set<String> parts) {
    static final Loaded NOTHING = new Loaded(0, Set.of());
  }

  FirstLoad(Reader reader, String base) {
    this.reader = reader;
    this.base = base;
  }

  /**
   * @param path of the page
   * @param page its answer
   */
  long bytes(String path, Reader.Answer page) throws IOException, InterruptedException {
    Document html = page.html(base + path);
    Deque<String> ahead = new ArrayDeque<>();
    for (Element element :
        html.select("link[href][rel~=stylesheet|icon|preload|modulepreload|manifest]")) {
      ahead.add(element.absUrl("href"));
    }
    for (Element element : html.select("script[src], img[src], source[src], iframe[src]")) {
      // What is folded away and lazy is fetched once somebody unfolds it.
      boolean later = element.attr("loading").equals("lazy") && element.closest("details") != null;
      if (!later) {
        ahead.add(element.absUrl("src"));
      }
    }
    long bytes = page.bytes();
    // Each once, however many name it.
    Set<String> counted = new HashSet<>();
    while (!ahead.isEmpty()) {
      String file = ahead.remove();
      if (file.startsWith(base) && counted.add(file)) {
        Loaded loaded = load(file);
        bytes += loaded.bytes();
        ahead.addAll(loaded.parts());
      }
    }
    return bytes;
  }

  private Loaded load(String address) throws IOException, InterruptedException {
    Loaded before = known.get(address);
    if (before != null) {
      return before;
    }
    Reader.Answer answer = reader.get(address.substring(base.length()));
    if (answer.status() != 200) {
      return Loaded.NOTHING;
    }
    Set<String> parts = new LinkedHashSet<>();
    if (answer.type().contains("css") || answer.type().contains("javascript")) {
      Matcher named = NAMED.matcher(answer.text());
      while (named.find()) {
        parts.add(URI.create(address).resolve(named.group(1)).toString());
      }
    }
    Loaded loaded = new Loaded(answer.bytes(), parts);
    known.put(address, loaded);
    return loaded;
  }
}
