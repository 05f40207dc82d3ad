package org.towncrier.console.urgent;

import java.time.DayOfWeek;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Service;
import org.towncrier.console.ConsoleSettings;
import org.towncrier.console.input.InvalidInputException;
import org.towncrier.console.message.Draft;
import org.towncrier.console.message.MessageKind;
import org.towncrier.console.message.MessageVersion;
import org.towncrier.console.message.Messages;
import org.towncrier.console.message.Target;
import org.towncrier.console.message.Wording;
import org.towncrier.console.store.Transactions;
import org.towncrier.console.writing.Text;
import org.towncrier.protocol.CampaignId;
import org.towncrier.protocol.MessageId;
import org.towncrier.protocol.ScheduledMessage.Priority;
import org.towncrier.protocol.Window;

/** Writes urgent messages: in one step from the words to waiting for its approver. */
@Service
public class UrgentMessages {
  private final Messages messages;
  private final Transactions transactions;
  private final ConsoleSettings settings;
  private final InstantSource clock;

  UrgentMessages(
      Messages messages, Transactions transactions, ConsoleSettings settings, InstantSource clock) {
    this.messages = messages;
    this.transactions = transactions;
    this.settings = settings;
    this.clock = clock;
  }

  /** How many hours from now one can be on air; a longer need is no longer an urgent one. */
  public static List<Integer> hours() {
    return List.of(1, 2, 4, 8);
  }

  /**
   * Writes it and sends it for approval, or does neither: a draft nobody knows of would help
   * nobody.
   *
   * @param texts the words, in each language that phones are to show
   * @param hours one of {@link #hours()}, from this minute on
   * @throws InvalidInputException with everything that is wrong
   */
  public MessageVersion send(
      String who,
      CampaignId campaign,
      String title,
      List<Text> texts,
      List<Target> places,
      int hours) {
    if (!hours().contains(hours)) {
      throw new InvalidInputException("hours", "Select how long it is on air: " + hours());
    }
    Draft draft =
        new Draft(
            title.strip(),
            MessageKind.TEXT,
            List.of(new Wording("Urgent.txt", texts, null, null)),
            Priority.URGENT,
            places,
            List.of(fromNow(hours)));
    return transactions.write(
        () -> {
          MessageId id = messages.freeId(draft.title());
          messages.create(who, campaign, id, draft);
          return messages.submit(who, id);
        });
  }

  private Window fromNow(int hours) {
    LocalDateTime from =
        LocalDateTime.ofInstant(clock.instant(), settings.zone()).truncatedTo(ChronoUnit.MINUTES);
    LocalDate day = from.toLocalDate();
    Set<DayOfWeek> days = EnumSet.of(day.getDayOfWeek());
    return new Window(
        day, day, days, from.toLocalTime(), from.toLocalTime().plusHours(hours), settings.zone());
  }
}
