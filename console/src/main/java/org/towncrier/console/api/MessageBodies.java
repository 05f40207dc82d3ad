package org.towncrier.console.api;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.towncrier.console.audit.AuditTrail;
import org.towncrier.console.evaluation.Published;
import org.towncrier.console.input.InvalidInputException;
import org.towncrier.console.input.InvalidInputException.Problem;
import org.towncrier.console.input.KnownDays;
import org.towncrier.console.message.Contact;
import org.towncrier.console.message.Draft;
import org.towncrier.console.message.Drafts;
import org.towncrier.console.message.MessageKind;
import org.towncrier.console.message.MessageStatus;
import org.towncrier.console.message.MessageVersion;
import org.towncrier.console.message.MessageView;
import org.towncrier.console.message.Target;
import org.towncrier.console.message.Wording;
import org.towncrier.console.onair.Effect;
import org.towncrier.console.page.Problems;
import org.towncrier.console.writing.Check;
import org.towncrier.console.writing.Language;
import org.towncrier.console.writing.Text;
import org.towncrier.protocol.ScheduledMessage.Priority;
import org.towncrier.protocol.Window;

/** What programs send and are sent of messages. */
final class MessageBodies {
  private MessageBodies() {}

  @Says("A contact card: numbers that land in the phone's own contacts")
  record Card(
      @Says("As the contacts show it") String name,
      @Says("Whose numbers they are") String organisation,
      @Says("What to dial, the first one first") List<Number> numbers) {

    @Says("One number with the label it is said by")
    record Number(@Says("Such as: Police") String label, @Says("What to dial") String dial) {}

    static @Nullable Card of(@Nullable Contact contact) {
      return contact == null
          ? null
          : new Card(
              contact.name(),
              contact.organisation(),
              contact.numbers().stream().map(n -> new Number(n.label(), n.dial())).toList());
    }

    static @Nullable Contact contact(@Nullable Card card) {
      return card == null
          ? null
          : new Contact(
              card.name().strip(),
              card.organisation().strip(),
              card.numbers().stream()
                  .map(n -> new Contact.Number(n.label().strip(), n.dial().strip()))
                  .toList());
    }
  }

  @Says("When a message is on air: some days of the week between two dates, in local time")
  record Times(
      @Says("The first day it may start on") LocalDate from,
      @Says("The last day it may start on") LocalDate to,
      @Says("The days of the week it starts on") List<DayOfWeek> days,
      @Says("When it opens") LocalTime start,
      @Says("When it closes; not after start means on the next day") LocalTime end,
      @Says("Where these times are local: the console's zone, which may be left out")
          @Nullable String zone) {

    static Times of(Window window) {
      return new Times(
          window.from(),
          window.to(),
          window.days().stream().sorted().toList(),
          window.start(),
          window.end(),
          window.zone().getId());
    }

    /** As nodes are told. Nothing, with problems noted by their field, when it can't be. */
    private @Nullable Window window(String path, ZoneId here, List<Problem> problems) {
      int before = problems.size();
      if (to.isBefore(from)) {
        problems.add(new Problem(path + ".to", "is before from"));
      }
      if (days.isEmpty()) {
        problems.add(new Problem(path + ".days", "needs at least one day of the week"));
      }
      for (LocalDate day : List.of(from, to)) {
        if (!KnownDays.contains(day)) {
          problems.add(new Problem(path, day + " lies where no calendar of ours reaches"));
        }
      }
      if (zone != null && !zone.equals(here.getId())) {
        problems.add(new Problem(path + ".zone", "must be " + here + ", or left out"));
      }
      return problems.size() > before
          ? null
          : new Window(from, to, EnumSet.copyOf(days), start, end, here);
    }

    static List<Window> windows(List<Times> times, ZoneId here, List<Problem> problems) {
      List<Window> windows = new ArrayList<>();
      for (int n = 0; n < times.size(); n++) {
        Window window = times.get(n).window("windows[" + n + "]", here, problems);
        if (window != null) {
          windows.add(window);
        }
      }
      return windows;
    }
  }

  @Says("Words in one language")
  record Words(
      @Says("Such as en, pl or cy (BCP 47)") String language,
      @Says("The words of a TEXT; a description of the other kinds") String text) {

    static List<Text> texts(List<Words> sent, String path, List<Problem> problems) {
      List<Text> written = new ArrayList<>();
      for (int n = 0; n < sent.size(); n++) {
        try {
          written.add(
              new Text(
                  new Language(sent.get(n).language()), sent.get(n).text().replace("\r\n", "\n")));
        } catch (IllegalArgumentException none) {
          problems.add(
              new Problem(path + "[" + n + "].language", String.valueOf(none.getMessage())));
        }
      }
      return written;
    }
  }

