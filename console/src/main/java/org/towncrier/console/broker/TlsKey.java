package org.towncrier.console.broker;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Map;
import java.util.Objects;
import org.apache.activemq.artemis.core.remoting.impl.netty.TransportConstants;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.pem.PemSslStore;
import org.springframework.boot.ssl.pem.PemSslStoreDetails;
import org.towncrier.console.ConsoleSettings;
import org.towncrier.console.store.StartRefusedException;

/**
 * The broker's certificate, from PEM into the key store that Artemis wants: a file with a random
 * password, which is deleted as soon as the broker has read it.
 */
final class TlsKey implements AutoCloseable {
  private final Path store;
  private final String password;

  private TlsKey(Path store, String password) {
    this.store = store;
    this.password = password;
  }

  /**
   * Reads both files.
   *
   * @throws StartRefusedException when they can't be read or don't belong together
   */
  static TlsKey read(ConsoleSettings.Broker settings, Path folder) {
    Path certificate = Objects.requireNonNull(settings.certificate());
    Path privateKey = Objects.requireNonNull(settings.privateKey());
    String password = Accounts.random();
    try {
      PemSslStoreDetails details =
          PemSslStoreDetails.forCertificates(Files.readString(certificate))
              .withPrivateKey(Files.readString(privateKey))
              .withAlias("broker")
              .withPassword(password);
      PemSslStore pem = PemSslStore.load(details);
      if (pem == null || pem.privateKey() == null) {
        throw refused(certificate, privateKey, "one of them is empty", null);
      }
      KeyStore keys = KeyStore.getInstance("PKCS12");
      keys.load(null, null);
      keys.setKeyEntry(
          "broker",
          pem.privateKey(),
          password.toCharArray(),
          Objects.requireNonNull(pem.certificates()).toArray(X509Certificate[]::new));
      Path store = folder.resolve("tls.p12");
      Files.deleteIfExists(store);
      Files.createFile(
          store,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      try (OutputStream out = Files.newOutputStream(store)) {
        keys.store(out, password.toCharArray());
      }
      return new TlsKey(store, password);
    } catch (IOException
        | UncheckedIOException
        | GeneralSecurityException
        | IllegalStateException
        | IllegalArgumentException e) {
      throw refused(certificate, privateKey, e.toString(), e);
    }
  }

  private static StartRefusedException refused(
      Path certificate, Path privateKey, String why, @Nullable Exception cause) {
    return new StartRefusedException(
        "The broker's certificate %s and private key %s can't be used (%s)."
            .formatted(certificate, privateKey, why),
        "Set towncrier.broker.certificate and towncrier.broker.private-key to PEM files that"
            + " belong together and that the console may read.",
        cause);
  }

  Map<String, Object> transport() {
    return Map.of(
        TransportConstants.SSL_ENABLED_PROP_NAME,
        true,
        TransportConstants.KEYSTORE_TYPE_PROP_NAME,
        "PKCS12",
        TransportConstants.KEYSTORE_PATH_PROP_NAME,
        store.toString(),
        TransportConstants.KEYSTORE_PASSWORD_PROP_NAME,
        password,
        TransportConstants.ENABLED_PROTOCOLS_PROP_NAME,
        "TLSv1.3,TLSv1.2");
  }

  @Override
  public void close() throws IOException {
    Files.deleteIfExists(store);
  }
}
