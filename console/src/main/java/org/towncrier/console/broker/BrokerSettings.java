package org.towncrier.console.broker;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.api.core.TransportConfiguration;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.WildcardConfiguration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.remoting.impl.netty.TransportConstants;
import org.apache.activemq.artemis.core.server.JournalType;
import org.apache.activemq.artemis.core.settings.impl.AddressFullMessagePolicy;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;
import org.apache.activemq.artemis.utils.critical.CriticalAnalyzerPolicy;

/** How Artemis is set up: a broker for MQTT and nothing else, that no client can fill. */
final class BrokerSettings {
  static final String NODES = "nodes";
  static final String CONSOLE = "console";

  /** One schedule of the largest size, and another that replaces it. */
  private static final long ADDRESS_BYTES = 16L * 1024 * 1024;

  private static final long DISK_FREE_BYTES = 64L * 1024 * 1024;
  private static final int JOURNAL_FILE_BYTES = 1024 * 1024;
  private static final int LOCK_MILLIS = 2000;

  private static final SimpleString NOWHERE = SimpleString.of("$sys.nowhere");

  private BrokerSettings() {}

  static Configuration of(Path folder) throws Exception {
    ConfigurationImpl settings = new ConfigurationImpl();
    settings.setName("towncrier");
    settings.setBrokerInstance(folder.toFile());
    settings.setBindingsDirectory(folder.resolve("bindings").toString());
    settings.setJournalDirectory(folder.resolve("journal").toString());
    settings.setLargeMessagesDirectory(folder.resolve("large-messages").toString());
    settings.setPagingDirectory(folder.resolve("paging").toString());
    settings.setNodeManagerLockDirectory(folder.resolve("lock").toString());
    settings.setJournalLockAcquisitionTimeout(LOCK_MILLIS);
    settings.setPersistenceEnabled(true);
    // Java alone: the native journal has no build for every machine.
    settings.setJournalType(JournalType.NIO);
    settings.setJournalFileSize(JOURNAL_FILE_BYTES);
    settings.setJournalMinFiles(2);
    settings.setJournalDatasync(true);
    settings.setMaxDiskUsage(-1);
    settings.setMinDiskFree(DISK_FREE_BYTES);

    settings.setSecurityEnabled(true);
    // So that an account that was taken back is out at its next packet. Accounts remembers.
    settings.setAuthenticationCacheSize(0);
    settings.setAuthorizationCacheSize(0);
    // Artemis has an account of its own that may do everything; nobody knows its password.
    settings.setClusterPassword(Accounts.random());
    settings.setJMXManagementEnabled(false);
    settings.setManagementAddress(null);
    settings.setMessageCounterEnabled(false);
    // Its other policies end the process, and with it the console.
    settings.setCriticalAnalyzerPolicy(CriticalAnalyzerPolicy.LOG);

    // Addresses are MQTT's topics to the letter.
    settings.setWildCardConfiguration(
        new WildcardConfiguration().setDelimiter('/').setSingleWord('+').setAnyWords('#'));
    settings.addAddressSetting("#", addresses());
    return settings;
  }

  private static AddressSettings addresses() {
    return new AddressSettings()
        .setAutoCreateAddresses(true)
        .setAutoCreateQueues(true)
        .setAutoDeleteAddresses(true)
        .setAutoDeleteQueues(true)
        .setMaxSizeBytes(ADDRESS_BYTES)
        // The console's acknowledgement is what counts: a report that fell here is sent again.
        .setAddressFullMessagePolicy(AddressFullMessagePolicy.DROP)
        // Nothing goes there; without the name each new queue says that it has none.
        .setDeadLetterAddress(NOWHERE)
        .setExpiryAddress(NOWHERE);
  }

  static TransportConfiguration acceptor(String name, String host, int port) {
    return acceptor(name, host, port, Map.of());
  }

  static TransportConfiguration acceptor(
      String name, String host, int port, Map<String, Object> more) {
    Map<String, Object> transport = new HashMap<>(more);
    transport.put(TransportConstants.HOST_PROP_NAME, host);
    transport.put(TransportConstants.PORT_PROP_NAME, port);
    transport.put(TransportConstants.PROTOCOLS_PROP_NAME, "MQTT");
    return new TransportConfiguration(
        BoundedAcceptorFactory.class.getName(), transport, name, new HashMap<>());
  }
}
