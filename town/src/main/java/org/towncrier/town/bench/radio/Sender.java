package org.towncrier.town.bench.radio;

import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.towncrier.hardware.BluetoothAddress;

/** Something that finds phones and pushes to them, through one adapter of the rig. */
interface Sender extends AutoCloseable {
  /**
   * Looks until each of these was found. Blocks.
   *
   * @return how long that took
   * @throws IOException if one was not found within a minute
   */
  Duration find(Set<BluetoothAddress> phones) throws IOException, InterruptedException;

  /**
   * Pushes the object to a phone, beside other pushes.
   *
   * @return completes when the sender is ready for the next push to anybody: with how long it took
   *     until the phone had it, or with an {@code IOException} if it did not take it
   */
  CompletionStage<Duration> push(BluetoothAddress phone);

  @Override
  void close() throws IOException, InterruptedException;
}
