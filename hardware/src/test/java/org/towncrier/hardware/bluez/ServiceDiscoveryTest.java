package org.towncrier.hardware.bluez;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.function.BiFunction;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServiceDiscoveryTest {
  private static final SdpRequest OBJECT_PUSH =
      new SdpRequest(List.of(SdpReader.uuid(0x1105)), List.of(4, 0, 1));
  private static final byte[] RECORDS = bytes(SdpExamples.OBJECT_PUSH_ON_CHANNEL_9);

  @Test
  void the_question_names_services_and_attributes_in_their_order() {
    assertThat(HexFormat.of().formatHex(OBJECT_PUSH.pdu(7, new byte[0])))
        .isEqualTo(
            "06" + "0007" + "0015" + "360003" + "191105" + "ffff" + "360009" + "090000" + "090001"
                + "090004" + "00");
  }

  @Test
  void a_service_of_somebodys_own_is_asked_for_in_full() {
    UUID own = UUID.fromString("12345678-1234-5678-1234-567812345678");

    assertThat(
            HexFormat.of().formatHex(new SdpRequest(List.of(own), List.of(0)).pdu(1, new byte[0])))
        .contains("360011" + "1c12345678123456781234567812345678");
  }

  @Test
  void a_question_for_nothing_is_none() {
    assertThatThrownBy(() -> new SdpRequest(List.of(), List.of(0)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new SdpRequest(List.of(SdpReader.uuid(1)), List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void a_phone_tells_its_channel() throws Exception {
    List<SdpRecord> records =
        search(answering((transaction, continuation) -> response(transaction, RECORDS, "")));

    assertThat(records).hasSize(1);
    assertThat(records.get(0).attributes().keySet()).containsExactly(0, 1, 4);
    assertThat(records.get(0).attributes().get(0))
        .isEqualTo(new SdpElement.Number(false, 4, BigInteger.valueOf(0x10001)));
  }

  @Test
  void a_phone_without_the_service_tells_of_none() throws Exception {
    assertThat(search(answering((transaction, c) -> response(transaction, bytes("3500"), ""))))
        .isEmpty();
  }

  @Property(tries = 50)
  void an_answer_in_parts_is_put_together(@ForAll @IntRange(min = 1, max = 43) int size)
      throws Exception {
    Phone phone =
        answering(
            (transaction, continuation) -> {
              int at = continuation.isEmpty() ? 0 : Integer.parseInt(continuation, 16);
              int end = Math.min(RECORDS.length, at + size);
              return response(
                  transaction,
                  Arrays.copyOfRange(RECORDS, at, end),
                  end < RECORDS.length ? "%04x".formatted(end) : "");
            });

    assertThat(search(phone)).hasSize(1);
    assertThat(phone.asked).hasSize((RECORDS.length + size - 1) / size);
  }

  @Test
  void an_answer_without_end_is_given_up() {
    Phone phone = answering((transaction, c) -> response(transaction, new byte[0], "01"));

    assertThatThrownBy(() -> search(phone))
        .isInstanceOf(SdpFormatException.class)
        .hasMessageContaining("no end");
    assertThat(phone.asked).hasSizeLessThanOrEqualTo(200);
  }

  @Test
  void an_answer_that_grows_and_grows_is_given_up() {
    Phone phone = answering((transaction, c) -> response(transaction, new byte[900], "01"));

    assertThatThrownBy(() -> search(phone)).isInstanceOf(SdpFormatException.class);
    assertThat(phone.asked).hasSizeLessThan(80);
  }

  @Test
  void a_phone_that_refuses_is_told_with_its_reason() {
    assertThatThrownBy(
            () ->
                search(answering((t, c) -> HexFormat.of().parseHex("01%04x00020003".formatted(t)))))
        .isInstanceOf(SdpFormatException.class)
        .hasMessage("The phone refused a service search [SDP 3]");
  }

  @Test
  void a_phone_that_hangs_up_has_lost_the_link() {
    assertThatThrownBy(() -> search(answering((transaction, continuation) -> null)))
        .isInstanceOf(ErrnoException.class)
        .satisfies(e -> assertThat(Failure.of((IOException) e)).isEqualTo(Failure.LINK_LOST));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", // nothing
        "07", // no transaction
        "07ffff000500023500" + "00", // another transaction
        "05%t000500023500" + "00", // another kind
        "07%t000400023500" + "00", // another length
        "07%t0005ffff3500" + "00", // more than there is
        "07%t000500023500" + "11", // a continuation of 17 bytes
        "07%t000500023500" + "01", // a continuation that isn't there
        "07%t00060002350000" + "00", // something behind the end
        "07%t00050002" + "0801" + "00", // no list
        "07%t00050002" + "3d00" + "00", // a choice of lists
        "07%t00070004" + "3502" + "0801" + "00", // a list of a number
        "07%t00080005" + "35033501" + "00" + "00", // half a pair
        "07%t000b0008" + "3506" + "3504" + "0801" + "0801" + "00" // an attribute without an id
      })
  void what_is_no_answer_is_refused(String answer) {
    assertThatThrownBy(
            () ->
                search(
                    answering(
                        (transaction, continuation) ->
                            bytes(answer.replace("%t", "%04x".formatted(transaction))))))
        .isInstanceOf(SdpFormatException.class);
  }

  @Test
  void a_page_full_of_services_is_refused() {
    StringBuilder many = new StringBuilder();
    for (int i = 0; i < 300; i++) {
      many.append("3500");
    }
    assertThatThrownBy(() -> SdpRecord.list(bytes("36%04x".formatted(600) + many)))
        .isInstanceOf(SdpFormatException.class)
        .hasMessageContaining("too many");
  }

  @Property
  void no_answer_breaks_it(@ForAll @Size(max = 100) byte[] rest, @ForAll boolean looksTrue)
      throws IOException {
    Phone phone =
        answering(
            (transaction, continuation) -> looksTrue ? response(transaction, rest, "") : rest);
    try {
      assertThat(search(phone)).isNotNull();
    } catch (SdpFormatException refused) {
      assertThat(refused.getMessage()).isNotBlank();
    }
  }

  private static List<SdpRecord> search(Phone phone) throws IOException {
    return ServiceDiscovery.search(phone, OBJECT_PUSH);
  }

  private static Phone answering(BiFunction<Integer, String, byte[]> answers) {
    return new Phone(answers);
  }

  private static byte[] response(int transaction, byte[] part, String continuation) {
    String end = "%02x".formatted(continuation.length() / 2) + continuation;
    return bytes(
        "07%04x%04x%04x".formatted(transaction, 2 + part.length + end.length() / 2, part.length)
            + HexFormat.of().formatHex(part)
            + end);
  }

  private static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex);
  }

  /**
   * A phone's end of the link: what it answers to each question, by transaction and continuation.
   */
  private static final class Phone implements ServiceDiscovery.Packets {
    private final BiFunction<Integer, String, byte[]> answers;
    private final List<byte[]> asked = new ArrayList<>();

    Phone(BiFunction<Integer, String, byte[]> answers) {
      this.answers = answers;
    }

    @Override
    public void write(byte[] packet) {
      asked.add(packet);
    }

    @Override
    public int read(byte[] into) {
      byte[] question = asked.get(asked.size() - 1);
      int attributesEnd = 5 + 6 + 2 + 12;
      byte[] answer =
          answers.apply(
              (question[1] & 0xFF) << 8 | question[2] & 0xFF,
              HexFormat.of().formatHex(question, attributesEnd + 1, question.length));
      if (answer == null) {
        return -1;
      }
      System.arraycopy(answer, 0, into, 0, answer.length);
      return answer.length;
    }
  }
}
