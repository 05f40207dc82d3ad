package org.towncrier.console.plan;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.towncrier.console.campaign.Campaigns;
import org.towncrier.console.input.InvalidInputException;
import org.towncrier.console.message.Draft;
import org.towncrier.console.message.MessageVersion;
import org.towncrier.console.message.Messages;
import org.towncrier.console.message.NotAllowedException;
import org.towncrier.console.message.PlannedMessage;
import org.towncrier.console.schedule.WeekCopy;
import org.towncrier.protocol.MessageId;
import org.towncrier.protocol.Window;

/**
 * What was on air in one week once more in the week after: a new version of each message, for
 * somebody else to approve. What is approved goes on as it is until then.
 */
@Service
public class WeekCopies {
  private final Messages messages;
  private final Campaigns campaigns;

  WeekCopies(Messages messages, Campaigns campaigns) {
    this.messages = messages;
    this.campaigns = campaigns;
  }

  /**
   * A message that is on air in the week.
   *
   * @param title as it stands approved
   * @param newest the version that a copy begins from
   * @param added its times in the week after; empty when it can't be copied
   * @param why it can't; null when it can
   */
  public record Candidate(
      String title, MessageVersion newest, List<Window> added, @Nullable String why) {
    public Candidate {
      added = List.copyOf(added);
    }
  }

  /** Every message that is on air in the week, Monday to Sunday, in which that day lies. */
  public List<Candidate> of(LocalDate day) {
    LocalDate monday = monday(day);
    return messages.planned().stream()
        .filter(planned -> isOnAir(planned, monday))
        .map(planned -> candidate(planned, monday))
        .toList();
  }

  /**
   * Writes the new version of one.
   *
   * @param edit the {@link MessageVersion#edit()} that the person read
   * @param day in the week that is copied
   * @throws InvalidInputException when there is nothing to copy
   * @throws NotAllowedException when another version is being written, or was since it was read
   */
  public MessageVersion copy(String who, MessageId id, int edit, LocalDate day) {
    LocalDate monday = monday(day);
    Candidate candidate =
        messages.planned().stream()
            .filter(planned -> planned.id().equals(id) && isOnAir(planned, monday))
            .findFirst()
            .map(planned -> candidate(planned, monday))
            .orElseThrow(() -> new InvalidInputException("week", "It is not on air in that week"));
    MessageVersion newest = candidate.newest();
    if (candidate.why() != null) {
      throw newest.status().stands()
          ? new InvalidInputException("week", candidate.why())
          : new NotAllowedException(candidate.why());
    }
    Draft draft = newest.draft();
    List<Window> windows = new ArrayList<>(draft.windows());
    windows.addAll(candidate.added());
    return messages.save(who, id, edit, draft.at(draft.targets(), windows, draft.priority()));
  }

  private Candidate candidate(PlannedMessage planned, LocalDate monday) {
    MessageVersion newest = messages.find(planned.id()).orElseThrow();
    LocalDate last = campaigns.get(newest.campaign()).endsOn();
    List<Window> added = WeekCopy.of(planned.windows(), monday, last);
    if (added.isEmpty()) {
      return new Candidate(
          planned.title(),
          newest,
          added,
          "It is on air at these times then as well, or its campaign has ended.");
    }
    return newest.status().stands()
        ? new Candidate(planned.title(), newest, added, null)
        : new Candidate(
            planned.title(),
            newest,
            List.of(),
            "Another version of it is being written, or waits for approval: change its times"
                + " there.");
  }

  private static LocalDate monday(LocalDate day) {
    return day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
  }

  private static boolean isOnAir(PlannedMessage planned, LocalDate monday) {
    return monday
        .datesUntil(monday.plusWeeks(1))
        .anyMatch(
            day ->
                planned.windows().stream()
                    .anyMatch(
                        window ->
                            !day.isBefore(window.from())
                                && !day.isAfter(window.to())
                                && window.days().contains(day.getDayOfWeek())));
  }
}
