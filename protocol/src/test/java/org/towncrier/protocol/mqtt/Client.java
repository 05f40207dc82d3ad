package org.towncrier.protocol.mqtt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.towncrier.protocol.NodeId;
import org.towncrier.protocol.SiteId;
import org.towncrier.protocol.Topic;

/** A link under test, and what it told its listener. */
final class Client implements AutoCloseable {
  /** So long that only what never happens runs out of it. */
  static final Duration LIMIT = Duration.ofSeconds(60);

  static final Topic STATE = new Topic(new SiteId("square"), new NodeId("tower"), Topic.Kind.STATE);

  static final MqttSettings.Timing QUICK_RETRIES =
      new MqttSettings.Timing(
          LIMIT, Duration.ofSeconds(20), LIMIT, Duration.ofMillis(5), Duration.ofMillis(50));

  record Heard(String topic, String text) {}

  final String id = "client-" + UUID.randomUUID();
  final BlockingQueue<Heard> heard = new LinkedBlockingQueue<>();
  final BlockingQueue<String> losses = new LinkedBlockingQueue<>();
  final AtomicInteger connections = new AtomicInteger();
  final AtomicInteger tries = new AtomicInteger();
  final MqttLink link;

  /** What it does beside taking notes. */
  static class Habits {
    String @Nullable [] account;
    @Nullable Path ca;
    MqttSettings.Timing timing = QUICK_RETRIES;
    MqttLink.@Nullable Will will;
    List<String> subscriptions = List.of();
    Runnable onEverything = () -> {};
  }

  Client(URI url, Habits habits) {
    String username = habits.account == null ? null : habits.account[0];
    String password = habits.account == null ? null : habits.account[1];
    link =
        new MqttLink(
            new MqttSettings(url, id, username, password, habits.ca, habits.timing),
            habits.subscriptions,
            () -> {
              tries.incrementAndGet();
              return habits.will;
            },
            new MqttLink.Listener() {
              @Override
              public void connected() {
                connections.incrementAndGet();
                habits.onEverything.run();
              }

              @Override
              public void disconnected(String why) {
                losses.add(why);
                habits.onEverything.run();
              }

              @Override
              public void message(String topicName, byte[] payload) {
                heard.add(new Heard(topicName, new String(payload, UTF_8)));
                habits.onEverything.run();
              }
            });
  }

  static Client of(URI url, String... subscriptions) {
    Habits habits = new Habits();
    habits.subscriptions = List.of(subscriptions);
    return new Client(url, habits).started();
  }

  Client started() {
    link.start();
    return this;
  }

  Client connected() {
    await(link::connected, () -> "no connection: " + link.trouble());
    return this;
  }

  /** Why it is not connected, once a try has failed. */
  String trouble() {
    await(() -> !link.trouble().orElse("connecting").startsWith("connecting"), () -> "no trouble");
    assertThat(link.connected()).isFalse();
    return link.trouble().orElseThrow();
  }

  CompletableFuture<Void> say(String text) {
    return link.publish(STATE, text.getBytes(UTF_8), false);
  }

  void says(String text) throws Exception {
    say(text).get(LIMIT.toSeconds(), TimeUnit.SECONDS);
  }

  String hears() throws InterruptedException {
    Heard next = heard.poll(LIMIT.toSeconds(), TimeUnit.SECONDS);
    assertThat(next).as("something heard").isNotNull();
    return next.text();
  }

  String loses() throws InterruptedException {
    String why = losses.poll(LIMIT.toSeconds(), TimeUnit.SECONDS);
    assertThat(why).as("the loss of the connection").isNotNull();
    return why;
  }

  /** The link's and Paho's, which all bear the client's name. */
  List<String> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.contains(id))
        .toList();
  }

  /**
   * @param otherwise what was found instead, once time is up
   */
  static void await(BooleanSupplier condition, Supplier<String> otherwise) {
    long end = System.nanoTime() + LIMIT.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError(otherwise.get());
      }
      try {
        TimeUnit.MILLISECONDS.sleep(2);
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
  }

  @Override
  public void close() {
    link.close();
  }
}
