package org.towncrier.broadcaster.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.towncrier.protocol.TrustedKey;

/**
 * The way to the console, and how to know it.
 *
 * @param url of the broker: {@code mqtts://…}, or {@code mqtt://…} on this machine
 * @param caCertificate who vouches for the broker; null for the machine's own list
 * @param trustedKeys whose schedules are obeyed
 */
public record ConsoleSettings(
    URI url,
    @Nullable String username,
    @Nullable String password,
    @Nullable Path caCertificate,
    List<TrustedKey> trustedKeys) {

  public ConsoleSettings {
    trustedKeys = List.copyOf(trustedKeys);
  }

  static ConsoleSettings read(SettingsNode section, Path folder) {
    URI url =
        section.required(
            "url",
            "URL",
            "the broker, such as mqtts://console.example:8883; mqtt:// without TLS only on this"
                + " machine",
            URI.create("mqtt://127.0.0.1"),
            ConsoleSettings::url);
    @Nullable String username =
        section.optional(
            "username", "text", "none", "The node's account at the broker.", text -> text);
    @Nullable String password =
        section.optional("password", "text", "none", "The password of that account.", text -> text);
    if ((username == null) != (password == null)) {
      section.problem(
          username == null ? "username" : "password",
          "is missing: username and password go together");
    }
    @Nullable Path caCertificate =
        section.optional(
            "caCertificate",
            "file",
            "the machine's own list",
            "Certificate (PEM) of who vouches for the broker, when it is the team's own.",
            text -> readable(folder.resolve(text), text));
    List<TrustedKey> trustedKeys =
        section.texts(
            "trustedKeys",
            "list of base64 texts",
            true,
            "the public keys (Ed25519) whose schedules it obeys, as `add-node` wrote them",
            ConsoleSettings::key);
    return new ConsoleSettings(url, username, password, caCertificate, trustedKeys);
  }

  private static URI url(String text) {
    // The text is never repeated: people put passwords into URLs.
    URI url;
    try {
      url = new URI(text);
    } catch (URISyntaxException wrong) {
      throw new IllegalArgumentException("is not a URL such as mqtts://console.example:8883");
    }
    String host = url.getHost();
    if (host == null
        || !("mqtt".equals(url.getScheme()) || "mqtts".equals(url.getScheme()))
        || !(url.getPath() == null || url.getPath().isEmpty() || url.getPath().equals("/"))) {
      throw new IllegalArgumentException(
          "needs mqtts://host:port, or mqtt://host:port on this machine");
    }
    if (url.getUserInfo() != null) {
      throw new IllegalArgumentException(
          "holds an account; move it to console.username and console.password");
    }
    if (url.getScheme().equals("mqtt") && !isLoopback(host)) {
      throw new IllegalArgumentException(
          "would send password and reports over the network in clear; use mqtts:// (mqtt:// is for"
              + " 127.0.0.1 only)");
    }
    return url;
  }

  /** By spelling alone: what a name resolves to can change after the check. */
  private static boolean isLoopback(String host) {
    return host.equals("localhost")
        || host.matches("127(\\.\\d{1,3}){3}")
        || host.equals("[::1]")
        || host.equals("[0:0:0:0:0:0:0:1]");
  }

  private static TrustedKey key(String text) {
    try {
      return TrustedKey.decode(text);
    } catch (IllegalArgumentException wrong) {
      throw new IllegalArgumentException(
          "is not an Ed25519 public key in base64; copy it again from the file that add-node wrote",
          wrong);
    }
  }

  private static Path readable(Path file, String text) {
    if (!Files.isReadable(file)) {
      throw new IllegalArgumentException("there is no readable file \"%s\"".formatted(text));
    }
    return file;
  }

  /** Without the password. */
  @Override
  public String toString() {
    return "ConsoleSettings[url=%s, username=%s, trustedKeys=%s]"
        .formatted(url, username, trustedKeys);
  }
}
