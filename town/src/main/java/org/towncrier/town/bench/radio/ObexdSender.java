package org.towncrier.town.bench.radio;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.towncrier.hardware.BluetoothAddress;

/**
 * BlueZ's obexd, driven over D-Bus by {@code hardware/rig/guest/obexd_client.py}, which measures
 * single pushes itself; looks are bluetoothd's.
 */
final class ObexdSender implements Sender {
  private static final Path CLIENT = Path.of("/run/rig/obexd_client.py");
  private static final long LOOK_SECONDS = 90;
  private static final long ENDING_SECONDS = 10;

  private final Process process;
  private final PrintStream commands;
  private final BlockingQueue<String> looks = new LinkedBlockingQueue<>();
  private final Map<String, CompletableFuture<Duration>> pushes = new ConcurrentHashMap<>();

  private ObexdSender(Process process) {
    this.process = process;
    this.commands = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
  }

  /**
   * @param file what to push
   */
  static ObexdSender open(BluetoothAddress adapter, Path file) throws IOException {
    Process process =
        new ProcessBuilder(
                "/usr/bin/python3", CLIENT.toString(), RigAir.colons(adapter), file.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    BufferedReader said = process.inputReader(StandardCharsets.UTF_8);
    if (!"READY".equals(said.readLine())) {
      process.destroy();
      throw new IOException("obexd's client did not start");
    }
    ObexdSender sender = new ObexdSender(process);
    Thread reader = new Thread(() -> sender.read(said), "obexd-client");
    reader.setDaemon(true);
    reader.start();
    return sender;
  }

  @Override
  public Duration find(Set<BluetoothAddress> phones) throws IOException, InterruptedException {
    say("find " + phones.stream().map(RigAir::colons).collect(Collectors.joining(" ")));
    String answer = looks.poll(LOOK_SECONDS, TimeUnit.SECONDS);
    if (answer == null || !answer.startsWith("found ")) {
      throw new IOException("A look of obexd's client: " + answer);
    }
    return millis(answer.split(" ")[1]);
  }

  @Override
  public CompletionStage<Duration> push(BluetoothAddress phone) {
    CompletableFuture<Duration> end = new CompletableFuture<>();
    pushes.put(RigAir.colons(phone), end);
    say("push " + RigAir.colons(phone));
    return end;
  }

  @Override
  public void close() throws InterruptedException {
    commands.close();
    if (!process.waitFor(ENDING_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
  }

  private synchronized void say(String line) {
    commands.println(line);
  }

  private void read(BufferedReader said) {
    try {
      for (String line = said.readLine(); line != null; line = said.readLine()) {
        String[] words = line.split(" ", 3);
        switch (words[0]) {
          case "pushed" -> end(words[1]).complete(millis(words[2]));
          case "failed" -> end(words[1]).completeExceptionally(new IOException(words[2]));
          default -> looks.add(line);
        }
      }
    } catch (IOException e) {
      looks.add("its words ended: " + e.getMessage());
    }
    pushes
        .values()
        .forEach(push -> push.completeExceptionally(new IOException("obexd's client ended")));
  }

  private CompletableFuture<Duration> end(String phone) {
    CompletableFuture<Duration> end = pushes.remove(phone);
    return end == null ? new CompletableFuture<>() : end;
  }

  private static Duration millis(String text) {
    return Duration.ofNanos((long) (Double.parseDouble(text) * 1e6));
  }
}
