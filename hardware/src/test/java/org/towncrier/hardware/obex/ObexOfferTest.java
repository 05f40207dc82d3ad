package org.towncrier.hardware.obex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.towncrier.hardware.obex.ScriptedPhone.code;
import static org.towncrier.hardware.obex.ScriptedPhone.connected;
import static org.towncrier.hardware.obex.ScriptedPhone.hangUp;
import static org.towncrier.hardware.obex.ScriptedPhone.raw;
import static org.towncrier.hardware.obex.ScriptedPhone.silence;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.towncrier.hardware.OfferResult;
import org.towncrier.hardware.OfferResult.End;
import org.towncrier.hardware.PushObject;
import org.towncrier.hardware.obex.ScriptedPhone.Step;

class ObexOfferTest {
  private static final Duration LONG = Duration.ofMinutes(10);

  /** Long enough to reach the step that stalls. */
  private static final Duration SHORT = Duration.ofSeconds(2);

  private static final int MAX = 1000;
  private static final PushObject NOTE = new PushObject("a.txt", "text/plain", new byte[] {1, 2});

  private final ExecutorService workers = Executors.newCachedThreadPool();
  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private final AtomicInteger ends = new AtomicInteger();

  @AfterEach
  void everything_ended_once_and_let_its_threads_go() throws Exception {
    assertThat(ends).hasValue(1);
    workers.shutdown();
    timer.shutdownNow();
    assertThat(workers.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void the_headers_go_first_then_the_body_and_only_then_an_empty_final_packet() throws Exception {
    try (ScriptedPhone phone =
        new ScriptedPhone(connected(MAX), code(0x90), code(0x90), code(0xA0), code(0xA0))) {
      OfferResult result = push(phone, NOTE);

      ended(result, End.ACCEPTED, true, 0xA0);
      phone.awaitHangUp();
      assertThat(phone.requests())
          .extracting(ObexPacket::code)
          .containsExactly(
              ObexCode.CONNECT,
              ObexCode.PUT,
              ObexCode.PUT,
              ObexCode.PUT_FINAL,
              ObexCode.DISCONNECT);
      assertThat(ids(phone, 1)).containsExactly(0x01, 0x42, 0xC3);
      assertThat(ids(phone, 2)).containsExactly(0x48);
      assertThat(ids(phone, 3)).containsExactly(0x49);
      assertThat(headers(phone, 3).get(0).value()).isEmpty();
      assertThat(headers(phone, 1).get(0).unicode()).isEqualTo("a.txt");
      assertThat(headers(phone, 1).get(1).ascii()).isEqualTo("text/plain");
      assertThat(headers(phone, 1).get(2).number()).isEqualTo(2);
    }
  }

  @Test
  void no_packet_is_longer_than_the_phone_takes() throws Exception {
    byte[] content = new byte[2000];
    new Random(3).nextBytes(content);
    int pieces = 9; // 2000 bytes in pieces of 255 - 3 - 3
    Step[] script = new Step[pieces + 4];
    script[0] = connected(255);
    for (int i = 1; i <= pieces + 1; i++) {
      script[i] = code(0x90);
    }
    script[pieces + 2] = code(0xA0);
    script[pieces + 3] = code(0xA0);
    try (ScriptedPhone phone = new ScriptedPhone(script)) {
      ended(push(phone, new PushObject("b.jpg", "image/jpeg", content)), End.ACCEPTED, true, 0xA0);

      phone.awaitHangUp();
      assertThat(phone.requests())
          .allSatisfy(r -> assertThat(r.encoded()).hasSizeLessThanOrEqualTo(255));
    }
  }

  @Test
  void a_connection_id_is_said_back_in_every_packet() throws Exception {
    try (ScriptedPhone phone =
        new ScriptedPhone(
            raw(0xA0, 0, 12, 0x10, 0, MAX >> 8, MAX & 0xFF, 0xCB, 1, 2, 3, 4),
            code(0x90),
            code(0x90),
            code(0xA0),
            code(0xA0))) {
      ended(push(phone, NOTE), End.ACCEPTED, true, 0xA0);

      phone.awaitHangUp();
      for (int i = 1; i < 5; i++) {
        assertThat(headers(phone, i).get(0).id()).isEqualTo(ObexHeader.CONNECTION_ID);
        assertThat(headers(phone, i).get(0).number()).isEqualTo(0x01020304);
      }
    }
  }

  @Test
  void an_empty_object_has_a_body_packet_before_its_final_one_too() throws Exception {
    try (ScriptedPhone phone =
        new ScriptedPhone(connected(MAX), code(0x90), code(0x90), code(0xA0), code(0xA0))) {
      ended(
          push(phone, new PushObject("e.txt", "text/plain", new byte[0])),
          End.ACCEPTED,
          true,
          0xA0);

      assertThat(ids(phone, 2)).containsExactly(0x48);
      assertThat(phone.requests().get(2).code()).isEqualTo(ObexCode.PUT);
    }
  }

  @Test
  void long_headers_are_spread_over_packets_and_a_name_too_long_is_cut() throws Exception {
    PushObject object = new PushObject("x".repeat(300) + ".txt", "text/plain", new byte[] {1});
    try (ScriptedPhone phone =
        new ScriptedPhone(
            connected(255), code(0x90), code(0x90), code(0x90), code(0xA0), code(0xA0))) {
      ended(push(phone, object), End.ACCEPTED, true, 0xA0);

      assertThat(ids(phone, 1)).containsExactly(0x01);
      assertThat(headers(phone, 1).get(0).unicode()).startsWith("xxx").endsWith(".txt");
      assertThat(ids(phone, 2)).containsExactly(0x42, 0xC3);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0xC0, 0xC1, 0xC3, 0xCB, 0xCF, 0xD0, 0xD1, 0xD3, 0xA0, 0xA1, 0xE0})
  void a_refusal_keeps_its_code_at_every_stage(int refusal) throws Exception {
    ends.set(-2);
    if (refusal != 0xA0) { // to CONNECT, that is yes
      try (ScriptedPhone phone = new ScriptedPhone(code(refusal), code(0xA0))) {
        ended(push(phone, NOTE), End.REFUSED, false, refusal);
      }
    } else {
      ends.incrementAndGet();
    }
    try (ScriptedPhone phone = new ScriptedPhone(connected(MAX), code(refusal), code(0xA0))) {
      ended(push(phone, NOTE), End.REFUSED, false, refusal);
      phone.awaitHangUp();
      assertThat(phone.requests()).last().extracting(ObexPacket::code).isEqualTo(0x81);
    }
    try (ScriptedPhone phone =
        new ScriptedPhone(connected(MAX), code(0x90), code(refusal), code(0xA0))) {
      ended(push(phone, NOTE), End.REFUSED, false, refusal);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0xC3, 0xA1, 0xD0})
  void anything_but_success_to_the_final_packet_is_no_acceptance(int answer) throws Exception {
    try (ScriptedPhone phone =
        new ScriptedPhone(connected(MAX), code(0x90), code(0x90), code(answer), code(0xA0))) {
      ended(push(phone, NOTE), End.REFUSED, true, answer);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0x90, 0x00, 0x20, 0x43, 0x91})
  void a_code_that_ends_nothing_in_answer_to_the_final_packet_leaves_it_open(int answer)
      throws Exception {
    try (ScriptedPhone phone =
        new ScriptedPhone(connected(MAX), code(0x90), code(0x90), code(answer))) {
      ended(push(phone, NOTE), End.LINK_LOST, true, answer);
    }
  }

  @Test
  void a_link_that_breaks_before_the_final_packet_is_lost() throws Exception {
    ends.set(-2);
    lost(false, hangUp());
    lost(false, connected(MAX), hangUp());
    lost(false, connected(MAX), code(0x90), hangUp());
  }

  @Test
  void a_link_that_breaks_after_the_final_packet_says_so() throws Exception {
    lost(true, connected(MAX), code(0x90), code(0x90), hangUp());
  }

  @Test
  void garbage_is_a_lost_link_and_never_an_acceptance() throws Exception {
    ends.set(-7);
    lost(false, raw(0xA0, 0, 2)); // shorter than a packet can be
    lost(false, raw(0xA0, 0, 0));
    lost(false, raw(0xA0, 0, 5, 0x10, 0)); // CONNECT answered without its fields
    lost(false, raw(0xA0, 0xFF, 0xFF)); // longer than we said we take
    lost(false, raw(0x21, 0, 3));
    lost(false, connected(MAX), raw(0x90, 0, 6, 0x48, 0, 99)); // a header past the end
    lost(false, raw(0xA0, 0, 9, 0x10, 0, 4, 0, 0x01, 0)); // a header without its length
    lost(true, connected(MAX), code(0x90), code(0x90), raw(0xA0, 0)); // half an answer
  }

  private void lost(boolean finalPacketSent, Step... script) throws Exception {
    Step[] thenHangUp = java.util.Arrays.copyOf(script, script.length + 1);
    thenHangUp[script.length] = link -> link.socket().close();
    try (ScriptedPhone phone = new ScriptedPhone(thenHangUp)) {
      OfferResult result = push(phone, NOTE);
      assertThat(result.end()).isEqualTo(End.LINK_LOST);
      assertThat(result.finalPacketSent()).isEqualTo(finalPacketSent);
    }
  }

  @Test
  void a_lost_link_on_an_adapter_that_failed_is_the_adapters() throws Exception {
    try (ScriptedPhone phone = new ScriptedPhone(connected(MAX), hangUp())) {
      LinkSource sick = sick(phone.source());

      OfferResult result = await(start(sick, NOTE, LONG));

      assertThat(result.end()).isEqualTo(End.ADAPTER_FAILED);
    }
  }

  @Test
  void the_deadline_frees_a_phone_that_is_silent_before_the_final_packet() throws Exception {
    try (ScriptedPhone phone = new ScriptedPhone(connected(MAX), code(0x90), silence())) {
      OfferResult result = await(start(phone.source(), NOTE, SHORT));

      ended(result, End.DEADLINE, false, 0x90);
      assertThat(result.took()).isGreaterThanOrEqualTo(SHORT);
      phone.awaitHangUp();
    }
  }

  @Test
  void the_deadline_after_the_final_packet_says_so() throws Exception {
    try (ScriptedPhone phone =
        new ScriptedPhone(connected(MAX), code(0x90), code(0x90), silence())) {
      ended(await(start(phone.source(), NOTE, SHORT)), End.DEADLINE, true, 0x90);
    }
  }

  @Test
  void the_deadline_is_told_even_when_closing_the_link_blocks() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    try (ScriptedPhone phone = new ScriptedPhone(connected(MAX), code(0x90), silence())) {
      LinkSource stuck = closingBlocks(phone.source(), never);

      ended(await(start(stuck, NOTE, SHORT)), End.DEADLINE, false, 0x90);
    } finally {
      never.countDown();
    }
  }

  @Test
  void without_a_link_the_deadline_means_not_reached() throws Exception {
    CountDownLatch paging = new CountDownLatch(1);
    CountDownLatch closed = new CountDownLatch(1);
    try (ScriptedPhone phone = new ScriptedPhone(silence())) {
      LinkSource slow = slow(phone.source(), paging, closed);
      OfferResult result = await(start(slow, NOTE, Duration.ofMillis(50)));

      assertThat(result.end()).isEqualTo(End.NOT_REACHED);
      assertThat(result.response()).isEmpty();
      paging.countDown(); // the link that comes too late is closed, and nothing is said on it
      assertThat(closed.await(30, TimeUnit.SECONDS)).isTrue();
      phone.awaitHangUp();
      assertThat(phone.requests()).isEmpty();
    }
  }

  @Test
  void a_withdrawal_before_and_after_the_final_packet() throws Exception {
    ends.set(-1);
    for (boolean after : new boolean[] {false, true}) {
      CountDownLatch there = new CountDownLatch(1);
      Step[] script =
          after
              ? new Step[] {connected(MAX), code(0x90), code(0x90), stallsAt(there)}
              : new Step[] {connected(MAX), code(0x90), stallsAt(there)};
      try (ScriptedPhone phone = new ScriptedPhone(script)) {
        ObexOffer offer = start(phone.source(), NOTE, LONG);
        assertThat(there.await(30, TimeUnit.SECONDS)).isTrue();

        offer.withdraw();
        offer.withdraw();

        ended(await(offer), End.WITHDRAWN, after, 0x90);
      }
    }
  }

  @Test
  void a_phone_that_never_says_goodbye_does_not_hold_up_the_end() throws Exception {
    try (ScriptedPhone phone =
        new ScriptedPhone(connected(MAX), code(0x90), code(0x90), code(0xA0), silence())) {
      ended(push(phone, NOTE), End.ACCEPTED, true, 0xA0);
    }
  }

  @Test
  void a_source_that_fails_says_why() throws Exception {
    LinkSource none =
        new LinkSource() {
          @Override
          public ObexLink open() throws LinkFailure {
            throw new LinkFailure(End.NO_OBJECT_PUSH, "none");
          }

          @Override
          public boolean healthy() {
            return true;
          }
        };

    OfferResult result = await(start(none, NOTE, LONG));

    assertThat(result.end()).isEqualTo(End.NO_OBJECT_PUSH);
    assertThat(result.detail()).isEqualTo("none");
  }

  @Test
  void a_source_with_a_fault_is_the_adapters_failure_not_silence() throws Exception {
    LinkSource broken =
        new LinkSource() {
          @Override
          public ObexLink open() {
            throw new IllegalStateException("a fault");
          }

          @Override
          public boolean healthy() {
            return true;
          }
        };

    assertThat(await(start(broken, NOTE, LONG)).end()).isEqualTo(End.ADAPTER_FAILED);
  }

  private static Step stallsAt(CountDownLatch there) {
    return link -> {
      link.request();
      there.countDown();
      while (link.in().read() >= 0) {
        continue; // silent until the sender hangs up
      }
    };
  }

  private static void ended(OfferResult result, End end, boolean finalPacketSent, int response) {
    assertThat(result.end()).as(result.detail()).isEqualTo(end);
    assertThat(result.finalPacketSent()).isEqualTo(finalPacketSent);
    assertThat(result.response()).hasValue(response);
  }

  private static LinkSource sick(LinkSource source) {
    return new LinkSource() {
      @Override
      public ObexLink open() throws LinkFailure {
        return source.open();
      }

      @Override
      public boolean healthy() {
        return false;
      }
    };
  }

  private static LinkSource slow(LinkSource source, CountDownLatch until, CountDownLatch closed) {
    return new LinkSource() {
      @Override
      public ObexLink open() throws LinkFailure {
        try {
          until.await();
        } catch (InterruptedException e) {
          throw new AssertionError(e);
        }
        ObexLink link = source.open();
        return new Wrapped(
            link,
            () -> {
              link.close();
              closed.countDown();
            });
      }

      @Override
      public boolean healthy() {
        return true;
      }
    };
  }

  private static LinkSource closingBlocks(LinkSource source, CountDownLatch until) {
    return new LinkSource() {
      @Override
      public ObexLink open() throws LinkFailure {
        ObexLink link = source.open();
        return new Wrapped(
            link,
            () -> {
              try {
                until.await();
              } catch (InterruptedException e) {
                throw new AssertionError(e);
              }
              link.close();
            });
      }

      @Override
      public boolean healthy() {
        return true;
      }
    };
  }

  private interface Closing {
    void run() throws IOException;
  }

  private record Wrapped(ObexLink link, Closing closing) implements ObexLink {
    @Override
    public InputStream in() {
      return link.in();
    }

    @Override
    public OutputStream out() {
      return link.out();
    }

    @Override
    public void close() throws IOException {
      closing.run();
    }
  }

  private static List<Integer> ids(ScriptedPhone phone, int request) throws IOException {
    return headers(phone, request).stream().map(ObexHeader::id).toList();
  }

  private static List<ObexHeader> headers(ScriptedPhone phone, int request) throws IOException {
    return ObexHeader.parse(phone.requests().get(request).payload(), 0);
  }

  private ObexOffer start(LinkSource source, PushObject object, Duration deadline) {
    ObexOffer offer = new ObexOffer(source, object, 4096, workers, timer, ends::incrementAndGet);
    offer.start(deadline);
    return offer;
  }

  private OfferResult push(ScriptedPhone phone, PushObject object) throws Exception {
    return await(start(phone.source(), object, LONG));
  }

  private static OfferResult await(ObexOffer offer) throws Exception {
    return offer.result().toCompletableFuture().get(30, TimeUnit.SECONDS);
  }
}
