package org.towncrier.console.publish;

import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import org.towncrier.console.ConsoleSettings;
import org.towncrier.console.Serving;
import org.towncrier.console.store.StartRefusedException;
import org.towncrier.protocol.MalformedPayloadException;
import org.towncrier.protocol.Topic;
import org.towncrier.protocol.mqtt.MqttLink;
import org.towncrier.protocol.mqtt.MqttSettings;

/** The console's line to the broker, and through it to every node. */
@Component
@Serving
public class ConsoleLink implements SmartLifecycle {
  /** After the embedded broker, whose phase is lower, and before the pages. */
  public static final int PHASE = 100;

  /** Nodes send again what the console did not confirm, so a full queue costs time alone. */
  private static final int WAITING = 2000;

  private static final Logger log = LoggerFactory.getLogger(ConsoleLink.class);

  private final ConsoleSettings.Broker settings;
  private final ObjectProvider<BrokerAddress> embedded;
  private final ObjectProvider<Inbound> inbound;
  private final ApplicationEventPublisher events;
  private final Refusals refusals;
  private final InstantSource clock;
  private final Map<Topic.Kind, Inbound> takers = new EnumMap<>(Topic.Kind.class);
  private @Nullable ThreadPoolExecutor worker;
  private volatile @Nullable MqttLink link;
  private volatile @Nullable Instant connectedSince;

  ConsoleLink(
      ConsoleSettings settings,
      ObjectProvider<BrokerAddress> embedded,
      ObjectProvider<Inbound> inbound,
      ApplicationEventPublisher events,
      Refusals refusals,
      InstantSource clock) {
    this.settings = settings.broker();
    this.embedded = embedded;
    this.inbound = inbound;
    this.events = events;
    this.refusals = refusals;
    this.clock = clock;
  }

  /** Whether nodes can be reached. */
  public boolean connected() {
    MqttLink current = link;
    return current != null && current.connected();
  }

  /** Why not, in words for people; empty when they can. */
  public Optional<String> trouble() {
    MqttLink current = link;
    return current == null ? Optional.of("not started") : current.trouble();
  }

  /** Since when they can; empty when they can't. */
  public Optional<Instant> connectedSince() {
    return connected() ? Optional.ofNullable(connectedSince) : Optional.empty();
  }

  /** Sends; done when the broker has it, failed when it does not. */
  public CompletableFuture<Void> publish(Topic topic, byte[] payload, boolean retained) {
    MqttLink current = link;
    return current == null
        ? CompletableFuture.failedFuture(new IOException("the line to the broker is closed"))
        : current.publish(topic, payload, retained);
  }

  /**
   * Does something after all that has arrived so far was taken, on the thread that takes it.
   *
   * @return false when too much waits there already, and it will not be done
   */
  public boolean afterwards(Runnable work) {
    ThreadPoolExecutor current = worker;
    if (current == null) {
      return false;
    }
    try {
      current.execute(work);
      return true;
    } catch (RejectedExecutionException full) {
      return false;
    }
  }

  @Override
  public void start() {
    inbound.forEach(taker -> takers.put(taker.kind(), taker));
    ThreadPoolExecutor thread =
        new ThreadPoolExecutor(
            1,
            1,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(WAITING),
            task -> new Thread(task, "from-nodes"));
    worker = thread;
    MqttLink fresh =
        new MqttLink(
            mqttSettings(),
            List.of(
                Topic.Kind.STATE.filter(),
                Topic.Kind.PRESENCE.filter(),
                Topic.Kind.REPORTS.filter()),
            () -> null,
            new Listener());
    link = fresh;
    fresh.start();
  }

  @Override
  public void stop() {
    MqttLink last = link;
    if (last != null) {
      last.close();
      link = null;
    }
    ThreadPoolExecutor thread = worker;
    if (thread != null) {
      // What arrived and was not taken was not confirmed either: it comes again.
      thread.shutdownNow();
      try {
        if (!thread.awaitTermination(10, TimeUnit.SECONDS)) {
          log.warn("What a node said is still being written down");
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      worker = null;
    }
  }

  @Override
  public boolean isRunning() {
    return link != null;
  }

  @Override
  public int getPhase() {
    return PHASE;
  }

  private MqttSettings mqttSettings() {
    try {
      if (settings.embedded()) {
        BrokerAddress own = embedded.getObject();
        return new MqttSettings(
            own.url(), own.username(), own.username(), own.password(), settings.caCertificate());
      }
      if (settings.url() == null) {
        throw new IllegalArgumentException("there is none");
      }
      String username = settings.username();
      return new MqttSettings(
          URI.create(settings.url()),
          username != null ? username : "towncrier-console",
          username,
          settings.password(),
          settings.caCertificate());
    } catch (IllegalArgumentException wrong) {
      throw new StartRefusedException(
          "The address of the broker, towncrier.broker.url, will not do: %s."
              .formatted(wrong.getMessage()),
          "Set towncrier.broker.url to mqtts://host:8883, or towncrier.broker.embedded to true for"
              + " the broker within the console.",
          wrong);
    }
  }

  private void take(String topicName, byte[] payload) {
    Optional<Topic> topic = Topic.parse(topicName);
    @Nullable Inbound taker = topic.map(Topic::kind).map(takers::get).orElse(null);
    if (topic.isEmpty() || taker == null) {
      log.debug("Something came on a topic that is nobody's");
      return;
    }
    try {
      taker.take(topic.get(), payload);
    } catch (MalformedPayloadException | RefusedPayloadException refused) {
      refusals.note(topic.get(), String.valueOf(refused.getMessage()));
    }
  }

  private final class Listener implements MqttLink.Listener {
    @Override
    public void connected() {
      connectedSince = clock.instant();
      log.info("Connected to the broker");
      if (!afterwards(() -> events.publishEvent(new LineOpened()))) {
        log.warn("Too much arrives at once; what is due to nodes goes out a little later");
      }
    }

    @Override
    public void disconnected(String why) {
      log.warn("The broker is gone: {}", why);
    }

    @Override
    public void message(String topicName, byte[] payload) {
      boolean waits =
          afterwards(
              () -> {
                try {
                  take(topicName, payload);
                } catch (RuntimeException failed) {
                  // Not confirmed, so the node says it again.
                  log.error("What came on {} could not be written down", topicName, failed);
                }
              });
      if (!waits) {
        log.debug("Too much arrives at once; what came on {} comes again", topicName);
      }
    }
  }
}
