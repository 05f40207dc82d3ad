package org.towncrier.console.noticeboard;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.thymeleaf.context.Context;
import org.thymeleaf.spring6.SpringTemplateEngine;
import org.thymeleaf.templatemode.TemplateMode;
import org.thymeleaf.templateresolver.ClassLoaderTemplateResolver;
import org.towncrier.console.ConsoleSettings;
import org.towncrier.console.page.LocalTimes;

/**
 * The pages of the board. Their templates and the engine that fills them are their own: the
 * console's know nothing of these, nor these of the console's.
 */
@Component
class BoardPages {
  /** Who got a message on Friday may ask on Monday. */
  private static final Duration LATELY = Duration.ofDays(7);

  private final SpringTemplateEngine engine = new SpringTemplateEngine();
  private final Boards boards;
  private final LocalTimes times;
  private final InstantSource clock;
  private final ConsoleSettings settings;

  BoardPages(Boards boards, LocalTimes times, InstantSource clock, ConsoleSettings settings) {
    this.boards = boards;
    this.times = times;
    this.clock = clock;
    this.settings = settings;
    ClassLoaderTemplateResolver templates =
        new ClassLoaderTemplateResolver(BoardPages.class.getClassLoader());
    templates.setPrefix("noticeboard/");
    templates.setSuffix(".html");
    templates.setTemplateMode(TemplateMode.HTML);
    templates.setCharacterEncoding("UTF-8");
    engine.setTemplateResolver(templates);
  }

  /** All that is on air, everywhere. */
  Reply everywhere() {
    Instant now = clock.instant();
    return boards
        .now()
        .map(board -> list(board, now, null, "everywhere"))
        .orElseGet(this::unreadable);
  }

  /** What is on air at one site. */
  Reply at(String site) {
    Instant now = clock.instant();
    return boards
        .now()
        .map(
            board ->
                board
                    .site(site)
                    .map(found -> list(board, now, found, "site"))
                    .orElseGet(this::notFound))
        .orElseGet(this::unreadable);
  }

  private Reply list(Board board, Instant now, Board.@Nullable Site site, String page) {
    Map<String, Object> model = new HashMap<>();
    model.put("board", board);
    model.put("notices", site == null ? board.onAir(now) : board.onAir(site.id(), now));
    model.put("gone", board.notOnAir(now.minus(LATELY), now));
    if (site != null) {
      model.put("site", site);
    }
    return page(200, page, now, model);
  }

  /** One message: its words while it is on air, and what became of it afterwards. */
  Reply message(String code) {
    Instant now = clock.instant();
    Optional<Board> board = boards.now();
    if (board.isEmpty()) {
      return unreadable();
    }
    Optional<Notice> notice = board.get().onAir(code, now);
    if (notice.isPresent()) {
      return page(
          200,
          "message",
          now,
          Map.of("notice", notice.get(), "places", board.get().places(notice.get())));
    }
    return board
        .get()
        .sent(code)
        .map(sent -> page(410, "gone", now, Map.of("sent", sent)))
        .orElseGet(this::notFound);
  }

  /**
   * The card or picture as phones receive it, while it is on air.
   *
   * @param place of the wording, from 1
   */
  Reply file(String code, int place, String extension) {
    Optional<Board> board = boards.now();
    if (board.isEmpty()) {
      return unreadable();
    }
    return board
        .get()
        .onAir(code, clock.instant())
        .filter(notice -> notice.words().kind().extension().equals(extension))
        .filter(notice -> place >= 1 && place <= notice.message().wordings().size())
        .map(notice -> notice.message().wordings().get(place - 1).object())
        .map(
            object ->
                Reply.file(
                    extension.equals(".vcf") ? "text/vcard;charset=utf-8" : "image/jpeg",
                    object.content(),
                    // MessageObject lets no quote into a name.
                    Map.of(
                        "Content-Disposition",
                        (extension.equals(".vcf") ? "attachment" : "inline")
                            + "; filename=\"%s\"".formatted(object.name()))))
        .orElseGet(this::notFound);
  }

  /** A page that depends on settings alone. */
  Reply words(String page) {
    return page(200, page, clock.instant(), Map.of());
  }

  Reply notFound() {
    return page(404, "not-found", clock.instant(), Map.of());
  }

  /** What is on air is not known, so nothing is called genuine. */
  Reply unreadable() {
    return page(503, "unreadable", clock.instant(), Map.of());
  }

  private Reply page(int status, String name, Instant now, Map<String, Object> model) {
    Context context = new Context(Locale.UK, model);
    context.setVariable("facts", new Facts(settings.noticeboard()));
    context.setVariable("times", times);
    context.setVariable("now", now);
    context.setVariable("demo", settings.demo());
    context.setVariable("hours", settings.permittedHours());
    return Reply.page(status, engine.process(name, context));
  }
}
