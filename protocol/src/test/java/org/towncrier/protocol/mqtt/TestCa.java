package org.towncrier.protocol.mqtt;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Key;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** A certificate authority of a test, made with the JDK's keytool. */
final class TestCa {
  private static final String PASSWORD = "changeit";
  private final Path folder;
  final Path certificate;

  /** A certificate and its key, PEM. */
  record Issued(Path certificate, Path privateKey) {}

  TestCa(Path folder) throws Exception {
    this.folder = Files.createDirectories(folder);
    this.certificate = folder.resolve("ca.pem");
    keyPair("ca", "bc:c");
    keytool("-exportcert", "-alias", "ca", "-rfc", "-file", certificate.toString());
  }

  /** A server's certificate for such a name, as {@code ip:127.0.0.1} or {@code dns:name}. */
  Issued issue(String subjectAlternativeName) throws Exception {
    keyPair("server", "ku=digitalSignature");
    Path request = folder.resolve("server.csr");
    Path pem = folder.resolve("server.pem");
    keytool("-certreq", "-alias", "server", "-file", request.toString());
    keytool(
        "-gencert",
        "-alias",
        "ca",
        "-ext",
        "san=" + subjectAlternativeName,
        "-validity",
        "30",
        "-rfc",
        "-infile",
        request.toString(),
        "-outfile",
        pem.toString());
    return new Issued(pem, privateKey());
  }

  private Path privateKey() throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(folder.resolve("keys.p12"))) {
      store.load(in, PASSWORD.toCharArray());
    }
    Key key = store.getKey("server", PASSWORD.toCharArray());
    String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key.getEncoded());
    String pem =
        "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n".formatted("PRIVATE KEY", base64);
    return Files.write(folder.resolve("server.key"), pem.getBytes(US_ASCII));
  }

  private void keyPair(String alias, String extension) throws Exception {
    keytool(
        "-genkeypair",
        "-alias",
        alias,
        "-keyalg",
        "EC",
        "-groupname",
        "secp256r1",
        "-dname",
        "CN=" + alias + " of a test",
        "-ext",
        extension,
        "-validity",
        "30");
  }

  private void keytool(String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(arguments));
    command.addAll(
        List.of(
            "-keystore",
            folder.resolve("keys.p12").toString(),
            "-storetype",
            "PKCS12",
            "-storepass",
            PASSWORD));
    Path log = folder.resolve("keytool.log");
    Process done =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    if (done.waitFor() != 0) {
      throw new AssertionError(command + ": " + Files.readString(log));
    }
  }
}
