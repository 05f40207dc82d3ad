package org.towncrier.town.process;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.eclipse.paho.client.mqttv3.MqttClient;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;

/** Keeps every topic and payload that crosses a broker which lets it. */
public final class MqttRecorder implements AutoCloseable {
  private final ByteArrayOutputStream heard = new ByteArrayOutputStream();
  private final MqttClient client;
  private long messages;

  /** Listens from now on. */
  public MqttRecorder(int port) throws MqttException {
    client = new MqttClient("tcp://127.0.0.1:" + port, "recorder", new MemoryPersistence());
    MqttConnectOptions options = new MqttConnectOptions();
    options.setUserName("recorder");
    options.setPassword("secret".toCharArray());
    client.connect(options);
    client.subscribe("#", 1, (topic, message) -> record(topic, message.getPayload()));
  }

  /** All of it, one after the other. */
  public synchronized byte[] heard() {
    return heard.toByteArray();
  }

  public synchronized long messages() {
    return messages;
  }

  private synchronized void record(String topic, byte[] payload) {
    heard.writeBytes(topic.getBytes(StandardCharsets.UTF_8));
    heard.write('\n');
    heard.writeBytes(payload);
    heard.write('\n');
    messages++;
  }

  @Override
  public void close() throws MqttException {
    client.disconnectForcibly(0, 1_000);
    client.close(true);
  }
}
