package org.towncrier.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.towncrier.protocol.NodeState.MessageState.Status.ON_AIR;
import static org.towncrier.protocol.NodeState.MessageState.Status.WAITING;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The golden examples as records: what the files in {@code examples/v1} must say. */
final class Examples {
  static final SiteId SITE = new SiteId("marlborough-square");
  static final NodeId NODE = new NodeId("clock-tower");
  static final NodeId MEMORIAL = new NodeId("memorial");
  static final UUID BOOT = UUID.fromString("6f1c3d5e-0b7a-4b0e-9a53-1d2f3c4b5a69");
  static final MessageId HOME = new MessageId("getting-home-safely");
  static final MessageId HELP = new MessageId("who-to-call");
  static final VariantId FIRST = new VariantId("a-5f2d0c91");
  static final VariantId SECOND = new VariantId("b-5f2d0c91");
  static final CampaignId CAMPAIGN = new CampaignId("safer-evenings");
  static final Instant FRIDAY_NIGHT = Instant.parse("2026-11-27T22:40:00Z");
  static final Instant HOUR = Instant.parse("2026-11-27T22:00:00Z");

  static final NodeSchedule SCHEDULE =
      new NodeSchedule(
          SITE,
          NODE,
          42,
          Instant.parse("2026-11-27T18:55:10Z"),
          Instant.parse("2026-12-11T18:55:10Z"),
          false,
          false,
          ContactRules.DEFAULT,
          List.of(NODE, MEMORIAL),
          List.of(MEMORIAL),
          List.of(new Campaign(CAMPAIGN, Instant.parse("2026-12-20T12:00:00Z"))),
          List.of(
              message(
                  HOME,
                  "getting-home.txt",
                  "text/plain",
                  "Last bus to Ashby 23:10 from Marlborough Square. Safer Coalville 01530 454704"),
              inTwoWordings(
                  message(
                      HELP,
                      "police-101.vcf",
                      "text/x-vcard",
                      "BEGIN:VCARD\r\nVERSION:2.1\r\nFN:Police 101\r\nTEL:101\r\nEND:VCARD\r\n"),
                  new MessageObject(
                      "who-to-call.vcf",
                      "text/x-vcard",
                      "BEGIN:VCARD\r\nVERSION:2.1\r\nFN:Who to call\r\nTEL:101\r\nEND:VCARD\r\n"
                          .getBytes(UTF_8)))));

  static final UUID COMMAND_ID = UUID.fromString("0d5d3b57-6e0f-4a51-8c34-9a1a55d3c2f7");

  static final NodeCommand COMMAND =
      new NodeCommand(
          SITE,
          NODE,
          COMMAND_ID,
          FRIDAY_NIGHT,
          FRIDAY_NIGHT.plusSeconds(300),
          NodeCommand.Action.LEAVE_ALONE);

  static final NodeCommand TEST_OFFER =
      new NodeCommand(
          SITE,
          NODE,
          UUID.fromString("7c1f0c0e-5a0b-4f0a-9d38-2f6f8d0a7b11"),
          FRIDAY_NIGHT,
          FRIDAY_NIGHT.plusSeconds(300),
          NodeCommand.Action.TEST_OFFER,
          HOME);

  static final NodeState STATE =
      new NodeState(
          SITE,
          NODE,
          BOOT,
          FRIDAY_NIGHT,
          "0.1.0",
          42,
          new NodeState.Refusal(43L, "it is signed with a key that this node does not trust", HOUR),
          null,
          false,
          false,
          List.of(
              new NodeState.MessageState(HOME, ON_AIR), new NodeState.MessageState(HELP, WAITING)),
          new NodeState.Clock(true, "synchronised"),
          List.of(new NodeState.Adapter("hci0", NodeState.Adapter.Health.UP, "")),
          new NodeState.Disk(12_000_000_000L, true),
          3,
          17,
          new NodeState.CommandState(
              COMMAND_ID,
              NodeState.CommandState.Status.DONE,
              "One phone was added. It is not asked again in any campaign of now.",
              FRIDAY_NIGHT),
          List.of(MEMORIAL),
          new NodeState.PermittedHours(
              LocalTime.of(19, 0), LocalTime.of(4, 0), ZoneId.of("Europe/London")),
          2);