  @Says("One way to say a message: what one phone receives")
  record NewWording(
      @Says("What the phone's question calls the file; from the title when left out")
          @Nullable String fileName,
      @Says("The words in each language, in the order the phone shows them") List<Words> texts,
      @Says("For a VCARD") @Nullable Card contact,
      @Says(
              "For an IMAGE: a JPEG file without metadata, in base64; left out, the picture before"
                  + " stays")
          byte @Nullable [] image) {

    private Wording wording(String path, String title, MessageKind kind, List<Problem> problems) {
      return new Wording(
          fileName == null || fileName.isBlank() ? Drafts.fileName(title, kind) : fileName.strip(),
          Words.texts(texts, path + ".texts", problems),
          kind == MessageKind.VCARD ? Card.contact(contact) : null,
          kind == MessageKind.IMAGE ? image : null);
    }

    static List<Wording> wordings(
        List<NewWording> sent, String title, MessageKind kind, List<Problem> problems) {
      if (sent.isEmpty() || sent.size() > Draft.MOST_WORDINGS) {
        problems.add(
            new Problem(
                "wordings", "A message has 1 to %d of them".formatted(Draft.MOST_WORDINGS)));
      }
      List<Wording> wordings = new ArrayList<>();
      for (int n = 0; n < sent.size(); n++) {
        wordings.add(sent.get(n).wording("wordings[" + n + "]", title, kind, problems));
      }
      return wordings;
    }
  }

  @Says("One way to say a message, as it is kept")
  record WordingBody(
      @Says("What the phone's question calls the file") String fileName,
      List<Words> texts,
      @Nullable Card contact,
      @Says("Whether it has a picture, to be read at its own address") boolean picture) {

    static WordingBody of(Wording wording) {
      return new WordingBody(
          wording.fileName(),
          wording.texts().stream().map(t -> new Words(t.language().tag(), t.words())).toList(),
          Card.of(wording.contact()),
          wording.image() != null);
    }
  }

  @Says("A message to begin. Without places and windows it is a draft that gets them later")
  record NewMessage(
      @Says("The campaign it belongs to") String campaign,
      @Says("For the team, and in the name of the file that the phone asks about") String title,
      @Says("What file the phone receives") MessageKind kind,
      @Says("One, or several to compare: each phone is offered one of them, by lot")
          List<NewWording> wordings,
      @Says("Sites, or nodes as site/node") @Nullable List<String> places,
      @Says("When it is on air") @Nullable List<Times> windows,
      @Says("NORMAL when left out") @Nullable Priority priority) {}

  @Says("The words of a message, in place of those before; place and time stay")
  record NewWords(
      @Says("The edit that was read, so that nobody's changes are lost unseen") Integer edit,
      @Says("For the team") String title,
      @Says("What file the phone receives") MessageKind kind,
      @Says("One, or several to compare") List<NewWording> wordings) {}

  @Says("Where and when, in place of what was before; the words stay")
  record NewSchedule(
      @Says("The edit that was read, so that nobody's changes are lost unseen") Integer edit,
      @Says("Sites, or nodes as site/node") List<String> places,
      @Says("When it is on air") List<Times> windows,
      @Says("Which goes first where several are on air") Priority priority) {}

  @Says("A decision on words that were read")
  record Decision(
      @Says("The edit that was read: what somebody changed since is not decided on")
          Integer edit) {}

  @Says("A decision to send a message back")
  record Return(
      @Says("The edit that was read") Integer edit,
      @Says("What should be changed, for its author") String reason) {}

  @Says("A week to copy: a new version is on air at the same times in the week after as well")
  record Week(
      @Says("The edit that was read, so that nobody's changes are lost unseen") Integer edit,
      @Says("A day in it; weeks begin on Mondays") LocalDate week) {}

  @Says("An urgent message: it waits for its approver as soon as it is sent")
  record NewUrgent(
      @Says("The campaign it belongs to") String campaign,
      @Says("For the team") String title,
      @Says("The words in each language, in the order the phone shows them") List<Words> texts,
      @Says("Sites, or nodes as site/node") List<String> places,
      @Says("How many hours it is on air from this minute on: 1, 2, 4 or 8") Integer hours) {}

