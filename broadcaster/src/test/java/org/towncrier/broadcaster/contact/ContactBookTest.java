package org.towncrier.broadcaster.contact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.towncrier.broadcaster.contact.Site.EVENING;
import static org.towncrier.broadcaster.contact.Site.NEXT_EVENING;
import static org.towncrier.broadcaster.contact.Site.OTHER_CAMPAIGN;
import static org.towncrier.broadcaster.contact.Site.OTHER_PHONE;
import static org.towncrier.broadcaster.contact.Site.PHONE;
import static org.towncrier.broadcaster.contact.Site.message;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.towncrier.broadcaster.contact.Decision.Later;
import org.towncrier.broadcaster.contact.Decision.MayOffer;
import org.towncrier.broadcaster.contact.Decision.Withheld;
import org.towncrier.broadcaster.delivery.OutcomeTable;
import org.towncrier.hardware.BluetoothAddress;
import org.towncrier.protocol.ContactRules;
import org.towncrier.protocol.NodeId;
import org.towncrier.protocol.Outcome;
import org.towncrier.protocol.WithheldReason;

class ContactBookTest {
  private static final Instant NOON = Instant.parse("2026-11-27T12:00:00Z");

  @TempDir Path folder;
  private Site site;

  @BeforeEach
  void open() {
    site = new Site(folder, "clock-tower").open().apply(EVENING);
  }

  @AfterEach
  void close() {
    site.close();
  }

  @Test
  void a_phone_that_was_never_asked_may_be_asked() {
    assertThat(site.decide(PHONE, message("a"), EVENING)).isEqualTo(new MayOffer());
  }

  @Test
  void a_phone_is_offered_a_message_once_also_on_later_nights_and_after_a_restart() {
    site.offer(PHONE, message("a"), Outcome.ACCEPTED, EVENING);
    site.reopen().apply(NEXT_EVENING);
    assertThat(site.decide(PHONE, message("a"), NEXT_EVENING))
        .isEqualTo(new Withheld(WithheldReason.ALREADY_OFFERED));
    assertThat(site.decide(PHONE, message("b"), NEXT_EVENING)).isEqualTo(new MayOffer());
  }

  @Test
  void a_phone_has_its_offers_for_tonight_and_no_more() {
    site.rules = new ContactRules(2, 3, 120);
    site.apply(EVENING);
    site.offer(PHONE, message("a"), Outcome.ACCEPTED, EVENING);
    site.offer(PHONE, message("b", OTHER_CAMPAIGN), Outcome.ACCEPTED, EVENING);
    assertThat(site.decide(PHONE, message("c"), EVENING))
        .isEqualTo(new Withheld(WithheldReason.BUDGET_SPENT));
    assertThat(site.decide(OTHER_PHONE, message("c"), EVENING)).isEqualTo(new MayOffer());
  }

  @Test
  void a_night_runs_from_noon_to_noon() {
    site.offer(PHONE, message("a"), Outcome.ACCEPTED, EVENING);
    site.apply(NOON.minusSeconds(1));
    assertThat(site.decide(PHONE, message("b"), NOON.minusSeconds(1)))
        .isEqualTo(new Withheld(WithheldReason.BUDGET_SPENT));
    site.apply(NOON);
    assertThat(site.decide(PHONE, message("b"), NOON)).isEqualTo(new MayOffer());
  }

  @Test
  void a_phone_that_declined_is_never_asked_again_in_that_campaign() {
    site.offer(PHONE, message("a"), Outcome.DECLINED_OR_IGNORED, EVENING);
    Instant weeksLater = EVENING.plus(Duration.ofDays(40));
    site.reopen().apply(weeksLater);
    assertThat(site.decide(PHONE, message("b"), weeksLater))
        .isEqualTo(new Withheld(WithheldReason.DECLINED_BEFORE));
    assertThat(site.decide(PHONE, message("c", OTHER_CAMPAIGN), weeksLater))
        .isEqualTo(new MayOffer());
  }

