package org.towncrier.console.message;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.towncrier.console.campaign.Campaign;
import org.towncrier.console.page.LocalTimes;
import org.towncrier.console.people.People;

/**
 * A version as its page shows it: what it said, where and when, who wrote and who decided.
 *
 * @param changes what differs from the version before, in words; empty for the first
 */
record PastVersion(
    int number,
    MessageView.Tag tag,
    Draft draft,
    Preview preview,
    String author,
    Instant createdAt,
    @Nullable String submittedBy,
    @Nullable Instant submittedAt,
    @Nullable String decidedBy,
    @Nullable Instant decidedAt,
    String reason,
    List<String> places,
    List<String> windows,
    String changes) {

  /** All of them, in the order given, the newest first. */
  static List<PastVersion> all(
      List<MessageVersion> versions, Campaign campaign, People people, LocalTimes times) {
    List<PastVersion> shown = new ArrayList<>();
    for (int i = 0; i < versions.size(); i++) {
      MessageVersion version = versions.get(i);
      Draft before = i + 1 < versions.size() ? versions.get(i + 1).draft() : null;
      Draft draft = version.draft();
      shown.add(
          new PastVersion(
              version.number(),
              MessageView.tag(version.status().name()),
              draft,
              Preview.of(version, campaign),
              people.displayName(version.author()),
              version.createdAt(),
              name(version.submittedBy(), people),
              version.submittedAt(),
              name(version.decidedBy(), people),
              version.decidedAt(),
              Objects.requireNonNullElse(version.reason(), ""),
              draft.targets().stream().map(Target::toString).toList(),
              draft.windows().stream().map(times::window).toList(),
              before == null ? "" : changes(before, draft)));
    }
    return shown;
  }

  private static @Nullable String name(@Nullable String username, People people) {
    return username == null ? null : people.displayName(username);
  }

  private static String changes(Draft before, Draft after) {
    List<String> changed = new ArrayList<>();
    note(changed, "the title", before.title(), after.title());
    note(changed, "the kind", before.kind(), after.kind());
    note(changed, "the words", before.text(), after.text());
    note(changed, "the contact", before.contact(), after.contact());
    if (!Arrays.equals(before.image(), after.image())) {
      changed.add("the picture");
    }
    note(changed, "where", before.targets(), after.targets());
    note(changed, "when", before.windows(), after.windows());
    note(changed, "the priority", before.priority(), after.priority());
    return changed.isEmpty() ? "nothing" : changed.stream().collect(Collectors.joining(", "));
  }

  private static void note(
      List<String> changed, String what, @Nullable Object before, @Nullable Object after) {
    if (!Objects.equals(before, after)) {
      changed.add(what);
    }
  }
}
