package org.towncrier.protocol;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link ContactNote} holds. Phones appear as 64-bit pseudonyms, and only in here, where
 * nobody but a site's nodes can read. Everything may arrive late, twice, out of order or not at
 * all.
 *
 * @param at the sender's clock
 * @param hello whether the sender has just come, and wants to hear what it may have missed
 * @param claims phones the sender would like to ask, and the receiver is to give
 * @param answers to claims of the receiver's
 * @param results what came of claims that the receiver granted
 * @param settled results of the receiver's that were written down, by {@link Claim#id}
 * @param join what the sender asks before it takes over phones
 * @param joined a page of the answer to that
 * @param never phones that asked to be left alone
 */
public record ContactTalk(
    Instant at,
    boolean hello,
    List<Claim> claims,
    List<Answer> answers,
    List<Result> results,
    List<Long> settled,
    @Nullable Join join,
    @Nullable Joined joined,
    List<Phones> never) {

  public ContactTalk {
    claims = List.copyOf(claims);
    answers = List.copyOf(answers);
    results = List.copyOf(results);
    settled = List.copyOf(settled);
    never = List.copyOf(never);
  }

  /**
   * A phone that the sender sees, and that is the receiver's to give.
   *
   * @param id drawn at random; names the claim in what is kept under the campaign's key
   * @param nightId another, which names it in what is kept under the night's key: nothing that is
   *     written down links the two
   * @param share the phone as the sharing out among the nodes knows it; never written down
   * @param tonight the phone under the night's key
   * @param wishes what it would be offered, the best first
   */
  public record Claim(
      long id, long nightId, long share, long tonight, boolean training, List<Wish> wishes) {
    public Claim {
      wishes = List.copyOf(wishes);
      if (wishes.isEmpty()) {
        throw new IllegalArgumentException("a claim has a wish at least");
      }
    }
  }

  /**
   * A message for a phone.
   *
   * @param campaignEnds when what is kept under the campaign's key is deleted: the owner need not
   *     have heard of the campaign
   * @param phone under the campaign's key
   */
  public record Wish(MessageId message, CampaignId campaign, Instant campaignEnds, long phone) {}

  /**
   * What the owner says to a claim.
   *
   * @param granted the message it may be offered; null for none
   * @param askAgainSeconds when it is worth asking again; null for not tonight
   */
  public record Answer(long id, @Nullable MessageId granted, @Nullable Long askAgainSeconds) {}

  /**
   * What came of a claim.
   *
   * @param begun whether an offer began at all
   * @param spent whether it counts against the phone's nightly budget
   * @param refusal whether the phone is left alone for the rest of the campaign
   * @param mayTryAgain whether the same message may be offered again
   * @param unsupported whether the phone takes no objects
   */
  public record Result(
      long id,
      long nightId,
      boolean begun,
      boolean spent,
      boolean refusal,
      boolean mayTryAgain,
      boolean unsupported) {}

  /**
   * "Which nodes does your schedule name, and what do you know?"
   *
   * @param challenge drawn at random for this question, so that no older answer fits
   * @param nodes that the sender's schedule names
   */
  public record Join(long challenge, List<NodeId> nodes) {
    public Join {
      nodes = List.copyOf(nodes);
    }
  }

  /**
   * One page of the answer. What the sender knows is told only if both schedules name the same
   * nodes, or if the sender is named no more and holds nothing.
   *
   * @param nodes that the answering node's schedule names
   * @param over whether the answering node's schedule has run out, so that it holds no phones
   * @param snapshot the same on all pages of one answer
   * @param page from 0
   * @param departed nodes that are named no more, and until when its share is left alone
   */
  public record Joined(
      long challenge,
      List<NodeId> nodes,
      boolean over,
      long snapshot,
      int page,
      int pages,
      List<Departed> departed,
      List<KnownCampaign> campaigns,
      List<Asked> asked,
      List<Refused> refused,
      List<Phones> never,
      List<Tonight> tonight) {
    public Joined {
      nodes = List.copyOf(nodes);
      departed = List.copyOf(departed);
      campaigns = List.copyOf(campaigns);
      asked = List.copyOf(asked);
      refused = List.copyOf(refused);
      never = List.copyOf(never);
      tonight = List.copyOf(tonight);
      if (page < 0 || page >= pages) {
        throw new IllegalArgumentException("page " + page + " of " + pages);
      }
    }
  }

  /** A node that is named no more, and until when its share is left alone. */
  public record Departed(NodeId node, Instant until) {}

  /** A campaign, and for how long its pseudonyms may be kept. */
  public record KnownCampaign(CampaignId id, Instant firstSeen, Instant endsAt) {}

  /** Phones that were asked about a message, or may have been; under the campaign's key. */
  public record Asked(CampaignId campaign, MessageId message, boolean training, List<Long> phones) {
    public Asked {
      phones = List.copyOf(phones);
    }
  }

  /** Phones that refused, or may have; under the campaign's key. */
  public record Refused(CampaignId campaign, boolean training, List<Long> phones) {
    public Refused {
      phones = List.copyOf(phones);
    }
  }

  /** Phones under a campaign's key. */
  public record Phones(CampaignId campaign, List<Long> phones) {
    public Phones {
      phones = List.copyOf(phones);
    }
  }

  /** Phones that had so many offers tonight; under the night's key. */
  public record Tonight(boolean training, int offers, boolean unsupported, List<Long> phones) {
    public Tonight {
      phones = List.copyOf(phones);
    }
  }
}