  @Test
  void a_phone_that_was_not_reached_is_tried_again_after_the_wait_and_given_up_for_tonight() {
    for (int tries = 0; tries < 3; tries++) {
      Instant at = EVENING.plusSeconds(tries * 120L);
      assertThat(site.decide(PHONE, message("a"), at)).isEqualTo(new MayOffer());
      site.offer(PHONE, message("a"), Outcome.UNREACHABLE, at);
      assertThat(site.decide(PHONE, message("b"), at.plusSeconds(119)))
          .isEqualTo(new Later(at.plusSeconds(120)));
    }
    Instant after = EVENING.plusSeconds(3600);
    assertThat(site.decide(PHONE, message("a"), after)).isEqualTo(new Later(NOON));
    assertThat(site.decide(PHONE, message("b"), after)).isEqualTo(new MayOffer());
    site.apply(NEXT_EVENING);
    assertThat(site.decide(PHONE, message("a"), NEXT_EVENING)).isEqualTo(new MayOffer());
  }

  @Test
  void an_unreachable_phone_keeps_its_budget() {
    site.offer(PHONE, message("a"), Outcome.UNREACHABLE, EVENING);
    site.offer(PHONE, message("a"), Outcome.ACCEPTED, EVENING.plusSeconds(120));
    assertThat(site.counted(Outcome.ACCEPTED)).isEqualTo(1);
  }

  @Test
  void a_phone_without_object_push_is_left_alone_until_noon() {
    site.offer(PHONE, message("a"), Outcome.UNSUPPORTED, EVENING);
    assertThat(site.decide(PHONE, message("b"), EVENING)).isEqualTo(new Later(NOON));
    site.apply(NEXT_EVENING);
    assertThat(site.decide(PHONE, message("b"), NEXT_EVENING)).isEqualTo(new MayOffer());
  }

  @ParameterizedTest
  @EnumSource(
      value = Outcome.class,
      names = {"ACCEPTED", "UNANSWERED", "INTERRUPTED", "WITHDRAWN", "UNRESOLVED", "UNSUPPORTED"})
  void after_this_outcome_the_message_is_not_offered_again(Outcome outcome) {
    site.rules = new ContactRules(5, 3, 1);
    site.apply(EVENING);
    site.offer(PHONE, message("a"), outcome, EVENING);
    site.apply(NEXT_EVENING);
    assertThat(site.decide(PHONE, message("a"), NEXT_EVENING))
        .isEqualTo(new Withheld(WithheldReason.ALREADY_OFFERED));
  }

  @Test
  void an_offer_is_spent_before_it_begins() {
    site.book.begin(PHONE, message("a"), EVENING);
    site.reopen().apply(EVENING);
    assertThat(site.decide(PHONE, message("b"), EVENING))
        .isEqualTo(new Withheld(WithheldReason.BUDGET_SPENT));
  }

  @Test
  void an_offer_cut_off_by_a_crash_is_unresolved_and_its_phone_not_asked_again() {
    site.book.begin(PHONE, message("a"), EVENING.minusSeconds(1));
    site.reopen();
    assertThat(site.book.settleCutOff()).isEqualTo(1);
    assertThat(site.book.settleCutOff()).isZero();
    assertThat(site.allCounted())
        .singleElement()
        .satisfies(
            count -> {
              assertThat(count.outcome()).isEqualTo(Outcome.UNRESOLVED);
              assertThat(count.hour()).isEqualTo("2026-11-26T19:00:00Z");
            });
    site.apply(NEXT_EVENING);
    assertThat(site.decide(PHONE, message("a"), NEXT_EVENING))
        .isEqualTo(new Withheld(WithheldReason.ALREADY_OFFERED));
  }

  @Test
  void an_offer_ends_once() {
    OpenOffer offer = site.book.begin(PHONE, message("a"), EVENING);
    site.book.end(offer, OutcomeTable.of(Outcome.ACCEPTED), EVENING);
    site.book.end(offer, OutcomeTable.of(Outcome.UNREACHABLE), EVENING);
    assertThat(site.counted(Outcome.ACCEPTED)).isEqualTo(1);
    assertThat(site.counted(Outcome.UNREACHABLE)).isZero();
    assertThat(site.decide(PHONE, message("a"), EVENING)).isInstanceOf(Withheld.class);
  }

