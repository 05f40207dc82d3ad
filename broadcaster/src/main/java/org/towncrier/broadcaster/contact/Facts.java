package org.towncrier.broadcaster.contact;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.towncrier.broadcaster.store.NodeStore;
import org.towncrier.broadcaster.store.Sql;
import org.towncrier.protocol.CampaignId;
import org.towncrier.protocol.ContactTalk.Asked;
import org.towncrier.protocol.ContactTalk.Departed;
import org.towncrier.protocol.ContactTalk.Joined;
import org.towncrier.protocol.ContactTalk.KnownCampaign;
import org.towncrier.protocol.ContactTalk.Phones;
import org.towncrier.protocol.ContactTalk.Refused;
import org.towncrier.protocol.MessageId;
import org.towncrier.protocol.NodeId;

/**
 * All that this node knows of phones, for a node that takes phones over, and from one that has it.
 * It only ever adds: a phone that any node would leave alone is left alone afterwards.
 */
final class Facts {
  /** Some 40 KB a note. */
  private static final int PER_PAGE = 2_000;

  private final NodeStore store;
  private final Campaigns campaigns;

  Facts(NodeStore store, Campaigns campaigns) {
    this.store = store;
    this.campaigns = campaigns;
  }

  /** Who asks, and what frames the answer. */
  record Frame(
      long challenge, List<NodeId> nodes, boolean over, long snapshot, List<Departed> departed) {}

  /**
   * Everything, as it stands at this moment. An offer that is under way, here or under a claim, may
   * end in a refusal, which would come too late: its phone goes as one that refused.
   *
   * @param open offers of this node's own that are under way
   */
  List<Joined> pages(Frame frame, Collection<OpenOffer> open) {
    return store.inTransaction(
        sql -> {
          List<KnownCampaign> known = campaigns.known();
          List<Content> contents = new ArrayList<>();
          contents.addAll(asked(sql));
          contents.addAll(refused(sql, open));
          contents.addAll(never(sql));
          contents.addAll(tonight(sql));
          if (contents.isEmpty()) {
            contents.add(Content.NONE);
          }
          List<Joined> pages = new ArrayList<>();
          for (int i = 0; i < contents.size(); i++) {
            Content content = contents.get(i);
            pages.add(
                new Joined(
                    frame.challenge(),
                    frame.nodes(),
                    frame.over(),
                    frame.snapshot(),
                    i,
                    contents.size(),
                    frame.departed(),
                    known,
                    content.asked(),
                    content.refused(),
                    content.never(),
                    content.tonight()));
          }
          return pages;
        });
  }

  /** The answer of a node that goes by another set: nothing but that. */
  static Joined otherwise(Frame frame) {
    Content none = Content.NONE;
    return new Joined(
        frame.challenge(),
        frame.nodes(),
        frame.over(),
        frame.snapshot(),
        0,
        1,
        frame.departed(),
        List.of(),
        none.asked(),
        none.refused(),
        none.never(),
        none.tonight());
  }

  /** Takes over what another node knows. */
  void add(Joined page) {
    store.run(
        sql -> {
          campaigns.add(page.campaigns());
          for (Asked asked : page.asked()) {
            for (long phone : asked.phones()) {
              sql.update(
                  "INSERT INTO asked (campaign, campaign_phone, message, training)"
                      + " SELECT id, ?, ?, ? FROM campaign WHERE id = ? AND forgotten = 0"
                      + " ON CONFLICT DO NOTHING",
                  phone,
                  asked.message().value(),
                  asked.training(),
                  asked.campaign().value());
            }
          }
          for (Refused refused : page.refused()) {
            for (long phone : refused.phones()) {
              sql.update(
                  "INSERT INTO refusal (campaign, campaign_phone, training)"
                      + " SELECT id, ?, ? FROM campaign WHERE id = ? AND forgotten = 0"
                      + " ON CONFLICT DO NOTHING",
                  phone,
                  refused.training(),
                  refused.campaign().value());
            }
          }
          addNever(sql, page.never());
          for (var seen : page.tonight()) {
            for (long phone : seen.phones()) {
              sql.update(
                  "INSERT INTO tonight (night_phone, training, offers, unsupported)"
                      + " VALUES (?, ?, ?, ?) ON CONFLICT (night_phone, training) DO UPDATE SET"
                      + " offers = max(offers, excluded.offers),"
                      + " unsupported = max(unsupported, excluded.unsupported)",
                  phone,
                  seen.training(),
                  seen.offers(),
                  seen.unsupported());
            }
          }
        });
  }

