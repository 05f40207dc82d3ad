package org.towncrier.protocol.mqtt;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;

/** One payload on its way to the broker. Compared by identity. */
final class Publication {
  final String topic;
  final byte[] payload;
  final boolean retained;
  final CompletableFuture<Void> done = new CompletableFuture<>();

  /** {@link System#nanoTime()} when it was handed to the connection. */
  long sentNanos;

  Publication(String topic, byte[] payload, boolean retained) {
    this.topic = topic;
    this.payload = payload;
    this.retained = retained;
  }

  void fail(String why) {
    done.completeExceptionally(new IOException(topic + " was not published: " + why));
  }
}
