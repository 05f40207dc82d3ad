package org.towncrier.broadcaster.contact;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.towncrier.broadcaster.contact.PhoneRecords.Wanted;
import org.towncrier.broadcaster.delivery.DeliveryLog;
import org.towncrier.broadcaster.delivery.OutcomeTable;
import org.towncrier.broadcaster.delivery.OutcomeTable.Ruling;
import org.towncrier.broadcaster.store.NodeStore;
import org.towncrier.broadcaster.store.StoreException;
import org.towncrier.hardware.BluetoothAddress;
import org.towncrier.protocol.CampaignId;
import org.towncrier.protocol.ContactRules;
import org.towncrier.protocol.ContactSeal;
import org.towncrier.protocol.ContactTalk.Answer;
import org.towncrier.protocol.ContactTalk.Claim;
import org.towncrier.protocol.ContactTalk.Departed;
import org.towncrier.protocol.ContactTalk.Joined;
import org.towncrier.protocol.ContactTalk.KnownCampaign;
import org.towncrier.protocol.ContactTalk.Phones;
import org.towncrier.protocol.ContactTalk.Result;
import org.towncrier.protocol.ContactTalk.Wish;
import org.towncrier.protocol.MessageId;
import org.towncrier.protocol.NodeId;
import org.towncrier.protocol.NodeSchedule;
import org.towncrier.protocol.Outcome;
import org.towncrier.protocol.ScheduledMessage;
import org.towncrier.protocol.WithheldReason;

/**
 * Who may be asked. Every rule rests on what is in the store, and an offer is in the store before
 * it begins, so the rules survive a power cut in the middle of one.
 *
 * <p>Every method may throw {@link StoreException}: then nothing was written, and nothing may be
 * offered.
 */
public final class ContactBook {
  /** The longest that anything is kept under a campaign's key. */
  public static final Duration LONGEST_CAMPAIGN = Duration.ofDays(92);

  private static final Decision NOT_OURS = new Decision.NotOurs();

  /** Around noon no phone is claimed: two nodes may not agree which night it is. */
  private static final Duration NEAR_NOON = Duration.ofMinutes(1);

  private final NodeStore store;
  private final SiteKeys keys;
  private final DeliveryLog deliveries;
  private final NodeId node;
  private final Set<BluetoothAddress> testPhones;
  private final OptOutWord optOutWord;
  private final Campaigns campaigns;
  private final Holdings holdings;
  private final Grants grants;
  private final Facts facts;
  private final OpenOffers offers;
  private ContactRules rules = ContactRules.DEFAULT;
  private boolean training;
  private boolean ready;
  private @Nullable SiteContacts voice;
  private @Nullable Claims claims;
  private Consumer<BluetoothAddress> onAnswer = phone -> {};
  private Runnable onChange = () -> {};

  /**
   * The book of one node, which leaves phones alone that are called by the usual word.
   *
   * @param testPhones the only phones asked in training mode
   */
  public ContactBook(
      NodeStore store,
      SiteKeys keys,
      DeliveryLog deliveries,
      NodeId node,
      Set<BluetoothAddress> testPhones) {
    this(store, keys, deliveries, node, testPhones, OptOutWord.DEFAULT);
  }

  /**
   * The book of one node.
   *
   * @param testPhones the only phones asked in training mode
   * @param optOutWord phones that are called so are never asked
   */
  public ContactBook(
      NodeStore store,
      SiteKeys keys,
      DeliveryLog deliveries,
      NodeId node,
      Set<BluetoothAddress> testPhones,
      OptOutWord optOutWord) {
    this.optOutWord = optOutWord;
    this.store = store;
    this.keys = keys;
    this.deliveries = deliveries;
    this.node = node;
    this.testPhones = Set.copyOf(testPhones);
    this.campaigns = new Campaigns(store);
    this.holdings = new Holdings(store, node);
    this.grants = new Grants(store, keys, deliveries, holdings);
    this.facts = new Facts(store, campaigns);
    this.offers = new OpenOffers(store, keys, deliveries);
  }