  /**
   * Phones that asked to be left alone, here or at another node.
   *
   * @return how many of them were not known yet
   */
  static int addNever(Sql sql, List<Phones> never) throws SQLException {
    int added = 0;
    for (Phones left : never) {
      for (long phone : left.phones()) {
        added +=
            sql.update(
                "INSERT INTO never (campaign, campaign_phone)"
                    + " SELECT id, ? FROM campaign WHERE id = ? AND forgotten = 0"
                    + " ON CONFLICT DO NOTHING",
                phone,
                left.campaign().value());
      }
    }
    return added;
  }

  /** One page's worth of one kind. */
  private record Content(
      List<Asked> asked,
      List<Refused> refused,
      List<Phones> never,
      List<org.towncrier.protocol.ContactTalk.Tonight> tonight) {
    static final Content NONE = new Content(List.of(), List.of(), List.of(), List.of());
  }

  private record Row<K>(K group, long phone) {}

  private record AskedGroup(CampaignId campaign, MessageId message, boolean training) {}

  private record RefusedGroup(CampaignId campaign, boolean training) {}

  private record TonightGroup(boolean training, int offers, boolean unsupported) {}

  private static List<Content> asked(Sql sql) throws SQLException {
    return paged(
        sql.list(
            "SELECT campaign, message, training, campaign_phone FROM asked",
            row ->
                new Row<>(
                    new AskedGroup(
                        new CampaignId(row.getString(1)),
                        new MessageId(row.getString(2)),
                        row.getBoolean(3)),
                    row.getLong(4))),
        (group, phones) ->
            new Content(
                List.of(new Asked(group.campaign(), group.message(), group.training(), phones)),
                List.of(),
                List.of(),
                List.of()));
  }

  private static List<Content> refused(Sql sql, Collection<OpenOffer> open) throws SQLException {
    List<Row<RefusedGroup>> rows =
        new ArrayList<>(
            sql.list(
                "SELECT campaign, training, campaign_phone FROM refusal"
                    + " UNION SELECT campaign, training, campaign_phone FROM claim_campaign",
                row ->
                    new Row<>(
                        new RefusedGroup(new CampaignId(row.getString(1)), row.getBoolean(2)),
                        row.getLong(3))));
    for (OpenOffer offer : open) {
      rows.add(
          new Row<>(
              new RefusedGroup(offer.campaign(), offer.training()), offer.inCampaign().value()));
    }
    return paged(
        rows,
        (group, phones) ->
            new Content(
                List.of(),
                List.of(new Refused(group.campaign(), group.training(), phones)),
                List.of(),
                List.of()));
  }

  /** Every phone that asked to be left alone. */
  static List<Phones> allNever(Sql sql) throws SQLException {
    Map<CampaignId, List<Long>> phones = new LinkedHashMap<>();
    sql.list(
            "SELECT campaign, campaign_phone FROM never ORDER BY campaign, campaign_phone",
            row -> new Row<>(new CampaignId(row.getString(1)), row.getLong(2)))
        .forEach(
            row ->
                phones.computeIfAbsent(row.group(), group -> new ArrayList<>()).add(row.phone()));
    return phones.entrySet().stream()
        .map(entry -> new Phones(entry.getKey(), entry.getValue()))
        .toList();
  }

  private static List<Content> never(Sql sql) throws SQLException {
    return allNever(sql).stream()
        .map(phones -> new Content(List.of(), List.of(), List.of(phones), List.of()))
        .toList();
  }

  private static List<Content> tonight(Sql sql) throws SQLException {
    return paged(
        sql.list(
            "SELECT training, offers, unsupported, night_phone FROM tonight",
            row ->
                new Row<>(
                    new TonightGroup(row.getBoolean(1), row.getInt(2), row.getBoolean(3)),
                    row.getLong(4))),
        (group, phones) ->
            new Content(
                List.of(),
                List.of(),
                List.of(),
                List.of(
                    new org.towncrier.protocol.ContactTalk.Tonight(
                        group.training(), group.offers(), group.unsupported(), phones))));
  }

  /** In the order of the pseudonyms, which says nothing, group by group. */
  private static <K> List<Content> paged(
      List<Row<K>> rows, BiFunction<K, List<Long>, Content> content) {
    Map<K, List<Long>> groups = new LinkedHashMap<>();
    rows.stream()
        .sorted((a, b) -> Long.compare(a.phone(), b.phone()))
        .forEach(
            row ->
                groups.computeIfAbsent(row.group(), group -> new ArrayList<>()).add(row.phone()));
    List<Content> contents = new ArrayList<>();
    groups.forEach(
        (group, phones) -> {
          for (int from = 0; from < phones.size(); from += PER_PAGE) {
            contents.add(
                content.apply(
                    group, phones.subList(from, Math.min(from + PER_PAGE, phones.size()))));
          }
        });
    return contents;
  }
}