  @Test
  void an_offer_that_the_rules_forbid_cannot_begin() {
    site.offer(PHONE, message("a"), Outcome.ACCEPTED, EVENING);
    assertThatThrownBy(() -> site.book.begin(PHONE, message("a"), EVENING))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageNotContaining(PHONE.hex());
    assertThat(site.rows("open_offer")).isZero();
  }

  @Test
  void an_offer_that_ends_after_noon_gives_nothing_back_to_the_new_night() {
    OpenOffer offer = site.book.begin(PHONE, message("a"), NOON.minusSeconds(1));
    site.apply(NOON);
    site.book.end(offer, OutcomeTable.of(Outcome.UNREACHABLE), NOON.plusSeconds(4));
    site.offer(PHONE, message("b"), Outcome.ACCEPTED, NOON.plusSeconds(10));
    assertThat(site.decide(PHONE, message("c"), NOON.plusSeconds(20)))
        .isEqualTo(new Withheld(WithheldReason.BUDGET_SPENT));
  }

  @Test
  void when_a_campaign_ends_nothing_is_kept_under_its_key() {
    site.offer(PHONE, message("a"), Outcome.DECLINED_OR_IGNORED, EVENING);
    assertThat(site.rows("asked") + site.rows("refusal")).isEqualTo(2);
    site.book.keepHouse(site.campaignEnds.minusSeconds(1));
    assertThat(site.rows("asked") + site.rows("refusal")).isEqualTo(2);
    site.book.keepHouse(site.campaignEnds);
    assertThat(site.rows("asked") + site.rows("refusal")).isZero();
    assertThat(site.book.isRunning(Site.CAMPAIGN, site.campaignEnds)).isFalse();
  }

