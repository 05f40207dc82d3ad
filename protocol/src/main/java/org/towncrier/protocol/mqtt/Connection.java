package org.towncrier.protocol.mqtt;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.eclipse.paho.client.mqttv3.IMqttActionListener;
import org.eclipse.paho.client.mqttv3.IMqttDeliveryToken;
import org.eclipse.paho.client.mqttv3.IMqttToken;
import org.eclipse.paho.client.mqttv3.MqttAsyncClient;
import org.eclipse.paho.client.mqttv3.MqttCallback;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.MqttMessage;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection, used once: Paho's own reconnect loses messages, so each try gets a client of its
 * own. Paho's callbacks are handed to the link's thread; only messages stay on Paho's, so that a
 * slow reader slows the broker down.
 */
final class Connection {
  /** What comes of it, on the link's thread. */
  interface Events {
    void up(Connection connection);

    void down(Connection connection, String why);

    void acknowledged(Connection connection, Publication publication);

    void refused(Connection connection, Publication publication, String why);

    /** On Paho's thread. */
    void message(String topic, byte[] payload);
  }

  private static final Logger log = LoggerFactory.getLogger(Connection.class);
  private static final int QOS = 1;
  private static final int SUBSCRIPTION_REFUSED = 0x80;
  private static final long QUIESCE_MILLIS = 500;
  private static final long GOODBYE_MILLIS = 1500;
  private static final long ABANDON_MILLIS = 2000;

  private final MqttSettings settings;
  private final List<String> subscriptions;
  private final Events events;
  private final Executor thread;

  /** Paho has said what came of the try; its token does not say so of a failure. */
  private final CountDownLatch answered = new CountDownLatch(1);

  private @Nullable Wire wire;
  private @Nullable MqttAsyncClient client;

  Connection(
      MqttSettings settings, List<String> subscriptions, Events events, Executor linkThread) {
    this.settings = settings;
    this.subscriptions = subscriptions;
    this.events = events;
    this.thread = linkThread;
  }

  /** Sets out to connect, and returns before it has. The caller limits the time. */
  void open(MqttLink.@Nullable Will will)
      throws MqttException, IOException, GeneralSecurityException {
    Wire fresh =
        new Wire(settings, settings.tls() ? CaCertificate.sockets(settings.caCertificate()) : null);
    MqttConnectOptions options = options(fresh, will);
    MqttAsyncClient paho =
        new MqttAsyncClient(fresh.getServerURI(), settings.clientId(), new MemoryPersistence());
    paho.setCallback(new Callback());
    wire = fresh;
    client = paho;
    paho.connect(
        options,
        null,
        answer(
            token -> {
              answered.countDown();
              thread.execute(this::subscribe);
            },
            why -> {
              answered.countDown();
              down(why);
            }));
  }

  private MqttConnectOptions options(Wire fresh, MqttLink.@Nullable Will will) {
    MqttConnectOptions options = new WireFactory.Options(fresh);
    options.setMqttVersion(MqttConnectOptions.MQTT_VERSION_3_1_1);
    options.setCleanSession(true);
    options.setAutomaticReconnect(false);
    options.setMaxInflight(Outgoing.IN_FLIGHT * 2 + subscriptions.size());
    options.setKeepAliveInterval((int) settings.timing().keepAlive().toSeconds());
    if (settings.username() != null) {
      options.setUserName(settings.username());
    }
    if (settings.password() != null) {
      options.setPassword(settings.password().toCharArray());
    }
    if (will != null) {
      options.setWill(will.topic().name(), will.payload(), QOS, will.retained());
    }
    return options;
  }

  private void subscribe() {
    if (subscriptions.isEmpty()) {
      events.up(this);
      return;
    }
    String[] filters = subscriptions.toArray(String[]::new);
    int[] qos = new int[filters.length];
    Arrays.fill(qos, QOS);
    try {
      client().subscribe(filters, qos, null, answer(this::subscribed, this::subscriptionFailed));
    } catch (MqttException e) {
      events.down(this, Reasons.of(e, settings));
    }
  }

