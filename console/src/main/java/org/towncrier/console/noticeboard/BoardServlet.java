package org.towncrier.console.noticeboard;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The only thing behind the public listener: a fixed list of addresses, compared to the letter as
 * they came, undecoded. Whatever else is asked for is not there.
 */
final class BoardServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(BoardServlet.class);
  private static final Pattern SITE = Pattern.compile("/at/([a-z0-9-]{1,40})");
  private static final Pattern MESSAGE =
      Pattern.compile(
          "/message/("
              + NoticeCode.PATTERN
              + ")(?:/(?:card|picture)(?:-([2-9]))?((?<=card|card-[2-9])\\.vcf|(?<=picture|picture-[2-9])\\.jpg))?");
  private static final Set<String> METHODS = Set.of("GET", "HEAD");

  private final transient BoardPages pages;
  private final transient Map<String, Supplier<Reply>> fixed;

  BoardServlet(BoardPages pages) {
    this.pages = pages;
    Reply style = Reply.fixed("text/css;charset=utf-8", resource("/noticeboard/board.css"));
    Reply icon = Reply.fixed("image/svg+xml", resource("/static/assets/icon.svg"));
    fixed =
        Map.of(
            "/", pages::everywhere,
            "/receive", () -> pages.words("receive"),
            "/object", () -> pages.words("object"),
            "/privacy", () -> pages.words("privacy"),
            "/accessibility", () -> pages.words("accessibility"),
            "/board.css", () -> style,
            "/icon.svg", () -> icon);
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Reply reply;
    try {
      reply =
          METHODS.contains(request.getMethod())
              ? reply(request.getRequestURI())
              : Reply.plain(405, "This page can only be read.", Map.of("Allow", "GET, HEAD"));
    } catch (RuntimeException failed) {
      LOG.error("A page of the notice board could not be made", failed);
      reply = Reply.plain(500, "This page can't be shown at the moment.", Map.of());
    }
    send(reply, request.getMethod().equals("GET"), response);
  }

  private Reply reply(String path) {
    Supplier<Reply> page = fixed.get(path);
    if (page != null) {
      return page.get();
    }
    Matcher site = SITE.matcher(path);
    if (site.matches()) {
      return pages.at(site.group(1));
    }
    Matcher message = MESSAGE.matcher(path);
    if (message.matches()) {
      String place = message.group(2);
      return message.group(3) == null
          ? pages.message(message.group(1))
          : pages.file(
              message.group(1), place == null ? 1 : Integer.parseInt(place), message.group(3));
    }
    return pages.notFound();
  }

  private static void send(Reply reply, boolean withBody, HttpServletResponse response)
      throws IOException {
    response.setStatus(reply.status());
    Reply.ALWAYS.forEach(response::setHeader);
    response.setHeader("Cache-Control", reply.cacheControl());
    reply.headers().forEach(response::setHeader);
    response.setContentType(reply.type());
    response.setContentLength(reply.body().length);
    if (withBody || reply.status() == 405) {
      response.getOutputStream().write(reply.body());
    }
  }

  private static byte[] resource(String name) {
    try (InputStream in = BoardServlet.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is missing from the program");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