  static final DeliveryReport REPORT =
      new DeliveryReport(
          SITE,
          NODE,
          BOOT,
          7,
          FRIDAY_NIGHT,
          List.of(
              new DeliveryReport.OutcomeCount(HOME, HOUR, Outcome.ACCEPTED, null, false, 4),
              new DeliveryReport.OutcomeCount(
                  HOME, HOUR, Outcome.WITHHELD, WithheldReason.DECLINED_BEFORE, false, 2),
              new DeliveryReport.OutcomeCount(
                  HELP, SECOND, HOUR, Outcome.DECLINED_OR_IGNORED, null, false, 3)),
          List.of(new DeliveryReport.Coverage("hci0", HOUR, 1710)),
          List.of(
              new DeliveryReport.PhonesSeen(HOUR, false, new byte[] {2, 1, 7, 12, 3, 8, 0, 0})));

  static final Presence PRESENCE = new Presence(Presence.Status.ONLINE, BOOT, FRIDAY_NIGHT);

  static final Acks ACKS = new Acks(SITE, NODE, List.of(new Acks.Boot(BOOT, 7)));

  /** Keys of no site. */
  static final SiteSeed SEED =
      new SiteSeed(SITE, LocalDate.of(2026, 11, 27), keyFrom(0), keyFrom(100));

  static final ContactTalk TALK =
      new ContactTalk(
          FRIDAY_NIGHT,
          true,
          List.of(
              new ContactTalk.Claim(
                  11,
                  12,
                  -8_070_450_532_247_928_832L,
                  5_566_778_899L,
                  false,
                  List.of(
                      new ContactTalk.Wish(
                          HOME, CAMPAIGN, Instant.parse("2026-12-20T12:00:00Z"), -31L)))),
          List.of(new ContactTalk.Answer(21, HOME, null), new ContactTalk.Answer(22, null, 15L)),
          List.of(new ContactTalk.Result(31, 32, true, true, true, false, false)),
          List.of(41L),
          new ContactTalk.Join(51, List.of(NODE, MEMORIAL)),
          new ContactTalk.Joined(
              61,
              List.of(NODE, MEMORIAL),
              false,
              62,
              0,
              1,
              List.of(
                  new ContactTalk.Departed(
                      new NodeId("market"), Instant.parse("2026-12-11T19:05:10Z"))),
              List.of(
                  new ContactTalk.KnownCampaign(
                      CAMPAIGN, HOUR, Instant.parse("2026-12-20T12:00:00Z"))),
              List.of(new ContactTalk.Asked(CAMPAIGN, HOME, false, List.of(71L, 72L))),
              List.of(new ContactTalk.Refused(CAMPAIGN, false, List.of(72L))),
              List.of(new ContactTalk.Phones(CAMPAIGN, List.of(73L))),
              List.of(new ContactTalk.Tonight(false, 1, false, List.of(81L, 82L)))),
          List.of(new ContactTalk.Phones(CAMPAIGN, List.of(73L))));

  /** Public so that anybody can check the example's signature; it signs nothing else. */
  static final SigningKey KEY =
      SigningKey.decode(
          "MC4CAQAwBQYDK2VwBCIEIKET1FSIpPXXeFO+DgeaUe83qRVbYC6+IEvz/QBMMgxG:MCowBQYDK2VwAyEAGRn0E2qjBIjFRn5IjEYC5seL37rq1UR7Z379crwzCsE=");

  static final Map<String, Record> ALL =
      Map.of(
          "schedule", SCHEDULE,
          "state", STATE,
          "report", REPORT,
          "presence", PRESENCE,
          "acks", ACKS,
          "site-seed", SEED,
          "contacts-talk", TALK,
          "command", COMMAND,
          "command-test-offer", TEST_OFFER);

  private Examples() {}

  private static byte[] keyFrom(int first) {
    byte[] key = new byte[SiteSeed.KEY_BYTES];
    for (int i = 0; i < key.length; i++) {
      key[i] = (byte) (first + i);
    }
    return key;
  }

  private static ScheduledMessage message(MessageId id, String name, String type, String text) {
    return new ScheduledMessage(
        id,
        CAMPAIGN,
        ScheduledMessage.Priority.NORMAL,
        new MessageObject(name, type, text.getBytes(UTF_8)),
        List.of(
            new Window(
                LocalDate.of(2026, 11, 26),
                LocalDate.of(2026, 12, 19),
                EnumSet.of(DayOfWeek.THURSDAY, DayOfWeek.FRIDAY, DayOfWeek.SATURDAY),
                LocalTime.of(19, 0),
                LocalTime.of(4, 0),
                ZoneId.of("Europe/London"))));
  }

  private static ScheduledMessage inTwoWordings(ScheduledMessage first, MessageObject second) {
    return new ScheduledMessage(
        first.id(),
        first.campaign(),
        first.priority(),
        first.object(),
        first.windows(),
        List.of(
            new ScheduledMessage.Variant(FIRST, null),
            new ScheduledMessage.Variant(SECOND, second)));
  }
}