  /**
   * Tells the listeners, on the loop, of what changes verdicts besides what this book is told.
   *
   * @param onAnswer another node has answered a claim on that phone, or it has lapsed
   * @param onChange any phone may have to be judged anew
   */
  public void onChange(Consumer<BluetoothAddress> onAnswer, Runnable onChange) {
    this.onAnswer = onAnswer;
    this.onChange = onChange;
  }

  /**
   * Settles the offers that a crash cut off. Nobody can know how they ended: each is {@code
   * UNRESOLVED}, counts for the hour in which it began, and its phone is not asked again.
   *
   * @return how many there were
   */
  public int settleCutOff() {
    return offers.settleCutOff();
  }

  /** Takes on the rules, nodes and campaigns of a schedule. */
  public void apply(NodeSchedule schedule, Instant now) {
    campaigns.learn(schedule.campaigns(), now, LONGEST_CAMPAIGN);
    campaigns.forgetEnded(now);
    holdings.learn(schedule, now);
    rules = schedule.contact();
    training = schedule.training();
    ready = true;
    SiteContacts others = voice;
    if (others != null) {
      others.shareChanged();
    }
  }

  /**
   * Deletes what may no longer be kept: of a night that is over, of campaigns that have ended. Only
   * with a clock that can be trusted.
   *
   * @return whether phones have to be judged anew: a new night has begun, or more of them are ours
   */
  public boolean keepHouse(Instant now) {
    campaigns.forgetEnded(now);
    boolean newNight = !now.isBefore(keys.nightEnds());
    if (newNight) {
      store.run(
          sql -> {
            keys.ratchet(now);
            keys.forgetNight();
          });
      grants.newNight();
      Claims ours = claims;
      if (ours != null) {
        ours.newNight();
      }
    }
    keys.wipe();
    return holdings.settle(now) || newNight;
  }

  /** Whether a campaign has neither ended nor had its {@link #LONGEST_CAMPAIGN 92 days}. */
  public boolean isRunning(CampaignId campaign, Instant at) {
    return campaigns.isRunning(campaign, at);
  }

  /** Whether a phone may be offered a message that is on air. */
  public Decision decide(BluetoothAddress phone, ScheduledMessage message, Instant now) {
    Pseudonym share = keys.forShares(phone);
    boolean ours = holdings.holds(share);
    Claims others = claims;
    if (!ours && (others == null || isNearNoon(now) || holdings.owner(share).equals(node))) {
      return NOT_OURS;
    }
    if (training && !testPhones.contains(phone)) {
      return ours ? new Decision.Withheld(WithheldReason.NOT_ON_TEST_LIST) : NOT_OURS;
    }
    Decision here =
        store.inTransaction(
            sql -> PhoneRecords.decide(sql, wanted(phone, message), rules, now, keys.nightEnds()));
    if (ours || others == null || here instanceof Decision.Later) {
      return here;
    }
    // What else this node knows of another's phone is for its owner to say, and to count.
    return here instanceof Decision.MayOffer
        ? others.decide(another(phone, share), holdings.owner(share), message.id(), now)
        : NOT_OURS;
  }

  /**
   * Whether a message may be offered on trial. The team's own phones alone, under training's rules
   * and records, whether the node is in training or not. Whose share the phone is does not matter:
   * it is asked by the node that somebody stands at.
   */
  public Decision decideTest(BluetoothAddress phone, ScheduledMessage message, Instant now) {
    return testPhones.contains(phone)
        ? store.inTransaction(
            sql ->
                PhoneRecords.decide(
                    sql, wanted(phone, message, true), rules, now, keys.nightEnds()))
        : new Decision.Withheld(WithheldReason.NOT_ON_TEST_LIST);
  }

  /** How many phones stand on this node's test list. */
  public int testPhones() {
    return testPhones.size();
  }

  private Wanted wanted(BluetoothAddress phone, ScheduledMessage message) {
    return wanted(phone, message, training);
  }

  private Wanted wanted(BluetoothAddress phone, ScheduledMessage message, boolean trained) {
    return Wanted.of(
        keys.tonight(phone), keys.inCampaign(message.campaign(), phone), message, trained);
  }