  @Test
  void a_campaign_has_92_days_whatever_its_schedule_says() {
    site.campaignEnds = EVENING.plus(Duration.ofDays(3650));
    site.apply(EVENING);
    site.offer(PHONE, message("a"), Outcome.DECLINED_OR_IGNORED, EVENING);
    Instant after92Days = EVENING.plus(Duration.ofDays(92));
    assertThat(site.book.isRunning(Site.CAMPAIGN, after92Days.minusSeconds(1))).isTrue();
    site.apply(after92Days);
    assertThat(site.book.isRunning(Site.CAMPAIGN, after92Days)).isFalse();
    assertThat(site.rows("refusal")).isZero();
    assertThatThrownBy(() -> site.book.begin(PHONE, message("b"), after92Days))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void a_refusal_that_comes_after_its_campaign_ended_is_not_kept() {
    OpenOffer offer = site.book.begin(PHONE, message("a"), site.campaignEnds.minusSeconds(10));
    site.book.keepHouse(site.campaignEnds);
    site.book.end(
        offer, OutcomeTable.of(Outcome.DECLINED_OR_IGNORED), site.campaignEnds.plusSeconds(5));
    assertThat(site.counted(Outcome.DECLINED_OR_IGNORED)).isEqualTo(1);
    assertThat(site.rows("refusal")).isZero();
  }

  @Test
  void a_campaign_whose_end_is_brought_forward_ends_then() {
    site.campaignEnds = EVENING.plusSeconds(60);
    site.apply(EVENING);
    assertThat(site.book.isRunning(Site.CAMPAIGN, EVENING.plusSeconds(60))).isFalse();
  }

  @Test
  void each_phone_of_a_site_belongs_to_exactly_one_of_its_nodes() {
    List<NodeId> nodes =
        List.of(new NodeId("clock-tower"), new NodeId("market"), new NodeId("station"));
    Integer[] share = {0, 0, 0};
    for (int i = 0; i < 300; i++) {
      Pseudonym phone = site.keys.forShares(new BluetoothAddress(0x001BDC000000L + i));
      share[nodes.indexOf(Shares.owner(phone, nodes))]++;
    }
    assertThat(share).allSatisfy(count -> assertThat(count).isBetween(60, 140));
  }

  @Test
  void a_phone_of_another_nodes_share_is_not_asked_tonight_or_ever() {
    site.siteNodes = List.of(site.node, new NodeId("market"));
    site.apply(EVENING);
    List<BluetoothAddress> phones =
        LongStream.range(0, 40).mapToObj(i -> new BluetoothAddress(0x001BDC000000L + i)).toList();
    List<Boolean> tonight = phones.stream().map(this::isOurs).toList();
    site.apply(NEXT_EVENING);
    assertThat(phones.stream().map(this::isOurs).toList()).isEqualTo(tonight);
    assertThat(tonight).contains(true, false);
  }

  private boolean isOurs(BluetoothAddress phone) {
    return !(site.decide(phone, message("a"), EVENING) instanceof Decision.NotOurs);
  }

  @Test
  void when_a_node_joins_only_its_own_share_moves() {
    List<NodeId> two = List.of(new NodeId("clock-tower"), new NodeId("market"));
    List<NodeId> three =
        List.of(new NodeId("clock-tower"), new NodeId("market"), new NodeId("new"));
    for (int i = 0; i < 100; i++) {
      Pseudonym phone = site.keys.forShares(new BluetoothAddress(0x001BDC000000L + i));
      NodeId owner = Shares.owner(phone, three);
      if (!owner.value().equals("new")) {
        assertThat(owner).isEqualTo(Shares.owner(phone, two));
      }
    }
  }

  @Test
  void in_training_a_phone_that_is_not_on_the_test_list_is_withheld() {
    site.training = true;
    site.apply(EVENING);
    assertThat(site.decide(PHONE, message("a"), EVENING))
        .isEqualTo(new Withheld(WithheldReason.NOT_ON_TEST_LIST));
  }

  @Test
  void training_and_live_contacts_do_not_mix() {
    site.testPhones.add(PHONE);
    site.reopen();
    site.training = true;
    site.apply(EVENING);
    site.offer(PHONE, message("a"), Outcome.DECLINED_OR_IGNORED, EVENING);
    site.training = false;
    site.apply(EVENING);
    assertThat(site.decide(PHONE, message("a"), EVENING)).isEqualTo(new MayOffer());
    site.offer(PHONE, message("a"), Outcome.ACCEPTED, EVENING);
    assertThat(site.allCounted())
        .extracting(count -> count.outcome() + " " + count.training())
        .containsExactlyInAnyOrder("DECLINED_OR_IGNORED true", "ACCEPTED false");
  }

  @Test
  void withheld_counts_once_per_phone_message_and_night() {
    for (int i = 0; i < 3; i++) {
      site.book.withheld(PHONE, message("a").id(), WithheldReason.BUDGET_SPENT, EVENING);
      site.book.withheld(PHONE, message("b").id(), WithheldReason.BUDGET_SPENT, EVENING);
      site.book.withheld(OTHER_PHONE, message("a").id(), WithheldReason.DECLINED_BEFORE, EVENING);
    }
    assertThat(site.counted(Outcome.WITHHELD)).isEqualTo(3);
    site.apply(NEXT_EVENING);
    site.book.withheld(PHONE, message("a").id(), WithheldReason.BUDGET_SPENT, NEXT_EVENING);
    assertThat(site.counted(Outcome.WITHHELD)).isEqualTo(4);
  }

  @Test
  void a_message_offered_tonight_is_not_also_counted_as_withheld_tonight() {
    site.offer(PHONE, message("a"), Outcome.ACCEPTED, EVENING);
    site.book.withheld(PHONE, message("a").id(), WithheldReason.ALREADY_OFFERED, EVENING);
    assertThat(site.counted(Outcome.WITHHELD)).isZero();
  }

  @Test
  void no_table_holds_both_pseudonyms_of_a_phone() {
    site.book.begin(PHONE, message("a"), EVENING);
    List<String> columns =
        site.store.inTransaction(
            sql ->
                sql.list(
                    "SELECT m.name FROM sqlite_master m WHERE m.type = 'table'"
                        + " AND m.sql LIKE '%night_phone%' AND m.sql LIKE '%campaign_phone%'",
                    row -> row.getString(1)));
    assertThat(columns).isEmpty();
  }
}
