package org.towncrier.protocol.mqtt;

import java.io.EOFException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLException;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.jspecify.annotations.Nullable;

/** Why a broker could not be had, in words for the person who can change it. */
final class Reasons {
  private Reasons() {}

  static String of(@Nullable Throwable failure, MqttSettings settings) {
    String place = settings.place();
    List<Throwable> causes = causes(failure);
    if (has(causes, UnknownHostException.class)) {
      return "no host is known by the name " + settings.url().getHost();
    }
    if (has(causes, CertPathBuilderException.class)
        || has(causes, CertPathValidatorException.class)) {
      return "the certificate of %s is not signed by %s"
          .formatted(
              place,
              settings.caCertificate() == null
                  ? "an authority that this Java trusts: give its CA certificate"
                  : "the authority in " + settings.caCertificate());
    }
    for (Throwable cause : causes) {
      if (cause instanceof CertificateException) {
        return "the certificate of %s does not fit: %s".formatted(place, cause.getMessage());
      }
    }
    if (has(causes, SSLException.class)) {
      return "%s does not speak TLS as it should: %s"
          .formatted(place, causes.get(causes.size() - 1).getMessage());
    }
    if (has(causes, ConnectException.class)) {
      return "nothing listens at " + place;
    }
    if (has(causes, NoRouteToHostException.class)) {
      return "there is no way to " + place;
    }
    if (has(causes, SocketTimeoutException.class)) {
      return place + " did not answer in time";
    }
    if (failure instanceof MqttException mqtt) {
      return ofCode(mqtt, causes, settings);
    }
    return failure == null || failure.getMessage() == null
        ? "the connection to " + place + " was lost"
        : failure.getMessage();
  }

  private static String ofCode(MqttException failure, List<Throwable> causes, MqttSettings who) {
    String place = who.place();
    return switch (failure.getReasonCode()) {
      case MqttException.REASON_CODE_FAILED_AUTHENTICATION,
          MqttException.REASON_CODE_NOT_AUTHORIZED ->
          who.username() == null
              ? place + " wants a username and password"
              : "%s refused the account %s or its password".formatted(place, who.username());
      case MqttException.REASON_CODE_INVALID_CLIENT_ID ->
          "%s refused the client id %s".formatted(place, who.clientId());
      case MqttException.REASON_CODE_INVALID_PROTOCOL_VERSION ->
          place + " does not speak MQTT 3.1.1";
      case MqttException.REASON_CODE_BROKER_UNAVAILABLE -> place + " says it is unavailable";
      case MqttException.REASON_CODE_CLIENT_TIMEOUT -> place + " stopped answering";
      case MqttException.REASON_CODE_CONNECTION_LOST ->
          has(causes, EOFException.class)
              ? place + " closed the connection"
              : "the connection to " + place + " was lost";
      default ->
          "%s: %s (MQTT reason %d)".formatted(place, failure.getMessage(), failure.getReasonCode());
    };
  }

  private static boolean has(List<Throwable> causes, Class<? extends Throwable> type) {
    return causes.stream().anyMatch(type::isInstance);
  }

  private static List<Throwable> causes(@Nullable Throwable failure) {
    List<Throwable> causes = new ArrayList<>();
    for (Throwable at = failure; at != null && !causes.contains(at); at = at.getCause()) {
      causes.add(at);
    }
    return causes;
  }
}
