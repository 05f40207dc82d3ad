package org.towncrier.broadcaster.uplink;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.towncrier.broadcaster.config.BroadcasterConfig;
import org.towncrier.broadcaster.config.ConsoleSettings;
import org.towncrier.broadcaster.loop.EventLoop;
import org.towncrier.protocol.NodeId;
import org.towncrier.protocol.NodeState;
import org.towncrier.protocol.Presence;
import org.towncrier.protocol.SiteId;
import org.towncrier.protocol.SiteTopic;
import org.towncrier.protocol.Topic;
import org.towncrier.protocol.WireJson;
import org.towncrier.protocol.mqtt.MqttLink;
import org.towncrier.protocol.mqtt.MqttSettings;

/**
 * One node's topics on the broker. Whatever arrives is handed to the event loop; whatever goes up
 * may be lost on the way, so each kind is repeated by whoever sends it.
 */
public final class MqttUplink implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(MqttUplink.class);

  /** A goodbye is a courtesy: a broker that does not take it tells of our loss instead. */
  private static final Duration GOODBYE = Duration.ofSeconds(2);

  private final SiteId site;
  private final NodeId node;
  private final UUID boot;
  private final EventLoop loop;
  private final Receiver receiver;
  private final MqttLink link;

  /** Who is told, on the event loop. */
  public interface Receiver {
    /** The broker is there, and its subscriptions stand. */
    void connected();

    /** The broker is gone. */
    void disconnected();

    /** What came on the node's schedule topic. */
    void schedule(byte[] payload);

    /** What came on the node's topic of confirmations. */
    void acks(byte[] payload);

    /** What came on the node's topic of commands. */
    void commands(byte[] payload);

    /** What came on the topic of the site's nodes; this node's own words among it. */
    void contacts(byte[] payload);
  }

  /** Opens nothing yet. */
  public MqttUplink(
      MqttSettings settings,
      SiteId site,
      NodeId node,
      UUID boot,
      EventLoop loop,
      Receiver receiver) {
    this.site = site;
    this.node = node;
    this.boot = boot;
    this.loop = loop;
    this.receiver = receiver;
    this.link =
        new MqttLink(
            settings,
            List.of(
                new Topic(site, node, Topic.Kind.SCHEDULE).name(),
                new Topic(site, node, Topic.Kind.ACKS).name(),
                new Topic(site, node, Topic.Kind.COMMANDS).name(),
                new SiteTopic(site).name()),
            this::will,
            new Listener());
  }

  /** How to reach the broker, from a node's settings. */
  public static MqttSettings settings(BroadcasterConfig config) {
    ConsoleSettings console = config.console();
    String username = console.username();
    return new MqttSettings(
        console.url(),
        // Towncrier's own broker wants a client to be called by its account.
        username != null ? username : config.site() + "." + config.node(),
        username,
        console.password(),
        console.caCertificate());
  }

  /** Returns at once; the broker is tried for until {@link #close}. */
  public void start() {
    link.start();
  }

  /** Whether the broker is there. */
  public boolean connected() {
    return link.connected();
  }

  /** Why the broker is not there, for the person who looks after the node. */
  public Optional<String> trouble() {
    return link.trouble();
  }

  /** Sends a report. That the broker took it means little: see the outbox. */
  public CompletableFuture<Void> report(byte[] report) {
    return link.publish(topic(Topic.Kind.REPORTS), report, false);
  }

  /** Says something to the other nodes of the site. Whoever must not be missed says it again. */
  public void contacts(byte[] note) {
    link.publish(new SiteTopic(site), note, false)
        .exceptionally(
            failure -> {
              log.debug("The broker did not take a word to the site's nodes", failure);
              return null;
            });
  }

  /** Says how the node is. Should it get lost, it is said again within the minute. */
  public void state(NodeState state) {
    publish(Topic.Kind.STATE, state)
        .exceptionally(
            failure -> {
              log.debug("The broker did not take the node's state", failure);
              return null;
            });
  }

  /** Says goodbye, if the broker is there, and ends. */
  @Override
  public void close() {
    if (link.connected()) {
      try {
        publish(Topic.Kind.PRESENCE, presence(Presence.Status.OFFLINE))
            .get(GOODBYE.toMillis(), TimeUnit.MILLISECONDS);
      } catch (ExecutionException | TimeoutException e) {
        log.debug("The broker did not take the goodbye", e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    link.close();
  }

  private Presence presence(Presence.Status status) {
    return new Presence(status, boot, loop.now());
  }

  /**
   * Not retained: a console that was not there hears of the node by its state, within a minute, and
   * a LOST kept by the broker would outlive the boot it is about.
   */
  private MqttLink.Will will() {
    return new MqttLink.Will(
        topic(Topic.Kind.PRESENCE), WireJson.write(presence(Presence.Status.LOST)), false);
  }

  private CompletableFuture<Void> publish(Topic.Kind kind, Record said) {
    return link.publish(topic(kind), WireJson.write(said), false);
  }

  private Topic topic(Topic.Kind kind) {
    return new Topic(site, node, kind);
  }

  private final class Listener implements MqttLink.Listener {
    @Override
    public void connected() {
      log.info("Connected to the broker");
      publish(Topic.Kind.PRESENCE, presence(Presence.Status.ONLINE))
          .exceptionally(
              failure -> {
                log.debug("The broker did not take the node's presence", failure);
                return null;
              });
      loop.execute(receiver::connected);
    }

    @Override
    public void disconnected(String why) {
      log.warn("The broker is gone: {}", why);
      loop.execute(receiver::disconnected);
    }

    @Override
    public void message(String topicName, byte[] payload) {
      Optional<Topic> arrived = Topic.parse(topicName);
      if (arrived.filter(topic(Topic.Kind.SCHEDULE)::equals).isPresent()) {
        loop.execute(() -> receiver.schedule(payload));
      } else if (arrived.filter(topic(Topic.Kind.ACKS)::equals).isPresent()) {
        loop.execute(() -> receiver.acks(payload));
      } else if (arrived.filter(topic(Topic.Kind.COMMANDS)::equals).isPresent()) {
        loop.execute(() -> receiver.commands(payload));
      } else if (topicName.equals(new SiteTopic(site).name())) {
        loop.execute(() -> receiver.contacts(payload));
      } else {
        log.warn("Something came on a topic that is not this node's; ignored");
      }
    }
  }
}
