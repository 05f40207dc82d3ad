package org.towncrier.town.bench;

import java.io.IOException;
import java.net.URI;
import java.util.HashMap;
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

  /** Bytes by address, of files that are the same on every page. */
  private final Map<String, Long> known = new HashMap<>();

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
    Set<String> files = new LinkedHashSet<>();
    for (Element element :
        html.select("link[href][rel~=stylesheet|icon|preload|modulepreload|manifest]")) {
      files.add(element.absUrl("href"));
    }
    for (Element element : html.select("script[src], img[src], source[src], iframe[src]")) {
      // What is folded away and lazy is fetched once somebody unfolds it.
      boolean later = element.attr("loading").equals("lazy") && element.closest("details") != null;
      if (!later) {
        files.add(element.absUrl("src"));
      }
    }
    long bytes = page.bytes();
    for (String file : files) {
      bytes += file(file, new LinkedHashSet<>());
    }
    return bytes;
  }

  private long file(String address, Set<String> above) throws IOException, InterruptedException {
    if (!address.startsWith(base) || !above.add(address)) {
      return 0;
    }
    Long before = known.get(address);
    if (before != null) {
      return before;
    }
    Reader.Answer answer = reader.get(address.substring(base.length()));
    if (answer.status() != 200) {
      return 0;
    }
    long bytes = answer.bytes();
    if (answer.type().contains("css") || answer.type().contains("javascript")) {
      Matcher named = NAMED.matcher(answer.text());
      Set<String> parts = new LinkedHashSet<>();
      while (named.find()) {
        parts.add(URI.create(address).resolve(named.group(1)).toString());
      }
      for (String part : parts) {
        bytes += file(part, above);
      }
    }
    known.put(address, bytes);
    return bytes;
  }
}
