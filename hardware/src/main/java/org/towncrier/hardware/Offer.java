package org.towncrier.hardware;

import java.util.concurrent.CompletionStage;

/** An offer under way. */
public interface Offer {
  /**
   * Completes exactly once, normally, whatever happens: every way an offer can end is an {@link
   * OfferResult}. It never completes on the thread that called {@link Radio#offer}.
   */
  CompletionStage<OfferResult> result();

  /** Cuts the link at once. The result is {@code WITHDRAWN} unless the offer had already ended. */
  void withdraw();
}
