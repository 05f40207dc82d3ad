package org.towncrier.hardware.obex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;

class ObexCodecTest {
  @Property
  void a_packet_comes_out_as_it_went_in(
      @ForAll @IntRange(max = 255) int code, @ForAll @Size(max = 3000) byte[] payload)
      throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new ObexPacket(code, payload).write(out);

    ObexPacket read =
        ObexPacket.read(new ByteArrayInputStream(out.toByteArray()), ObexPacket.LARGEST_MAX);

    assertThat(read.code()).isEqualTo(code);
    assertThat(read.payload()).isEqualTo(payload);
  }

  @Property
  void a_packet_that_is_cut_anywhere_is_the_end_of_the_link(
      @ForAll @Size(max = 300) byte[] payload, @ForAll @IntRange(max = 302) int cut) {
    byte[] whole = new ObexPacket(0xA0, payload).encoded();
    byte[] part = Arrays.copyOf(whole, Math.min(cut, whole.length - 1));

    assertThatThrownBy(
            () -> ObexPacket.read(new ByteArrayInputStream(part), ObexPacket.LARGEST_MAX))
        .isInstanceOf(EOFException.class);
  }

  @Property
  void headers_come_out_as_they_went_in(@ForAll("headers") List<ObexHeader> headers)
      throws IOException {
    byte[] encoded = ObexHeader.encode(headers);

    List<ObexHeader> parsed = ObexHeader.parse(encoded, 0);

    assertThat(encoded).hasSize(headers.stream().mapToInt(ObexHeader::size).sum());
    assertThat(parsed).hasSameSizeAs(headers);
    for (int i = 0; i < headers.size(); i++) {
      assertThat(parsed.get(i).id()).isEqualTo(headers.get(i).id());
      assertThat(parsed.get(i).value()).isEqualTo(headers.get(i).value());
    }
  }

  @Property
  void garbage_is_headers_or_a_format_error_and_nothing_else(
      @ForAll @Size(max = 200) byte[] garbage) {
    try {
      assertThat(ObexHeader.encode(ObexHeader.parse(garbage, 0))).isEqualTo(garbage);
    } catch (ObexFormatException e) {
      assertThat(e).hasMessageContaining("header");
    }
  }

  @Property
  void names_survive_utf16(@ForAll @StringLength(max = 100) String name) {
    assertThat(ObexHeader.name(name).unicode()).isEqualTo(wellFormed(name));
  }

  @Property
  void a_name_always_fits_and_keeps_its_extension(
      @ForAll @StringLength(min = 1, max = 400) String name,
      @ForAll @IntRange(min = 240, max = 600) int room) {
    String whole = name.replace('.', '_') + ".txt";

    String fitting = ObexName.fitting(whole, room);

    assertThat(ObexHeader.name(fitting).size()).isLessThanOrEqualTo(room);
    assertThat(fitting).endsWith(".txt");
    if (ObexHeader.name(whole).size() <= room) {
      assertThat(fitting).isEqualTo(whole);
    }
  }

  @Provide
  Arbitrary<List<ObexHeader>> headers() {
    Arbitrary<ObexHeader> one =
        Combinators.combine(
                Arbitraries.integers().between(0, 255),
                Arbitraries.bytes().array(byte[].class).ofMaxSize(60))
            .as(
                (id, value) ->
                    new ObexHeader(
                        id,
                        switch (id >> 6) {
                          case 2 -> Arrays.copyOf(value, 1);
                          case 3 -> Arrays.copyOf(value, 4);
                          default -> value;
                        }));
    return one.list().ofMaxSize(12);
  }

  /** Half a surrogate pair is no text; UTF-16 encoders replace it. */
  private static String wellFormed(String text) {
    return new String(
        text.getBytes(java.nio.charset.StandardCharsets.UTF_16BE),
        java.nio.charset.StandardCharsets.UTF_16BE);
  }
}
