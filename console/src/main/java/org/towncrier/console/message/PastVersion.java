package org.towncrier.console.message;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
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
    List<Preview> previews,
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

  /**
   * All of them, in the order given, the newest first.
   *
   * @param place a place as people call it
   */
  static List<PastVersion> all(
      List<MessageVersion> versions,
      Campaign campaign,
      People people,
      LocalTimes times,
      Function<Target, String> place) {
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
              Preview.all(
                  draft,
                  campaign,
                  wording ->
                      "/messages/%s/versions/%d/image/%d?small=true"
                          .formatted(version.message(), version.number(), wording)),
              people.displayName(version.author()),
              version.createdAt(),
              name(version.submittedBy(), people),
              version.submittedAt(),
              name(version.decidedBy(), people),
              version.decidedAt(),
              Objects.requireNonNullElse(version.reason(), ""),
              draft.targets().stream().map(place).toList(),
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
    note(changed, "how many wordings", before.wordings().size(), after.wordings().size());
    note(changed, "the file name", each(before, Wording::fileName), each(after, Wording::fileName));
    note(changed, "the words", each(before, Wording::texts), each(after, Wording::texts));
    note(changed, "the contact", each(before, Wording::contact), each(after, Wording::contact));
    note(changed, "the picture", each(before, PastVersion::image), each(after, PastVersion::image));
    note(changed, "where", before.targets(), after.targets());
    note(changed, "when", before.windows(), after.windows());
    note(changed, "the priority", before.priority(), after.priority());
    return changed.isEmpty() ? "nothing" : changed.stream().collect(Collectors.joining(", "));
  }

  private static List<@Nullable Object> each(
      Draft draft, Function<Wording, @Nullable Object> part) {
    List<@Nullable Object> parts = new ArrayList<>();
    draft.wordings().forEach(wording -> parts.add(part.apply(wording)));
    return parts;
  }

  private static @Nullable Object image(Wording wording) {
    byte[] image = wording.image();
    return image == null ? null : ByteBuffer.wrap(image);
  }

  private static void note(
      List<String> changed, String what, @Nullable Object before, @Nullable Object after) {
    if (!Objects.equals(before, after)) {
      changed.add(what);
    }
  }
}