  private void subscribed(IMqttToken token) {
    int[] granted = token.getGrantedQos();
    for (int i = 0; granted != null && i < granted.length; i++) {
      if (granted[i] == SUBSCRIPTION_REFUSED) {
        down(refusal(subscriptions.get(Math.min(i, subscriptions.size() - 1))));
        return;
      }
    }
    thread.execute(() -> events.up(this));
  }

  private void subscriptionFailed(@Nullable Throwable failure) {
    down(
        failure instanceof MqttException mqtt
                && mqtt.getReasonCode() == MqttException.REASON_CODE_SUBSCRIBE_FAILED
            ? refusal(String.join(", ", subscriptions))
            : Reasons.of(failure, settings));
  }

  private String refusal(String filter) {
    return "%s refuses the subscription to %s: the rights of account %s do not allow it"
        .formatted(settings.place(), filter, settings.username());
  }

  void send(Publication publication) {
    try {
      client()
          .publish(
              publication.topic,
              publication.payload,
              QOS,
              publication.retained,
              null,
              answer(
                  token -> thread.execute(() -> events.acknowledged(this, publication)),
                  failure ->
                      thread.execute(
                          () -> events.refused(this, publication, Reasons.of(failure, settings)))));
    } catch (MqttException e) {
      String why = Reasons.of(e, settings);
      thread.execute(() -> events.refused(this, publication, why));
    }
  }

  /** Leaves without a word, so that the broker sends the will. */
  void drop() {
    if (client == null || wire == null) {
      return;
    }
    if (answered.getCount() > 0) {
      // Paho is not to be disturbed while it starts; without its socket it gives up by itself.
      wire.cut();
      if (!answeredWithin(ABANDON_MILLIS)) {
        // A name server keeps it. It will find the socket closed, and end.
        log.debug("A try to reach {} ends later", settings.place());
        return;
      }
    }
    try {
      client.disconnectForcibly(0, 1, false);
    } catch (MqttException e) {
      log.debug("Dropping the connection to {}", settings.place(), e);
    }
    release(client, wire);
  }

  /** Says goodbye, so that the broker keeps the will to itself. */
  void leave() {
    if (client == null || wire == null) {
      return;
    }
    try {
      client.disconnect(QUIESCE_MILLIS).waitForCompletion(QUIESCE_MILLIS + GOODBYE_MILLIS);
      release(client, wire);
    } catch (MqttException notInTime) {
      wire.cut();
      drop();
    }
  }

  private boolean answeredWithin(long millis) {
    try {
      return answered.await(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private void release(MqttAsyncClient spent, Wire cut) {
    try {
      spent.close(true);
    } catch (MqttException e) {
      log.warn("A client of {} could not be released", settings.place(), e);
    }
    cut.freeWriter();
  }

  private MqttAsyncClient client() {
    if (client == null) {
      throw new IllegalStateException("not opened");
    }
    return client;
  }

  private void down(@Nullable Throwable failure) {
    down(Reasons.of(failure, settings));
  }

  private void down(String why) {
    thread.execute(() -> events.down(this, why));
  }

  private interface OnSuccess {
    void done(IMqttToken token);
  }

  private interface OnFailure {
    void failed(@Nullable Throwable failure);
  }

  private static IMqttActionListener answer(OnSuccess success, OnFailure failure) {
    return new IMqttActionListener() {
      @Override
      public void onSuccess(IMqttToken token) {
        success.done(token);
      }

      @Override
      public void onFailure(IMqttToken token, @Nullable Throwable exception) {
        failure.failed(exception);
      }
    };
  }

  private final class Callback implements MqttCallback {
    @Override
    public void connectionLost(@Nullable Throwable cause) {
      down(cause);
    }

    @Override
    public void messageArrived(String topic, MqttMessage message) {
      events.message(topic, message.getPayload());
    }

    @Override
    public void deliveryComplete(IMqttDeliveryToken token) {
      // Each publication has a listener of its own.
    }
  }
}
