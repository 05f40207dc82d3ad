package org.towncrier.console.message;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Random;
import java.util.stream.Stream;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.towncrier.console.TestPicture;

class PlainJpegTest {
  private static final String DETAILS = "more than can be seen";
  private static final String DAMAGED = "damaged";

  /** SOI and the JFIF head that ImageIO writes. */
  private static final int HEAD = 2 + 18;

  @Test
  void a_picture_and_nothing_else_is_taken() throws IOException {
    taken(TestPicture.jpeg());
    taken(TestPicture.jpegOf(100_000));
    taken(jpeg(new BufferedImage(300, 200, BufferedImage.TYPE_BYTE_GRAY), false));
    taken(jpeg(noise(), true));
  }

  @Test
  void a_head_that_says_how_the_colours_are_to_be_read_is_taken() {
    taken(with(0xEE, "Adobe\0\144\0\0\0\0\1"));
  }

  static Stream<byte[]> withDetails() {
    byte[] plain = TestPicture.jpeg();
    return Stream.of(
        with(0xE1, "Exif\0\0MM\0*\0\0\0\10\0\0\0\0"),
        with(0xE1, "exif\0\0GPS 52.72N 1.37W"),
        with(0xE1, "http://ns.adobe.com/xap/1.0/\0<x:xmpmeta/>"),
        with(0xED, "Photoshop 3.0\08BIM\4\4\0\0\0\0"),
        with(0xE2, "MPF\0MM\0*"),
        with(0xE2, "ICC_PROFILE\0\1\1"),
        with(0xE3, "x"),
        with(0xEB, "JP c2pa"),
        with(0xEF, "x"),
        with(0xFE, "Taken by Ann, at home"),
        with(0xEE, "Ducky"),
        with(0xEE, "Adobe\0\144\0\0\0\0\1 and Ann"),
        with(0xE0, "JFXX\0\20"),
        with(0xE0, "JFIF\0\1\2\0\0\1\0\1\1\1abc"),
        with(0xE0, "AVI1"),
        joined(plain, "Ann's".getBytes(ISO_8859_1)),
        joined(plain, plain),
        joined(plain, new byte[] {0}));
  }

  @ParameterizedTest
  @MethodSource("withDetails")
  void what_carries_more_than_can_be_seen_is_refused(byte[] file) {
    refused(file, DETAILS);
  }

