package org.towncrier.hardware;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * The node's radio: one or more Bluetooth adapters that can look for phones and offer them an
 * object. No call blocks; results arrive on threads of the radio's own, or, in a simulation, on its
 * clock.
 *
 * <p>Rules every implementation keeps, proven by {@code RadioContract}: an adapter never inquires
 * twice at once; two offers to one phone are never under way at once; every inquiry and every offer
 * ends exactly once, an offer within its deadline plus a small grace; nothing is left open after an
 * end; an adapter that fails is reported and brought back.
 */
public interface Radio extends AutoCloseable {
  /** Links an adapter can hold at once (Bluetooth piconet: seven active slaves). */
  int MAX_LINKS = 7;

  /**
   * Opens the adapters. Does not fail when one is missing: it is reported as {@code DOWN} and tried
   * again.
   *
   * @param onAdapterChange called with each change of an adapter's health, the first included
   */
  void start(Consumer<AdapterStatus> onAdapterChange);

  /** Every configured adapter and how it is now. */
  List<AdapterStatus> adapters();

  /**
   * Looks for phones.
   *
   * @param adapter which adapter listens
   * @param length how long to look; a driver may round it to what its stack can do
   * @param onSighting called for each answer as it arrives; a phone may answer more than once
   * @return completes when the look has ended; never exceptionally. FAILED on an adapter that is
   *     not up, and on a radio that is closed
   * @throws IllegalArgumentException if no such adapter is configured
   */
  CompletionStage<InquiryEnd> inquire(
      AdapterId adapter, Duration length, Consumer<Sighting> onSighting);

  /** How a look ended. */
  enum InquiryEnd {
    /** It ran its length. */
    COMPLETED,
    /** This adapter was already looking: nothing was started. */
    BUSY,
    /** The adapter failed or is down. */
    FAILED
  }

  /**
   * Offers one phone one object over Object Push.
   *
   * @param deadline for the whole of it, search and connection included. Android's owner has 50 s
   *     to answer, so less than that gives up before the owner has decided.
   * @return an offer; on an adapter that is not up it ends as {@code ADAPTER_FAILED}
   * @throws IllegalStateException if an offer to this phone is under way on any adapter, the
   *     adapter already has {@link #MAX_LINKS} of them, or the radio is closed
   * @throws IllegalArgumentException if no such adapter is configured
   */
  Offer offer(AdapterId adapter, BluetoothAddress phone, PushObject object, Duration deadline);

  /** Ends everything under way (offers as {@code WITHDRAWN}) and frees the adapters. */
  @Override
  void close();
}
