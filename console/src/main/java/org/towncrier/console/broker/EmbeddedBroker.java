package org.towncrier.console.broker;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.protocol.mqtt.MQTTConnection;
import org.apache.activemq.artemis.core.protocol.mqtt.MQTTStateManager;
import org.apache.activemq.artemis.core.protocol.mqtt.MQTTUtil;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyAcceptor;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.apache.activemq.artemis.core.server.Queue;
import org.apache.activemq.artemis.core.server.impl.ActiveMQServerImpl;
import org.apache.activemq.artemis.spi.core.protocol.RemotingConnection;
import org.apache.activemq.artemis.spi.core.remoting.Acceptor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.factory.PasswordEncoderFactories;
import org.springframework.stereotype.Component;
import org.towncrier.console.ConsoleSettings;
import org.towncrier.console.Serving;
import org.towncrier.console.publish.BrokerAddress;
import org.towncrier.console.publish.ConsoleLink;
import org.towncrier.console.store.DataFolder;
import org.towncrier.console.store.StartRefusedException;

/**
 * The broker between console and nodes, within the console: one program less to install and look
 * after. It keeps its journal in {@code broker} in the data folder.
 */
@Component
@Serving
@ConditionalOnProperty(name = "towncrier.broker.embedded", matchIfMissing = true)
public class EmbeddedBroker implements SmartLifecycle, BrokerAddress {
  private static final Logger log = LoggerFactory.getLogger(EmbeddedBroker.class);

  private static final Duration GOODBYES = Duration.ofSeconds(3);

  private final ConsoleSettings.Broker settings;
  private final Path folder;
  private final Accounts accounts;
  private volatile @Nullable Running running;

  private record Running(ActiveMQServer server, URI nodes, URI console) {}

  @Autowired
  EmbeddedBroker(ConsoleSettings settings, DataFolder data, JdbcClient db) {
    this(
        settings.broker(),
        data.path().resolve("broker"),
        new Accounts(db, PasswordEncoderFactories.createDelegatingPasswordEncoder()));
  }

  EmbeddedBroker(ConsoleSettings.Broker settings, Path folder, Accounts accounts) {
    this.settings = settings;
    this.folder = folder;
    this.accounts = accounts;
  }

  /**
   * Returns when the broker takes connections.
   *
   * @throws StartRefusedException when it can't, saying what to do
   */
  @Override
  public void start() {
    Bind bind = Bind.of(settings);
    bind.probe();
    prepare(folder);
    AtomicReference<Exception> failure = new AtomicReference<>();
    ActiveMQServer server;
    try {
      Configuration configuration = BrokerSettings.of(folder);
      server = new ActiveMQServerImpl(configuration, new Doorkeeper(accounts));
      server.getServiceRegistry().addIncomingInterceptor(new PacketRules(accounts));
      server.registerActivationFailureListener(failure::set);
      start(server, configuration, bind);
    } catch (StartRefusedException refused) {
      throw refused;
    } catch (Exception e) {
      throw unusable(e);
    }
    if (failure.get() != null || !server.isActive()) {
      stop(server);
      throw unusable(failure.get());
    }
    int port = port(server, BrokerSettings.NODES);
    if (port <= 0) {
      stop(server);
      throw bind.refused(null);
    }
    URI nodes = bind.uri(port);
    URI console =
        bind.tls()
            ? new Bind(Bind.LOOPBACK, 0, false).uri(port(server, BrokerSettings.CONSOLE))
            : nodes;
    running = new Running(server, nodes, console);
    log.info("The broker listens at {}", nodes);
  }

  private void start(ActiveMQServer server, Configuration configuration, Bind bind)
      throws Exception {
    if (!bind.tls()) {
      configuration.addAcceptorConfiguration(
          BrokerSettings.acceptor(BrokerSettings.NODES, bind.host(), bind.port()));
      server.start();
      return;
    }
    // The console comes by a door of its own: its certificate may well not name this machine.
    configuration.addAcceptorConfiguration(
        BrokerSettings.acceptor(BrokerSettings.CONSOLE, Bind.LOOPBACK, 0));
    try (TlsKey key = TlsKey.read(settings, folder)) {
      configuration.addAcceptorConfiguration(
          BrokerSettings.acceptor(BrokerSettings.NODES, bind.host(), bind.port(), key.transport()));
      server.start();
    }
  }

  private static void prepare(Path folder) {
    try {
      if (!Files.isDirectory(folder)) {
        Files.createDirectory(
            folder,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      }
      Files.delete(Files.createTempFile(folder, ".probe", null));
    } catch (IOException e) {
      throw new StartRefusedException(
          "The broker can't write to its folder %s (%s).".formatted(folder, e),
          "Give the account that runs the console the right to write there, or name another folder"
              + " with the setting towncrier.data.",
          e);
    }
  }

  private StartRefusedException unusable(@Nullable Exception cause) {
    return new StartRefusedException(
        "The broker doesn't start on its folder %s (%s).".formatted(folder, cause),
        "Another console may use that folder: stop it, or name another folder with the setting"
            + " towncrier.data. If none does, move the folder away: the console sends every node"
            + " its schedule anew.",
        cause);
  }

  private static int port(ActiveMQServer server, String name) {
    Acceptor acceptor = server.getRemotingService().getAcceptor(name);
    return acceptor instanceof NettyAcceptor netty ? netty.getActualPort() : -1;
  }

  @Override
  public void stop() {
    Running last = running;
    running = null;
    if (last != null) {
      stop(last.server());
    }
  }

  /** Before its journal closes: goodbyes that come after that are errors to Artemis. */
  private static void sendAway(ActiveMQServer server) throws Exception {
    server.getRemotingService().pauseAcceptors();
    server.getRemotingService().getConnections().forEach(RemotingConnection::destroy);
    Map<String, MQTTConnection> clients =
        MQTTStateManager.getInstance(server).getConnectedClients();
    long limit = System.nanoTime() + GOODBYES.toNanos();
    while (!clients.isEmpty() && System.nanoTime() < limit) {
      LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
    }
    // What Artemis keeps of clients' sessions is still being struck off.
    Queue sessions = server.locateQueue(MQTTUtil.MQTT_SESSION_STORE);
    if (sessions != null) {
      // A commit, what follows from it on the queue, and the writing of that.
      for (int i = 0; i < 3; i++) {
        server.getStorageManager().waitOnOperations(GOODBYES.toMillis());
        sessions.flushExecutor();
      }
    }
  }

  private static void stop(ActiveMQServer server) {
    try {
      if (server.isActive()) {
        sendAway(server);
      }
      server.stop();
    } catch (Exception e) {
      log.warn("The broker did not stop well; its journal is made for that", e);
    }
  }

  @Override
  public boolean isRunning() {
    return running != null;
  }

  /** Before the console's line to it, and after that on the way down. */
  @Override
  public int getPhase() {
    return ConsoleLink.PHASE - 10;
  }

  @Override
  public URI nodes() {
    return now().nodes();
  }

  @Override
  public URI url() {
    return now().console();
  }

  @Override
  public String username() {
    return Accounts.CONSOLE;
  }

  @Override
  public String password() {
    return accounts.consolePassword();
  }

  private Running now() {
    Running current = running;
    if (current == null) {
      throw new IllegalStateException("the broker isn't running");
    }
    return current;
  }
}