  private Claims.Phone another(BluetoothAddress phone, Pseudonym share) {
    return new Claims.Phone(phone, share, keys.tonight(phone), keys.night());
  }

  /**
   * Asks the node whose phone it is for one that {@link Decision.MayClaim may be claimed}. What it
   * says comes to the listener of {@link #onChange}.
   *
   * @param messages what the phone would be offered, the best first
   */
  public void claim(BluetoothAddress phone, List<ScheduledMessage> messages) {
    Claims others = claims;
    if (others != null) {
      Pseudonym share = keys.forShares(phone);
      List<Wish> wishes =
          messages.stream()
              .map(
                  message ->
                      new Wish(
                          message.id(),
                          message.campaign(),
                          campaigns.endOf(message.campaign()),
                          keys.inCampaign(message.campaign(), phone).value()))
              .toList();
      others.claim(another(phone, share), holdings.owner(share), training, wishes);
    }
  }

  /** Whether a phone of that name is never to be asked. */
  public boolean asksToBeLeftAlone(@Nullable String name) {
    return name != null && optOutWord.isIn(name);
  }

  /**
   * The phone is never asked again, here or at another node of the site, in any campaign that is
   * known now. Nothing but its pseudonyms there is kept.
   *
   * @return in how many campaigns it had not been left alone yet
   */
  public int neverAsk(BluetoothAddress phone) {
    return store.inTransaction(
        sql -> {
          List<Phones> pseudonyms =
              campaigns.known().stream()
                  .map(
                      campaign ->
                          new Phones(
                              campaign.id(),
                              List.of(keys.inCampaign(campaign.id(), phone).value())))
                  .toList();
          int added = Facts.addNever(sql, pseudonyms);
          SiteContacts others = voice;
          if (added > 0 && others != null) {
            store.afterCommit(others::neverChanged);
          }
          return added;
        });
  }

  /** Claims under way: each may become an offer within seconds. */
  public int claimsOut() {
    Claims others = claims;
    return others == null ? 0 : others.out();
  }

  /**
   * Writes an offer down, as spent and as asked. Only then may it begin.
   *
   * @throws IllegalStateException if the rules forbid it
   */
  public OpenOffer begin(BluetoothAddress phone, ScheduledMessage message, Instant now) {
    return store.inTransaction(
        sql -> {
          requireAllowed(message, now, decide(phone, message, now));
          OpenOffer offer = offers.begin(sql, phone, message, wanted(phone, message), now);
          store.afterCommit(() -> begun(offer));
          return offer;
        });
  }

  /**
   * Writes an offer on trial down, which {@link #decideTest} allows.
   *
   * @throws IllegalStateException if the rules forbid it
   */
  public OpenOffer beginTest(BluetoothAddress phone, ScheduledMessage message, Instant now) {
    return store.inTransaction(
        sql -> {
          requireAllowed(message, now, decideTest(phone, message, now));
          // No claim stands behind it, and none that the phone may have is used up by it.
          return offers.begin(sql, phone, message, wanted(phone, message, true), now);
        });
  }

  private void requireAllowed(ScheduledMessage message, Instant now, Decision decision) {
    if (!isRunning(message.campaign(), now) || !(decision instanceof Decision.MayOffer)) {
      throw new IllegalStateException(
          "the contact rules forbid offering " + message.id() + " to this phone");
    }
  }

  private void begun(OpenOffer offer) {
    Claims others = claims;
    if (others != null) {
      others.begun(another(offer.phone(), keys.forShares(offer.phone())), offer.id());
    }
  }

  /**
   * Writes down how an offer ended and all that follows from it. Once: a second call does nothing.
   */
  public void end(OpenOffer offer, Ruling ruling, Instant at) {
    store.run(
        sql -> {
          if (offers.end(sql, offer, ruling, at, rules)) {
            store.afterCommit(() -> tellEnd(offer, ruling));
          }
        });
  }

  private void tellEnd(OpenOffer offer, Ruling ruling) {
    Claims others = claims;
    if (others != null) {
      others.ended(offer.id(), ruling, ruling.outcome() == Outcome.UNSUPPORTED);
    }
  }