  @Test
  void metadata_between_two_passes_over_the_picture_is_found() throws IOException {
    byte[] progressive = jpeg(noise(), true);
    int second = indexOf(progressive, 0xDA, indexOf(progressive, 0xDA, 0) + 2);
    refused(inserted(progressive, second, segment(0xE1, "Exif\0\0")), DETAILS);
    refused(inserted(progressive, second, segment(0xFE, "Ann")), DETAILS);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\u00ff",
        "\u00ff\u00d8",
        "GIF89a",
        "\u0089PNG\r\n",
        "\u00d8\u00ff\u00d8\u00ff\u00e0",
        "<svg xmlns='http://www.w3.org/2000/svg'/>"
      })
  void what_is_no_jpeg_is_refused(String file) {
    refused(file.getBytes(ISO_8859_1), "must be a JPEG");
  }

  @Test
  void what_ends_too_soon_is_refused_wherever_it_ends() {
    byte[] whole = TestPicture.jpeg();
    for (int length = 4; length < whole.length; length++) {
      refused(Arrays.copyOf(whole, length), DAMAGED);
    }
  }

  @Test
  void what_holds_no_picture_is_refused() {
    refused(new byte[] {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF, (byte) 0xD9}, DAMAGED);
    refused(inserted(TestPicture.jpeg(), HEAD, new byte[] {0}), DAMAGED);
    byte[] plain = TestPicture.jpeg();
    int scan = indexOf(plain, 0xDA, 0);
    refused(joined(Arrays.copyOf(plain, scan), new byte[] {(byte) 0xFF, (byte) 0xD9}), DAMAGED);
    refused(inserted(plain, HEAD, new byte[] {(byte) 0xFF, (byte) 0xDB, 0, 1}), DAMAGED);
  }

  @ParameterizedTest
  @CsvSource({"4001, 10", "10, 4001", "11000, 11000", "65535, 65535"})
  void what_unpacks_to_fill_the_memory_is_refused(int width, int height) {
    refused(sized(TestPicture.jpeg(), width, height), "no side may be longer than 4,000");
  }

  @Test
  void as_large_as_is_allowed_is_taken() {
    taken(sized(TestPicture.jpeg(), 4_000, 4_000));
  }

  @ParameterizedTest
  @CsvSource({"0, 10", "10, 0"})
  void a_size_that_is_said_later_or_never_is_refused(int width, int height) {
    refused(sized(TestPicture.jpeg(), width, height), DAMAGED);
  }

  @Test
  void a_second_size_behind_the_first_is_refused() {
    byte[] plain = TestPicture.jpeg();
    int frame = indexOf(plain, 0xC0, 0);
    byte[] huge = Arrays.copyOfRange(sized(plain, 60_000, 60_000), frame, frame + 19);
    refused(inserted(plain, frame + 19, huge), DAMAGED);
    refused(inserted(plain, plain.length - 2, segment(0xDC, "\u00ff\u00ff")), "phones don't show");
  }

  @ParameterizedTest
  @ValueSource(ints = {0xC3, 0xC5, 0xC9, 0xCB, 0xCF, 0xF7})
  void kinds_of_jpeg_that_phones_do_not_show_are_refused(int kind) {
    byte[] plain = TestPicture.jpeg();
    plain[indexOf(plain, 0xC0, 0) + 1] = (byte) kind;
    refused(plain, "phones don't show");
  }

  @Test
  void a_picture_that_is_drawn_a_hundred_times_over_is_refused() {
    byte[] plain = TestPicture.jpeg();
    byte[] scan = Arrays.copyOfRange(plain, indexOf(plain, 0xDA, 0), plain.length - 2);
    byte[] file = plain;
    for (int n = 0; n < 100; n++) {
      file = inserted(file, file.length - 2, scan);
    }
    refused(file, "too many passes");
  }

  @Test
  void bytes_by_chance_are_refused_and_never_more() {
    Random random = new Random(11);
    byte[] plain = TestPicture.jpeg();
    for (int n = 0; n < 2_000; n++) {
      byte[] changed = plain.clone();
      changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
      assertThat(PlainJpeg.refusal(changed)).isNotNull();
      byte[] noise = new byte[random.nextInt(200)];
      random.nextBytes(noise);
      assertThat(PlainJpeg.refusal(noise)).isPresent();
    }
  }

  @Test
  void no_small_picture_is_made_of_what_fills_the_memory() throws IOException {
    byte[] bomb = sized(jpeg(noise(), false), 11_000, 11_000);
    assertThat(bomb.length).isGreaterThan(40_000);
    assertThat(Thumbnail.of(bomb)).isSameAs(bomb);
  }

  @Test
  void a_small_picture_is_made_of_a_plain_one() throws IOException {
    byte[] heavy = jpeg(noise(), false);
    BufferedImage small = ImageIO.read(new ByteArrayInputStream(Thumbnail.of(heavy)));
    assertThat(small.getWidth()).isEqualTo(360);
  }

  private static void taken(byte[] file) {
    assertThat(PlainJpeg.refusal(file)).isEmpty();
  }

  private static void refused(byte[] file, String why) {
    assertThat(PlainJpeg.refusal(file)).hasValueSatisfying(said -> assertThat(said).contains(why));
  }

  private static BufferedImage noise() {
    Random random = new Random(7);
    BufferedImage image = new BufferedImage(400, 400, BufferedImage.TYPE_INT_RGB);
    for (int at = 0; at < 400 * 400; at++) {
      image.setRGB(at % 400, at / 400, random.nextInt(0x1000000));
    }
    return image;
  }

  private static byte[] jpeg(BufferedImage image, boolean progressive) throws IOException {
    Iterator<ImageWriter> writers = ImageIO.getImageWritersByFormatName("jpeg");
    ImageWriter writer = writers.next();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      writer.setOutput(out);
      ImageWriteParam param = writer.getDefaultWriteParam();
      if (progressive) {
        param.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
      }
      writer.write(null, new IIOImage(image, null, null), param);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  /** A real picture with that segment behind its head. */
  private static byte[] with(int marker, String content) {
    return inserted(TestPicture.jpeg(), HEAD, segment(marker, content));
  }

  private static byte[] segment(int marker, String content) {
    byte[] bytes = content.getBytes(ISO_8859_1);
    return ByteBuffer.allocate(4 + bytes.length)
        .put((byte) 0xFF)
        .put((byte) marker)
        .putShort((short) (2 + bytes.length))
        .put(bytes)
        .array();
  }

  private static byte[] sized(byte[] jpeg, int width, int height) {
    byte[] changed = jpeg.clone();
    int frame = indexOf(changed, 0xC0, 0);
    ByteBuffer.wrap(changed).putShort(frame + 5, (short) height).putShort(frame + 7, (short) width);
    return changed;
  }

  private static byte[] inserted(byte[] file, int at, byte[] what) {
    return joined(joined(Arrays.copyOf(file, at), what), Arrays.copyOfRange(file, at, file.length));
  }

  private static byte[] joined(byte[] one, byte[] other) {
    byte[] both = Arrays.copyOf(one, one.length + other.length);
    System.arraycopy(other, 0, both, one.length, other.length);
    return both;
  }

  private static int indexOf(byte[] file, int marker, int from) {
    for (int at = from; at < file.length - 1; at++) {
      if ((file[at] & 0xFF) == 0xFF && (file[at + 1] & 0xFF) == marker) {
        return at;
      }
    }
    throw new IllegalArgumentException("no such marker");
  }
}
