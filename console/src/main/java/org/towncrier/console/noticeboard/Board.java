package org.towncrier.console.noticeboard;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.towncrier.console.campaign.Campaign;
import org.towncrier.console.message.SentMessage;
import org.towncrier.console.node.SiteView;
import org.towncrier.protocol.SiteId;
import org.towncrier.protocol.Window;

/**
 * All that the public may know, as it was read at one moment. It knows no clock and cannot change:
 * what is on air is asked of it for a moment, by the rules that nodes keep.
 *
 * @param readAt when it was read
 * @param permittedHours outside which nodes offer nothing
 * @param sites every site, by name
 * @param notices what nodes may offer, now or later
 * @param sent what phones of the public were offered lately, the latest first
 */
record Board(
    Instant readAt,
    Window permittedHours,
    List<Site> sites,
    List<Notice> notices,
    List<Sent> sent) {
  Board {
    sites = List.copyOf(sites);
    notices = List.copyOf(notices);
    sent = List.copyOf(sent);
  }

  /**
   * A place that speaks.
   *
   * @param offersPerNight how often a phone may be asked there in one night
   */
  record Site(SiteId id, String name, int offersPerNight) {
    static Site of(SiteView site) {
      return new Site(site.site(), site.name(), site.contact().offersPerNight());
    }
  }

  /** Something that was offered, and by whom. */
  record Sent(String code, Campaign campaign, SentMessage message) {}

  /** What is on air at that moment, the most important first. */
  List<Notice> onAir(Instant at) {
    return permittedHours.isOpen(at)
        ? notices.stream()
            .filter(notice -> notice.onAir(at))
            .sorted(Comparator.comparing((Notice notice) -> notice.message().priority()).reversed())
            .toList()
        : List.of();
  }

  /** The same at one site. */
  List<Notice> onAir(SiteId site, Instant at) {
    return onAir(at).stream().filter(notice -> notice.sites().contains(site)).toList();
  }

  /** The message of that code, when it is on air. */
  Optional<Notice> onAir(String code, Instant at) {
    return onAir(at).stream().filter(notice -> notice.code().equals(code)).findFirst();
  }

  /** What phones were offered after that moment and is not on air at this one. */
  List<Sent> notOnAir(Instant after, Instant at) {
    List<String> current = onAir(at).stream().map(Notice::code).toList();
    return sent.stream()
        .filter(gone -> !gone.message().lastOffered().isBefore(after))
        .filter(gone -> !current.contains(gone.code()))
        .toList();
  }

  /** The message of that code, when phones were offered it lately. */
  Optional<Sent> sent(String code) {
    return sent.stream().filter(gone -> gone.code().equals(code)).findFirst();
  }

  Optional<Site> site(String id) {
    return sites.stream().filter(site -> site.id().value().equals(id)).findFirst();
  }

  /** The names of the sites where it is on air. */
  public List<String> places(Notice notice) {
    return sites.stream()
        .filter(site -> notice.sites().contains(site.id()))
        .map(Site::name)
        .toList();
  }
}