  /**
   * Writes down that a phone which may be offered a message takes no objects, as it says itself:
   * nobody called it for that.
   */
  public void unsupported(BluetoothAddress phone, ScheduledMessage message, Instant now) {
    store.run(sql -> end(begin(phone, message, now), OutcomeTable.of(Outcome.UNSUPPORTED), now));
  }

  /** Counts that a phone was not offered a message, once a night for each. */
  public void withheld(
      BluetoothAddress phone, MessageId message, WithheldReason reason, Instant now) {
    store.run(
        sql -> {
          if (Tonight.countsAsWithheld(sql, keys.tonight(phone), message, training)) {
            deliveries.count(message, null, now, Outcome.WITHHELD, reason, training);
          }
        });
  }

  /** Whether the phone is this node's to give, to itself or to another. */
  public boolean isOurs(BluetoothAddress phone) {
    return holdings.holds(keys.forShares(phone));
  }

  /**
   * The nodes that have yet to speak before this one asks all phones of its share: those of the
   * site, and those it has no more that have not handed over what they know.
   */
  public List<NodeId> waitingFor() {
    return holdings.isTakingOver()
        ? Stream.concat(
                holdings.waitingFor().stream(), holdings.departed().keySet().stream().sorted())
            .distinct()
            .toList()
        : List.of();
  }

  // What the site's other nodes say, by way of SiteContacts.

  void speaksThrough(SiteContacts contacts, Claims made) {
    voice = contacts;
    claims = made;
  }

  NodeId node() {
    return node;
  }

  /** Whether this node knows its schedule and its keys, and so what to say to others. */
  boolean isReady() {
    return ready && keys.trouble().isEmpty();
  }

  Holdings holdings() {
    return holdings;
  }

  ContactSeal seal() {
    return keys.forContacts();
  }

  Instant nightEnds() {
    return keys.nightEnds();
  }

  boolean isNearNoon(Instant now) {
    Instant noon = keys.nightEnds();
    return now.isAfter(noon.minus(NEAR_NOON))
        || now.isBefore(noon.minus(Duration.ofDays(1)).plus(NEAR_NOON));
  }

  Answer answer(Claim claim, Instant now) {
    return grants.answer(claim, new Standing(), now);
  }

  void settle(Result result, Instant now) {
    grants.settle(result, rules, now);
  }

  List<Joined> facts(Facts.Frame frame) {
    return facts.pages(frame, offers.underWay());
  }

  void add(Joined page) {
    facts.add(page);
  }

  void confirm(NodeId other, List<Departed> departed) {
    holdings.confirm(other, departed);
    changed();
  }

  void handOver(NodeId left) {
    holdings.handOver(left);
    changed();
  }

  List<Phones> never() {
    return store.inTransaction(Facts::allNever);
  }

  void addNever(List<Phones> never) {
    if (!never.isEmpty() && store.inTransaction(sql -> Facts.addNever(sql, never)) > 0) {
      changed();
    }
  }

  void answered(BluetoothAddress phone) {
    onAnswer.accept(phone);
  }

  void changed() {
    onChange.run();
  }

  private final class Standing implements Grants.Standing {
    @Override
    public ContactRules rules() {
      return rules;
    }

    @Override
    public boolean isBusy(Pseudonym tonight) {
      return offers.underWay().stream().anyMatch(offer -> offer.tonight().equals(tonight));
    }

    @Override
    public boolean isRunning(Wish wish, Instant now) {
      campaigns.add(List.of(new KnownCampaign(wish.campaign(), now, wish.campaignEnds())));
      return now.isBefore(campaigns.writtenEndOf(wish.campaign()));
    }
  }

  /**
   * How a phone's lot falls for a message, unsigned: of several that it may be offered alike, the
   * highest is its own tonight. So messages share the phones evenly, whoever comes first.
   */
  public long lot(BluetoothAddress phone, MessageId message) {
    return Shares.weight(keys.tonight(phone), message.value());
  }
}
