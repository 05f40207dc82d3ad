package org.towncrier.console.api;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;
import org.towncrier.console.ConsoleSettings;
import org.towncrier.console.noticeboard.PublicNow;
import org.towncrier.console.token.Scope;

/** What the public can read now. */
@RestController
@RequestMapping(path = ApiSecurity.BASE, produces = MediaType.APPLICATION_JSON_VALUE)
class NoticeboardApi {
  private final PublicNow now;
  private final @Nullable URI url;

  NoticeboardApi(PublicNow now, ConsoleSettings settings) {
    this.now = now;
    this.url = settings.noticeboard().url();
  }

  @Says("A message that the public notice board says is genuine now")
  record Shown(
      String message,
      @Says("Its address for the public; null while towncrier.noticeboard.url is not set")
          @Nullable String address,
      @Says("What phones call the file") String fileName,
      String sender,
      @Says("The sites where phones are offered it") List<String> sites) {}

  @Endpoint(
      scope = Scope.NOTICEBOARD_READ,
      says = "What the public notice board shows now, the most important first")
  @GetMapping("/noticeboard")
  Listing<Shown> shown(
      @Says("Which page, from 1") @RequestParam(defaultValue = "1") @Min(1) int page,
      @Says("How many a page has")
          @RequestParam(defaultValue = Listing.SIZE)
          @Min(1)
          @Max(Listing.MOST)
          int size) {
    List<PublicNow.Shown> shown =
        now.shown()
            .orElseThrow(
                () ->
                    new ResponseStatusException(
                        HttpStatus.SERVICE_UNAVAILABLE, "Nobody can say what is genuine now."));
    return Listing.of(
        shown.stream()
            .map(
                notice ->
                    new Shown(
                        notice.message(),
                        url == null ? null : PublicNow.address(url, notice.code()),
                        notice.fileName(),
                        notice.sender(),
                        notice.sites()))
            .toList(),
        page,
        size);
  }
}
