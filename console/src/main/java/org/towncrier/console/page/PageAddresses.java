package org.towncrier.console.page;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.http.MediaType;
import org.springframework.http.server.PathContainer;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import org.springframework.web.util.pattern.PathPattern;

/**
 * Every address that answers a GET, as the controllers themselves declare it: whoever looks at all
 * pages (the browser ring, the benchmark) learns of a new one from here.
 */
@Component
public final class PageAddresses {
  /**
   * Files for download, pictures, what machines ask, and the way to a sign-in service elsewhere.
   */
  private static final Pattern NO_PAGES =
      Pattern.compile(
          ".*\\.(csv|pdf)|.*/export|.*/image(/[^/]+)?|.*/picture/.*|/api/.*|/sign-in/service");

  private final RequestMappingHandlerMapping mapping;

  PageAddresses(@Qualifier("requestMappingHandlerMapping") RequestMappingHandlerMapping mapping) {
    this.mapping = mapping;
  }

  /** Such as {@code /messages/{id}}, in the order of the alphabet. Streams are left out. */
  public List<String> all() {
    return patterns().map(PathPattern::getPatternString).distinct().sorted().toList();
  }

  /** Those of all addresses that somebody looks at in a browser. */
  public List<String> pages() {
    return all().stream().filter(PageAddresses::isPage).toList();
  }

  /**
   * Whether somebody looks at it in a browser.
   *
   * @param address one of all, or a path; without a query
   */
  public static boolean isPage(String address) {
    return !NO_PAGES.matcher(address).matches();
  }

  /**
   * The address that a path belongs to.
   *
   * @param path without host; a query is ignored
   */
  public Optional<String> of(String path) {
    PathContainer plain = PathContainer.parsePath(path.replaceAll("[?#].*", ""));
    return patterns()
        .filter(pattern -> pattern.matches(plain))
        .min(Comparator.naturalOrder())
        .map(PathPattern::getPatternString);
  }

  private Stream<PathPattern> patterns() {
    return mapping.getHandlerMethods().entrySet().stream()
        .filter(PageAddresses::isOurs)
        .map(Map.Entry::getKey)
        .filter(PageAddresses::isRead)
        .flatMap(info -> Stream.ofNullable(info.getPathPatternsCondition()))
        .flatMap(condition -> condition.getPatterns().stream());
  }

  /** Spring's own error page is reached by no link. */
  private static boolean isOurs(Map.Entry<RequestMappingInfo, HandlerMethod> entry) {
    return entry.getValue().getBeanType().getName().startsWith("org.towncrier.");
  }

  private static boolean isRead(RequestMappingInfo info) {
    var methods = info.getMethodsCondition().getMethods();
    return (methods.isEmpty() || methods.contains(RequestMethod.GET))
        && !info.getProducesCondition()
            .getProducibleMediaTypes()
            .contains(MediaType.TEXT_EVENT_STREAM);
  }
}
