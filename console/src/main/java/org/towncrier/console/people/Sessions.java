package org.towncrier.console.people;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.springframework.security.core.session.SessionInformation;
import org.springframework.security.core.session.SessionRegistry;

/** Where people are signed in, and ending that. Kept in memory, as the sessions themselves are. */
final class Sessions {
  private final SessionRegistry registry;

  Sessions(SessionRegistry registry) {
    this.registry = registry;
  }

  /**
   * One of them.
   *
   * @param handle names it on a page; the session's own id, which would let a reader in, is a hash
   *     away
   * @param mine whether it is the one that looks
   */
  record Open(String handle, Instant lastUsed, boolean mine) {}

  /**
   * Somebody's, the last used first.
   *
   * @param current the id of the session that looks
   */
  List<Open> of(String username, String current) {
    return informations(username).stream()
        .map(
            info ->
                new Open(
                    handle(info),
                    info.getLastRequest().toInstant(),
                    info.getSessionId().equals(current)))
        .sorted(Comparator.comparing(Open::lastUsed).reversed())
        .toList();
  }

  /** Ends one at its next request. */
  void end(String username, String handle) {
    informations(username).stream()
        .filter(info -> handle(info).equals(handle))
        .forEach(SessionInformation::expireNow);
  }

  /** Ends all but one, or all of them when that is none of theirs. */
  void endOthers(String username, String current) {
    informations(username).stream()
        .filter(info -> !info.getSessionId().equals(current))
        .forEach(SessionInformation::expireNow);
  }

  private List<SessionInformation> informations(String username) {
    return registry.getAllPrincipals().stream()
        .filter(who -> who instanceof SignedIn person && person.getUsername().equals(username))
        .flatMap(who -> registry.getAllSessions(who, false).stream())
        .toList();
  }

  private static String handle(SessionInformation info) {
    return new OneTimeToken(info.getSessionId()).hash().substring(0, 16);
  }
}
