package org.towncrier.protocol.mqtt;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** TLS that trusts the authorities in one PEM file and nobody else. */
final class CaCertificate {
  private CaCertificate() {}

  /**
   * Sockets that trust them.
   *
   * @param pem the file, or null for what this Java trusts
   * @throws IOException naming the file, if it can't be read or holds no certificate
   */
  static SSLSocketFactory sockets(@Nullable Path pem) throws IOException, GeneralSecurityException {
    SSLContext context = SSLContext.getInstance("TLS");
    if (pem == null) {
      context.init(null, null, null);
    } else {
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(storeOf(pem));
      context.init(null, trust.getTrustManagers(), null);
    }
    return context.getSocketFactory();
  }

  private static KeyStore storeOf(Path pem) throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    int count = 0;
    for (Certificate certificate : read(pem)) {
      store.setCertificateEntry("ca-" + count++, certificate);
    }
    if (count == 0) {
      throw new IOException("the CA certificate file " + pem + " holds no PEM certificate");
    }
    return store;
  }

  private static Collection<? extends Certificate> read(Path pem)
      throws IOException, GeneralSecurityException {
    try (InputStream in = Files.newInputStream(pem)) {
      return CertificateFactory.getInstance("X.509").generateCertificates(in);
    } catch (IOException unreadable) {
      throw new IOException(
          "the CA certificate file " + pem + " can't be read: " + unreadable, unreadable);
    } catch (CertificateException malformed) {
      throw new IOException(
          "the CA certificate file " + pem + " holds no PEM certificate", malformed);
    }
  }
}
