package org.towncrier.broadcaster.schedule;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.UnaryOperator;
import org.towncrier.protocol.Campaign;
import org.towncrier.protocol.CampaignId;
import org.towncrier.protocol.ContactRules;
import org.towncrier.protocol.Envelope;
import org.towncrier.protocol.Limits;
import org.towncrier.protocol.MessageId;
import org.towncrier.protocol.MessageObject;
import org.towncrier.protocol.NodeId;
import org.towncrier.protocol.NodeSchedule;
import org.towncrier.protocol.ScheduledMessage;
import org.towncrier.protocol.SigningKey;
import org.towncrier.protocol.SiteId;
import org.towncrier.protocol.Window;
import org.towncrier.protocol.WireJson;

/** Schedules for tests. */
public final class Schedules {
  private static final CampaignId CAMPAIGN = new CampaignId("safer-evenings");

  private Schedules() {}

  /** One message on air every evening, valid for 14 days. */
  public static NodeSchedule of(SiteId site, NodeId node, long revision, Instant issuedAt) {
    return with(
        site,
        node,
        revision,
        issuedAt,
        issuedAt.plus(Duration.ofDays(14)),
        issued -> issued.plus(Duration.ofDays(30)));
  }

  /** One message on air all day long. */
  public static NodeSchedule always(SiteId site, NodeId node, long revision, Instant issuedAt) {
    ScheduledMessage evening =
        message("getting-home-safely", "Last bus to Ashby 23:10".getBytes(UTF_8));
    return schedule(
        site,
        node,
        revision,
        issuedAt,
        issuedAt.plus(Duration.ofDays(14)),
        issuedAt.plus(Duration.ofDays(30)),
        List.of(
            new ScheduledMessage(
                evening.id(),
                evening.campaign(),
                evening.priority(),
                evening.object(),
                List.of(
                    Window.daily(
                        LocalTime.MIDNIGHT, LocalTime.MIDNIGHT, ZoneId.of("Europe/London"))))));
  }

  static NodeSchedule with(
      SiteId site,
      NodeId node,
      long revision,
      Instant issuedAt,
      Instant validUntil,
      UnaryOperator<Instant> campaignEnd) {
    return schedule(
        site,
        node,
        revision,
        issuedAt,
        validUntil,
        campaignEnd.apply(issuedAt),
        List.of(message("getting-home-safely", "Last bus to Ashby 23:10".getBytes(UTF_8))));
  }

  /** One whose JSON has at least that many bytes, and three more at most. */
  static NodeSchedule ofBytes(
      SiteId site, NodeId node, long revision, Instant issuedAt, int bytes) {
    List<ScheduledMessage> messages = new ArrayList<>();
    messages.add(message("m", new byte[3]));
    int most = Limits.OBJECT_BYTES / 3 * 3;
    for (int missing = bytes - size(site, node, revision, issuedAt, messages);
        missing > 0;
        missing = bytes - size(site, node, revision, issuedAt, messages)) {
      // The last one grows by what is missing once no whole object is.
      boolean whole = missing > most / 3 * 4;
      String id = whole ? "m" + messages.size() : "m";
      int content = whole ? most : 3 + (missing + 3) / 4 * 3;
      messages.removeIf(message -> message.id().value().equals(id));
      messages.add(message(id, new byte[content]));
    }
    return all(site, node, revision, issuedAt, messages);
  }

  private static int size(
      SiteId site, NodeId node, long revision, Instant issuedAt, List<ScheduledMessage> messages) {
    return WireJson.write(all(site, node, revision, issuedAt, messages)).length;
  }

  private static NodeSchedule all(
      SiteId site, NodeId node, long revision, Instant issuedAt, List<ScheduledMessage> messages) {
    return schedule(
        site,
        node,
        revision,
        issuedAt,
        issuedAt.plus(Duration.ofDays(14)),
        issuedAt.plus(Duration.ofDays(30)),
        messages);
  }

  /** Signs any text at all as if it were a schedule. */
  static byte[] sealText(SigningKey key, String json) {
    try {
      PrivateKey secret =
          KeyFactory.getInstance("Ed25519")
              .generatePrivate(
                  new PKCS8EncodedKeySpec(Base64.getDecoder().decode(key.encoded().split(":")[0])));
      Signature signature = Signature.getInstance("Ed25519");
      signature.initSign(secret);
      signature.update("towncrier/v1 schedule\n".getBytes(UTF_8));
      signature.update(json.getBytes(UTF_8));
      return WireJson.write(
          new Envelope(key.trustedKey().id(), json.getBytes(UTF_8), signature.sign()));
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private static NodeSchedule schedule(
      SiteId site,
      NodeId node,
      long revision,
      Instant issuedAt,
      Instant validUntil,
      Instant campaignEnd,
      List<ScheduledMessage> messages) {
    return new NodeSchedule(
        site,
        node,
        revision,
        issuedAt,
        validUntil,
        false,
        false,
        ContactRules.DEFAULT,
        List.of(node),
        List.of(new Campaign(CAMPAIGN, campaignEnd)),
        messages);
  }

  private static ScheduledMessage message(String id, byte[] content) {
    return new ScheduledMessage(
        new MessageId(id),
        CAMPAIGN,
        ScheduledMessage.Priority.NORMAL,
        new MessageObject(id + ".txt", "text/plain", content),
        List.of(Window.daily(LocalTime.of(19, 0), LocalTime.of(4, 0), ZoneId.of("Europe/London"))));
  }
}
