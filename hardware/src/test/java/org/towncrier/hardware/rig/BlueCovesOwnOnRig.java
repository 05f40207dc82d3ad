package org.towncrier.hardware.rig;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.towncrier.hardware.OfferResult;
import org.towncrier.hardware.OfferResult.End;
import org.towncrier.hardware.PushObject;
import org.towncrier.hardware.bluecove.NativeStack;

/** {@code radio.stack: bluecove-gpl}: BlueCove's own native stack in place of ours. */
@Guest(controllers = 4)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // JUnit fills the square in
class BlueCovesOwnOnRig {
  private static final int ACCEPTING = 1;
  private static final int DECLINING = 2;
  private static final PushObject LAST_BUS =
      new PushObject(
          "last-bus.txt",
          "text/plain",
          "Last bus to Coalville: 23:40".getBytes(StandardCharsets.UTF_8));

  private Square square;

  @BeforeAll
  void open() throws Exception {
    square = new Square(1, new NativeStack(null));
    square.air().set(ACCEPTING, "accept");
    square.air().set(DECLINING, "android:no");
    square.open();
  }

  @AfterAll
  void leave() throws Exception {
    square.close();
  }

  @Test
  void an_object_arrives_byte_for_byte() throws Exception {
    int before = Air.events(ACCEPTING, "received").size();

    OfferResult result = Square.await(square.offer(0, ACCEPTING, LAST_BUS));

    assertThat(result.end()).as(result.detail()).isEqualTo(End.ACCEPTED);
    var received = Air.events(ACCEPTING, "received");
    assertThat(received).hasSize(before + 1);
    Objects.same(received.get(before), LAST_BUS);
  }

  @Test
  void a_refusal_is_a_refusal_with_its_code() throws Exception {
    OfferResult result = Square.await(square.offer(0, DECLINING, LAST_BUS));

    assertThat(result.end()).as(result.detail()).isEqualTo(End.REFUSED);
    assertThat(result.response()).hasValue(0xC3);
  }
}
