package org.towncrier.console.noticeboard;

import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Service;
import org.towncrier.protocol.SiteId;

/** What the public notice board shows at this moment, whether or not it is switched on. */
@Service
public class PublicNow {
  private final Boards boards;
  private final InstantSource clock;

  PublicNow(Boards boards, InstantSource clock) {
    this.boards = boards;
    this.clock = clock;
  }

  /**
   * A message that is genuine now.
   *
   * @param code its address on the board ends with it
   * @param sites where phones are offered it
   */
  public record Shown(
      String code, String message, String fileName, String sender, List<String> sites) {
    public Shown {
      sites = List.copyOf(sites);
    }
  }

  /** The page of one of them, for the public. */
  public static String address(URI board, String code) {
    String base = board.toString();
    return (base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + "/message/" + code;
  }

  /** All of them, the most important first; nothing when the board itself can't say. */
  public Optional<List<Shown>> shown() {
    Instant now = clock.instant();
    return boards
        .now()
        .map(
            board ->
                board.onAir(now).stream()
                    .map(
                        notice ->
                            new Shown(
                                notice.code(),
                                notice.message().id().value(),
                                notice.file(),
                                notice.campaign().sender(),
                                notice.sites().stream().map(SiteId::value).sorted().toList()))
                    .toList());
  }
}
