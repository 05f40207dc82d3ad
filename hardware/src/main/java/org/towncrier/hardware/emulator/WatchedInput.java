package org.towncrier.hardware.emulator;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * A stream that can be watched for its end while nobody reads it: a phone takes its question off
 * the screen when the sender hangs up. Watching reads one byte ahead.
 */
final class WatchedInput extends InputStream {
  private final InputStream in;
  private final Executor threads;
  private @Nullable CompletableFuture<Integer> ahead;

  WatchedInput(InputStream in, Executor threads) {
    this.in = in;
    this.threads = threads;
  }

  /** Runs the action, on another thread, if the stream ends before somebody reads on. */
  void whenEnded(Runnable action) {
    CompletableFuture<Integer> next = ahead;
    if (next == null) {
      next = CompletableFuture.supplyAsync(this::readOrEnd, threads);
      ahead = next;
    }
    next.thenAccept(
        octet -> {
          if (octet < 0) {
            action.run();
          }
        });
  }

  @Override
  public int read() throws IOException {
    CompletableFuture<Integer> waiting = ahead;
    if (waiting == null) {
      return in.read();
    }
    ahead = null;
    try {
      return waiting.join();
    } catch (CompletionException e) {
      throw new IOException("The link broke", e);
    }
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    if (ahead == null || length == 0) {
      return in.read(into, offset, length);
    }
    int octet = read();
    if (octet < 0) {
      return -1;
    }
    into[offset] = (byte) octet;
    return 1;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }

  private int readOrEnd() {
    try {
      return in.read();
    } catch (IOException e) {
      return -1; // broken or hung up: ended either way
    }
  }
}
