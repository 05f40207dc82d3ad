package org.towncrier.console.writing;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a message may lead. A phone's owner can't tell our link from a stranger's, so only well
 * known places are linked to, and no shortened addresses.
 */
final class Links {
  /** With a scheme, or {@code www.}, or a name with a well known ending; mail addresses are not. */
  private static final Pattern LINK =
      Pattern.compile(
          "(?i)(?<![\\p{L}\\p{N}@.-])(?:(?<scheme>[a-z][a-z0-9+.-]*)://(?<rest>\\S+)"
              + "|(?<bare>(?:www\\.\\S+|[\\p{L}\\p{N}-]+(?:\\.[\\p{L}\\p{N}-]+)*"
              + "\\.(?:uk|com|org|net|info|biz|io|co|ly|gl|app|me|eu|link|site|online|shop|xyz|top|tv)"
              + "(?![\\p{L}\\p{N}-])(?!\\.\\p{L})\\S*)))");

  private final List<String> allowed;

  Links(List<String> allowed) {
    this.allowed = allowed.stream().map(domain -> domain.toLowerCase(Locale.ROOT)).toList();
  }

  /** Every link of the text, as a check. */
  List<Check> check(String text) {
    List<Check> checks = new ArrayList<>();
    Matcher links = LINK.matcher(text);
    while (links.find()) {
      String scheme = links.group("scheme");
      String rest = scheme == null ? links.group("bare") : links.group("rest");
      String host = host(rest);
      if (scheme != null && !scheme.equalsIgnoreCase("https") && !scheme.equalsIgnoreCase("http")) {
        checks.add(
            Check.block("text", "“" + links.group() + "” is not a web page that phones can open"));
      } else if (!isAllowed(host)) {
        checks.add(
            Check.block(
                "text",
                "The link to %s is not allowed. Links may lead to %s and pages under them"
                    .formatted(host, String.join(", ", allowed))));
      } else if ("http".equalsIgnoreCase(scheme)) {
        checks.add(
            Check.warn("text", "The link to " + host + " is not secure; write https:// instead"));
      }
    }
    return checks;
  }

  /** The last name before the path, which is where a browser goes, whatever stands before an @. */
  private static String host(String rest) {
    String authority = rest.split("[/?#\\\\]", 2)[0];
    String afterUser = authority.substring(authority.lastIndexOf('@') + 1);
    return afterUser
        .replaceAll(":\\d*$", "")
        .replaceAll("[.,;:!)\\]”\"']+$", "")
        .toLowerCase(Locale.ROOT);
  }

  boolean isAllowed(String host) {
    return host.chars().allMatch(c -> c < 128)
        && !host.contains("xn--")
        && allowed.stream().anyMatch(domain -> host.equals(domain) || host.endsWith("." + domain));
  }
}
