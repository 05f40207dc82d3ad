package org.towncrier.console.broker;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.eclipse.paho.client.mqttv3.IMqttDeliveryToken;
import org.eclipse.paho.client.mqttv3.IMqttToken;
import org.eclipse.paho.client.mqttv3.MqttAsyncClient;
import org.eclipse.paho.client.mqttv3.MqttCallback;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.MqttMessage;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;
import org.flywaydb.core.Flyway;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.factory.PasswordEncoderFactories;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.sqlite.SQLiteDataSource;
import org.towncrier.console.ConsoleSettings;

/** The real broker on a port of its own, on a real database with two nodes and their accounts. */
final class BrokerHouse implements AutoCloseable {
  static final int SECONDS = 30;
  static final String CENTRE = "square.centre";
  static final String MARKET = "square.market";

  final PasswordEncoder passwords = PasswordEncoderFactories.createDelegatingPasswordEncoder();
  final JdbcClient db;
  private final Path data;
  private final List<MqttAsyncClient> clients = new ArrayList<>();
  EmbeddedBroker broker;

  BrokerHouse(Path data) throws IOException {
    this.data = data;
    SQLiteDataSource source = new SQLiteDataSource();
    source.setUrl("jdbc:sqlite:" + data.resolve("console.db"));
    Flyway.configure().dataSource(source).locations("classpath:db/console").load().migrate();
    db = JdbcClient.create(source);
    db.sql(
            """
            INSERT INTO site (id, name, night, night_key, campaign_secret)
            VALUES ('square', 'Square', '2026-11-23', zeroblob(32), zeroblob(32))""")
        .update();
    db.sql(
            """
            INSERT INTO site (id, name, night, night_key, campaign_secret)
            VALUES ('ashby', 'Ashby', '2026-11-23', zeroblob(32), zeroblob(32))""")
        .update();
    addNode("square", "centre");
    addNode("square", "market");
    addNode("ashby", "station");
    broker = broker("mqtt://127.0.0.1:0");
    broker.start();
  }

  private void addNode(String site, String node) {
    db.sql("INSERT INTO node (site, id, added_at) VALUES (?, ?, '2026-11-23T00:00:00Z')")
        .params(site, node)
        .update();
    addAccount(site + "." + node, "pw-" + node, site, node);
  }

  void addAccount(String username, String password, String site, String node) {
    db.sql(
            """
            INSERT INTO broker_account (username, password_hash, site, node, created_at)
            VALUES (?, ?, ?, ?, '2026-11-23T00:00:00Z')""")
        .params(username, passwords.encode(password), site, node)
        .update();
  }

  EmbeddedBroker broker(String bind) throws IOException {
    return broker(bind, null, null);
  }

  EmbeddedBroker broker(String bind, Path certificate, Path privateKey) throws IOException {
    Path folder = data.resolve("broker");
    return new EmbeddedBroker(
        new ConsoleSettings.Broker(
            true, bind, null, null, null, null, null, certificate, privateKey),
        folder,
        new Accounts(db, passwords));
  }

  void restart() throws IOException {
    broker.stop();
    broker = broker("mqtt://127.0.0.1:0");
    broker.start();
  }

  static MqttConnectOptions options(String username, String password) {
    MqttConnectOptions options = new MqttConnectOptions();
    options.setMqttVersion(MqttConnectOptions.MQTT_VERSION_3_1_1);
    options.setCleanSession(true);
    if (username != null) {
      options.setUserName(username);
      options.setPassword(password.toCharArray());
    }
    return options;
  }

  Raw centre() throws MqttException {
    return connect(CENTRE, options(CENTRE, "pw-centre"));
  }

  Raw market() throws MqttException {
    return connect(MARKET, options(MARKET, "pw-market"));
  }

  /** A node of another site. */
  Raw stranger() throws MqttException {
    return connect("ashby.station", options("ashby.station", "pw-station"));
  }

  Raw console() throws MqttException {
    return connect(broker.username(), options(broker.username(), broker.password()));
  }

  Raw connect(String clientId, MqttConnectOptions options) throws MqttException {
    Raw raw = new Raw(clientId);
    raw.client.connect(options).waitForCompletion(SECONDS * 1000L);
    return raw;
  }

  /** A client that does what it likes. */
  final class Raw {
    final MqttAsyncClient client;
    final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    final BlockingQueue<String> lost = new LinkedBlockingQueue<>();

    Raw(String clientId) throws MqttException {
      client =
          new MqttAsyncClient(
              broker.url().toString().replace("mqtt:", "tcp:"), clientId, new MemoryPersistence());
      clients.add(client);
      client.setCallback(
          new MqttCallback() {
            @Override
            public void connectionLost(Throwable cause) {
              lost.add(String.valueOf(cause));
            }

            @Override
            public void messageArrived(String topic, MqttMessage message) {
              heard.add(topic + " " + new String(message.getPayload()));
            }

            @Override
            public void deliveryComplete(IMqttDeliveryToken token) {
              // Not of interest.
            }
          });
    }

    /** Granted QoS, or 128. */
    int subscribe(String filter) throws MqttException {
      IMqttToken token = client.subscribe(filter, 1);
      try {
        token.waitForCompletion(SECONDS * 1000L);
      } catch (MqttException refused) {
        if (refused.getReasonCode() == MqttException.REASON_CODE_SUBSCRIBE_FAILED) {
          return 128;
        }
        throw refused;
      }
      return token.getGrantedQos()[0];
    }

    void publish(String topic, String payload, boolean retained) throws MqttException {
      client.publish(topic, payload.getBytes(), 1, retained).waitForCompletion(SECONDS * 1000L);
    }

    String next() throws InterruptedException {
      return heard.poll(SECONDS, TimeUnit.SECONDS);
    }

    boolean thrownOut() throws InterruptedException {
      return lost.poll(SECONDS, TimeUnit.SECONDS) != null;
    }

    /** Leaves without a word. */
    void vanish() throws MqttException {
      client.disconnectForcibly(0, 1, false);
    }
  }

  /** Everybody leaves, and nothing retained stays. */
  void empty() throws MqttException {
    Raw console = console();
    for (String node : List.of("centre", "market")) {
      console.publish("towncrier/v1/square/" + node + "/schedule", "", true);
    }
    leave();
  }

  private void leave() {
    for (MqttAsyncClient client : clients) {
      try {
        client.disconnectForcibly(0, 1, false);
        client.close(true);
      } catch (MqttException gone) {
        // That is what was wanted.
      }
    }
    clients.clear();
  }

  @Override
  public void close() {
    leave();
    broker.stop();
  }
}
