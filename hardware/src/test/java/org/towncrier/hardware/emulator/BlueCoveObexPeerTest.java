package org.towncrier.hardware.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.bluetooth.UUID;
import javax.microedition.io.Connector;
import javax.obex.HeaderSet;
import javax.obex.Operation;
import javax.obex.ResponseCodes;
import javax.obex.ServerRequestHandler;
import javax.obex.SessionNotifier;
import org.junit.jupiter.api.Test;
import org.towncrier.hardware.AdapterId;
import org.towncrier.hardware.AdapterStatus;
import org.towncrier.hardware.BluetoothAddress;
import org.towncrier.hardware.OfferResult;
import org.towncrier.hardware.OfferResult.End;
import org.towncrier.hardware.PushObject;
import org.towncrier.hardware.Radio;
import org.towncrier.hardware.bluecove.AdapterSettings;
import org.towncrier.hardware.bluecove.BlueCoveDevice;
import org.towncrier.hardware.bluecove.BlueCoveRadio;
import org.towncrier.hardware.bluecove.BlueCoveSettings;

/** Our OBEX against BlueCove's OBEX server: a peer that nobody here wrote. */
class BlueCoveObexPeerTest {
  private static final AdapterId ADAPTER = new AdapterId("hci0");
  private static final BluetoothAddress PEER = EmulatedAddress.of(3, 0xBEEF);

  @Test
  void an_object_arrives_whole_at_bluecoves_own_server() throws Exception {
    byte[] content = new byte[50_000];
    new Random(5).nextBytes(content);
    PushObject object = new PushObject("Ünïcode.jpg", "image/jpeg", content);

    Taker taker = new Taker(ResponseCodes.OBEX_HTTP_OK);
    OfferResult result = push(object, taker);

    assertThat(result.end()).as(result.detail()).isEqualTo(End.ACCEPTED);
    assertThat(taker.got.poll(30, TimeUnit.SECONDS))
        .isEqualTo(new Got(object.name(), object.type(), content.length, Arrays.hashCode(content)));
  }

  @Test
  void a_refusal_of_bluecoves_own_server_is_one_here() throws Exception {
    PushObject object = new PushObject("note.txt", "text/plain", new byte[] {1, 2, 3});

    OfferResult result = push(object, new Taker(ResponseCodes.OBEX_HTTP_FORBIDDEN));

    assertThat(result.end()).as(result.detail()).isEqualTo(End.REFUSED);
    assertThat(result.response()).hasValue(0xC3);
  }

  private static OfferResult push(PushObject object, Taker taker) throws Exception {
    try (EmulatedAir air = new EmulatedAir(0, InstantSource.system()).start();
        Radio radio =
            new BlueCoveRadio(
                new BlueCoveSettings(
                    new EmulatorStack(0),
                    List.of(new AdapterSettings(ADAPTER, EmulatedAddress.of(3, 1)))),
                InstantSource.system())) {
      air.control().announce(PEER.value(), "peer", PhoneSettings.SMARTPHONE);
      BlueCoveDevice device = BlueCoveDevice.open(EmulatorStack.properties(PEER));
      SessionNotifier notifier =
          device.call(
              () ->
                  (SessionNotifier)
                      Connector.open("btgoep://localhost:" + new UUID(0x1105) + ";name=OPP"));
      Thread serving =
          new Thread(
              () -> {
                try {
                  device.call(() -> notifier.acceptAndOpen(taker));
                } catch (IOException e) {
                  throw new AssertionError(e);
                }
              });
      serving.start();
      BlockingQueue<AdapterStatus> told = new LinkedBlockingQueue<>();
      radio.start(told::add);
      assertThat(told.poll(30, TimeUnit.SECONDS)).isNotNull();
      try {
        return radio
            .offer(ADAPTER, PEER, object, Duration.ofMinutes(1))
            .result()
            .toCompletableFuture()
            .get(90, TimeUnit.SECONDS);
      } finally {
        device.close();
        serving.join(10_000);
      }
    }
  }

  private record Got(String name, String type, int length, int hash) {}

  private static final class Taker extends ServerRequestHandler {
    private final int answer;
    private final BlockingQueue<Got> got = new LinkedBlockingQueue<>();

    Taker(int answer) {
      this.answer = answer;
    }

    @Override
    public int onPut(Operation operation) {
      try {
        HeaderSet headers = operation.getReceivedHeaders();
        if (answer != ResponseCodes.OBEX_HTTP_OK) {
          return answer;
        }
        try (InputStream in = operation.openInputStream()) {
          byte[] content = in.readAllBytes();
          got.add(
              new Got(
                  String.valueOf(headers.getHeader(HeaderSet.NAME)),
                  String.valueOf(headers.getHeader(HeaderSet.TYPE)),
                  content.length,
                  Arrays.hashCode(content)));
        }
        return answer;
      } catch (IOException e) {
        return ResponseCodes.OBEX_HTTP_INTERNAL_ERROR;
      }
    }
  }
}