  @Says("A message in a list: its newest version")
  record MessageLine(
      String id,
      @Says("The number of the newest version, from 1") int version,
      @Says("Of the newest version") MessageStatus status,
      @Says("Of the version that stands approved, if there is one")
          @Nullable MessageStatus speaking,
      String campaign,
      String title,
      MessageKind kind,
      String text,
      Priority priority,
      @Says("The username of who began this version") String author,
      @Says(
              "Phones that took it, training left out, as it may be told: to the nearest 5, and"
                  + " nothing below 10")
          @Nullable Long accepted) {

    static MessageLine of(MessageView view) {
      return new MessageLine(
          view.id(),
          view.number(),
          MessageStatus.valueOf(view.status()),
          view.speaking().isEmpty() ? null : MessageStatus.valueOf(view.speaking()),
          view.campaign(),
          view.title(),
          MessageKind.valueOf(view.kind()),
          view.text(),
          Priority.valueOf(view.priority()),
          view.author(),
          Published.count(view.accepted()));
    }
  }

  @Says("One version of a message, whole but for its picture. Versions are kept for ever")
  record Version(
      String id,
      String campaign,
      @Says("The number of this version, from 1") int version,
      @Says("Grows with each save; what changes or decides says which one it read") int edit,
      MessageStatus status,
      String title,
      MessageKind kind,
      List<WordingBody> wordings,
      Priority priority,
      List<String> places,
      List<Times> windows,
      @Says("The username of who began it") String author,
      Instant createdAt,
      @Nullable String submittedBy,
      @Nullable Instant submittedAt,
      @Says("The second person, once there was a decision") @Nullable String decidedBy,
      @Nullable Instant decidedAt,
      @Says("Why it was returned") @Nullable String reason) {

    static Version of(MessageVersion version) {
      Draft draft = version.draft();
      return new Version(
          version.message().value(),
          version.campaign().value(),
          version.number(),
          version.edit(),
          version.status(),
          draft.title(),
          draft.kind(),
          draft.wordings().stream().map(WordingBody::of).toList(),
          draft.priority(),
          draft.targets().stream().map(Target::toString).toList(),
          draft.windows().stream().map(Times::of).toList(),
          version.author(),
          version.createdAt(),
          version.submittedBy(),
          version.submittedAt(),
          version.decidedBy(),
          version.decidedAt(),
          version.reason());
    }
  }

  @Says("Something that was looked at, in a sentence")
  record Checked(
      @Says("BLOCK keeps it from being sent for approval") Check.Verdict verdict,
      @Says("The field it is about") String field,
      String words) {

    static Checked of(Check check) {
      return new Checked(check.verdict(), Fields.ofMessages(check.field()), check.words());
    }
  }

  @Says("What one node makes of a message, as it says itself")
  record AtNode(
      String site,
      String node,
      @Says("Whether it does as it was told") boolean settled,
      @Says("What it does, for a person to read") String words) {

    static AtNode of(Effect effect) {
      return new AtNode(
          effect.node().site(), effect.node().node(), effect.settled(), effect.words());
    }
  }

  @Says("Something that somebody did")
  record Done(
      Instant at,
      @Says("A username; console and import are no person") String who,
      String what,
      @Says("To what, such as: message home-safe") String subject,
      String detail,
      @Says("The token it was done through; empty when it was done on a page") String via) {

    static Done of(AuditTrail.Entry entry) {
      return new Done(
          entry.at(), entry.who(), entry.what(), entry.subject(), entry.detail(), entry.via());
    }
  }

  /** The places, with those that are none noted. */
  static List<Target> targets(List<String> places, List<Problem> problems) {
    List<Target> targets = new ArrayList<>();
    for (int n = 0; n < places.size(); n++) {
      try {
        targets.add(Target.parse(places.get(n)));
      } catch (IllegalArgumentException notOne) {
        problems.add(new Problem("places[" + n + "]", String.valueOf(notOne.getMessage())));
      }
    }
    return targets;
  }

  static void refuse(List<Problem> problems) {
    if (!problems.isEmpty()) {
      throw new InvalidInputException(problems);
    }
  }

  /** The same, for what a form of the pages has read. */
  static void refuse(Problems problems) {
    refuse(
        problems.all().entrySet().stream()
            .map(wrong -> new Problem(wrong.getKey(), wrong.getValue()))
            .toList());
  }
}
