package org.towncrier.hardware.emulator;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.towncrier.hardware.AdapterId;
import org.towncrier.hardware.AdapterStatus.Health;
import org.towncrier.hardware.BluetoothAddress;
import org.towncrier.hardware.OfferResult;
import org.towncrier.hardware.PushObject;
import org.towncrier.hardware.Radio;
import org.towncrier.hardware.bluecove.AdapterSettings;
import org.towncrier.hardware.bluecove.BlueCoveRadio;
import org.towncrier.hardware.bluecove.BlueCoveSettings;

/** A radio in a process of its own that offers one phone one object, and can be killed. */
record NodeProcess(Process process, BufferedReader said) implements AutoCloseable {
  static NodeProcess start(int port, BluetoothAddress adapter, BluetoothAddress phone)
      throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                NodeProcess.class.getName(),
                String.valueOf(port),
                adapter.hex(),
                phone.hex())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    return new NodeProcess(process, process.inputReader(StandardCharsets.UTF_8));
  }

  /** The end it told of; null if it died first. */
  @Nullable String end() throws IOException {
    return said.readLine();
  }

  void kill() throws InterruptedException {
    process.destroyForcibly();
    process.waitFor();
  }

  @Override
  public void close() throws InterruptedException {
    kill();
  }

  public static void main(String[] arguments) throws Exception {
    AdapterId id = new AdapterId("hci0");
    CountDownLatch up = new CountDownLatch(1);
    try (Radio radio =
        new BlueCoveRadio(
            new BlueCoveSettings(
                new EmulatorStack(Integer.parseInt(arguments[0])),
                List.of(new AdapterSettings(id, BluetoothAddress.parse(arguments[1])))),
            InstantSource.system())) {
      radio.start(
          status -> {
            if (status.health() == Health.UP) {
              up.countDown();
            }
          });
      up.await();
      OfferResult result =
          radio
              .offer(
                  id,
                  BluetoothAddress.parse(arguments[2]),
                  new PushObject("a.txt", "text/plain", new byte[] {1}),
                  Duration.ofMinutes(1))
              .result()
              .toCompletableFuture()
              .get(90, TimeUnit.SECONDS);
      System.out.println(result.end());
    }
  }
}
