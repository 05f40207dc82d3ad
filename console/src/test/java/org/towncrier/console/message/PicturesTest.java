package org.towncrier.console.message;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.towncrier.console.input.InvalidInputException;

class PicturesTest {
  @Test
  void a_photograph_is_made_smaller_and_keeps_its_shape() throws IOException {
    BufferedImage made = read(Pictures.forPhones(file(sky(4000, 3000), "jpeg")));
    assertThat(made.getWidth()).isEqualTo(Pictures.LONGEST_SIDE);
    assertThat(made.getHeight()).isEqualTo(Pictures.LONGEST_SIDE * 3 / 4);
  }

  @Test
  void even_what_does_not_compress_crosses_in_seconds() throws IOException {
    byte[] made = Pictures.forPhones(file(noise(1280, 1280), "png"));
    assertThat(made.length).isLessThanOrEqualTo(Pictures.GOOD_SIZE);
  }

  @Test
  void a_small_picture_is_not_blown_up() throws IOException {
    BufferedImage made = read(Pictures.forPhones(file(noise(300, 200), "jpeg")));
    assertThat(made.getWidth()).isEqualTo(300);
  }

  @Test
  void where_and_when_a_photograph_was_taken_is_left_out() throws IOException {
    byte[] told = withExif(file(noise(400, 300), "jpeg"), 1);
    assertThat(new String(told, ISO_8859_1)).contains("Exif").contains("52.72N 1.37W");
    byte[] made = Pictures.forPhones(told);
    assertThat(new String(made, ISO_8859_1)).doesNotContain("Exif").doesNotContain("52.72N");
  }

  @Test
  void a_photograph_taken_upright_is_shown_upright() throws IOException {
    BufferedImage lying = new BufferedImage(400, 200, BufferedImage.TYPE_INT_RGB);
    Graphics2D pen = lying.createGraphics();
    pen.setColor(Color.RED);
    pen.fillRect(0, 0, 200, 200);
    pen.dispose();
    // 6: the camera's top was on the right; turned clockwise, what was left comes up.
    BufferedImage made = read(Pictures.forPhones(withExif(file(lying, "jpeg"), 6)));
    assertThat(made.getWidth()).isEqualTo(200);
    assertThat(made.getHeight()).isEqualTo(400);
    assertThat(new Color(made.getRGB(100, 50)).getRed()).isGreaterThan(200);
    assertThat(new Color(made.getRGB(100, 350)).getRed()).isLessThan(50);
  }

  @Test
  void what_can_be_seen_through_in_a_png_becomes_white() throws IOException {
    BufferedImage glass = new BufferedImage(50, 50, BufferedImage.TYPE_INT_ARGB);
    BufferedImage made = read(Pictures.forPhones(file(glass, "png")));
    assertThat(new Color(made.getRGB(25, 25)).getBlue()).isGreaterThan(250);
  }

  @Test
  void a_phone_takes_what_is_made() throws IOException {
    byte[] made = Pictures.forPhones(file(noise(100, 100), "png"));
    assertThat(made).startsWith((byte) 0xFF, (byte) 0xD8, (byte) 0xFF);
    assertThat(PlainJpeg.refusal(made)).isEmpty();
  }

  @Test
  void what_is_no_picture_of_ours_is_refused() throws IOException {
    refused("not a picture".getBytes(UTF_8), "must be a JPEG or PNG");
    refused(new byte[0], "must be a JPEG or PNG");
    refused(file(noise(10, 10), "gif"), "must be a JPEG or PNG");
    refused("<svg xmlns='http://www.w3.org/2000/svg'/>".getBytes(UTF_8), "must be a JPEG or PNG");
  }

  @Test
  void a_damaged_picture_is_refused() throws IOException {
    byte[] whole = file(noise(200, 200), "png");
    refused(Arrays.copyOf(whole, whole.length / 2), "can't be read");
    byte[] jpeg = {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF, (byte) 0xE0, 0, 0};
    refused(jpeg, "can't be read");
  }

  @Test
  void a_file_that_unpacks_to_fill_the_memory_is_refused() throws IOException {
    refused(png(50_000, 50_000), "more than 60 million pixels");
    refused(png(8_000, 8_000), "more than 60 million pixels");
  }

  @ParameterizedTest
  @CsvSource({"120000000, 1", "1, 120000000", "30001, 1", "1, 30001"})
  void a_file_with_a_side_that_fills_the_memory_alone_is_refused(int width, int height) {
    assertThatThrownBy(() -> Pictures.forPhones(png(width, height)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("Save a smaller one");
  }

  @Test
  void the_longest_picture_that_is_read_is_made_fit() throws IOException {
    BufferedImage line = new BufferedImage(30_000, 1, BufferedImage.TYPE_INT_RGB);
    BufferedImage made = read(Pictures.forPhones(file(line, "png")));
    assertThat(made.getWidth()).isEqualTo(Pictures.LONGEST_SIDE);
    assertThat(made.getHeight()).isEqualTo(1);
  }

  @Test
  void a_picture_that_comes_clearer_by_and_by_is_taken_with_what_a_camera_writes_besides()
      throws IOException {
    byte[] file = withExif(progressive(noise(400, 300)), 1);
    assertThat(PlainJpeg.scans(file)).isBetween(2, 16);
    assertThat(read(Pictures.forPhones(file)).getWidth()).isEqualTo(400);
  }

  @Test
  void a_picture_that_is_drawn_over_and_over_is_refused_before_it_is_drawn() throws IOException {
    byte[] file = withExif(progressive(noise(40, 30)), 1);
    refused(drawnAgain(file, 100_000), "too many passes");
    assertThat(PlainJpeg.scans(drawnAgain(file, 7))).isEqualTo(PlainJpeg.scans(file) + 7);
    // Few enough for a small picture, too many for one of 54 million pixels.
    byte[] large = drawnAgain(progressive(noise(40, 30)), 5);
    int frame = indexOf(large, 0xC2);
    ByteBuffer.wrap(large).putShort(frame + 5, (short) 6_000).putShort(frame + 7, (short) 9_000);
    refused(large, "too many passes");
  }

  @Test
  void what_marks_no_pass_is_not_counted_as_one() {
    byte[] hidden = {
      (byte) 0xFF,
      (byte) 0xD8,
      (byte) 0xFF,
      (byte) 0xE1,
      0,
      6,
      (byte) 0xFF,
      (byte) 0xDA,
      0,
      2,
      (byte) 0xFF,
      (byte) 0xFF,
      (byte) 0xDA,
      0,
      2,
      1,
      (byte) 0xFF,
      0,
      (byte) 0xDA,
      (byte) 0xFF,
      (byte) 0xD0,
      (byte) 0xFF,
      (byte) 0xD9
    };
    assertThat(PlainJpeg.scans(hidden)).isEqualTo(1);
    for (int length = 0; length < hidden.length; length++) {
      assertThat(PlainJpeg.scans(Arrays.copyOf(hidden, length))).isBetween(0, 1);
    }
  }

  private static byte[] progressive(BufferedImage image) throws IOException {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      writer.setOutput(out);
      ImageWriteParam param = writer.getDefaultWriteParam();
      param.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
      writer.write(null, new IIOImage(image, null, null), param);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  /** With so many more passes, each of one component's first bit and without a pixel. */
  private static byte[] drawnAgain(byte[] jpeg, int times) {
    byte[] pass = {(byte) 0xFF, (byte) 0xDA, 0, 8, 1, 1, 0, 0, 0, 0};
    ByteBuffer file = ByteBuffer.allocate(jpeg.length + times * pass.length);
    file.put(jpeg, 0, jpeg.length - 2);
    for (int n = 0; n < times; n++) {
      file.put(pass);
    }
    return file.put(jpeg, jpeg.length - 2, 2).array();
  }

  private static int indexOf(byte[] file, int marker) {
    int at = 0;
    while ((file[at] & 0xFF) != 0xFF || (file[at + 1] & 0xFF) != marker) {
      at++;
    }
    return at;
  }

  private static void refused(byte[] file, String why) {
    assertThatThrownBy(() -> Pictures.forPhones(file))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(why);
  }

  private static BufferedImage read(byte[] jpeg) throws IOException {
    return ImageIO.read(new ByteArrayInputStream(jpeg));
  }

  private static BufferedImage sky(int width, int height) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D pen = image.createGraphics();
    pen.setPaint(new GradientPaint(0, 0, Color.BLUE, width, height, Color.ORANGE));
    pen.fillRect(0, 0, width, height);
    pen.dispose();
    return image;
  }

  private static BufferedImage noise(int width, int height) {
    Random random = new Random(7);
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        image.setRGB(x, y, random.nextInt(0x1000000));
      }
    }
    return image;
  }

  private static byte[] file(BufferedImage image, String format) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    assertThat(ImageIO.write(image, format, out)).isTrue();
    return out.toByteArray();
  }

  /** An Exif segment with an orientation, and a place as its description. */
  private static byte[] withExif(byte[] jpeg, int orientation) {
    byte[] place = Arrays.copyOf("52.72N 1.37W".getBytes(ISO_8859_1), 13);
    ByteBuffer tiff = ByteBuffer.allocate(8 + 2 + 2 * 12 + 4 + place.length);
    tiff.put(new byte[] {'M', 'M', 0, '*'}).putInt(8).putShort((short) 2);
    tiff.putShort((short) 0x010E).putShort((short) 2).putInt(place.length).putInt(8 + 2 + 24 + 4);
    tiff.putShort((short) 0x0112).putShort((short) 3).putInt(1);
    tiff.putShort((short) orientation).putShort((short) 0);
    tiff.putInt(0).put(place);
    byte[] head = {'E', 'x', 'i', 'f', 0, 0};
    // As phones write it: in the place of the JFIF segment, which is the first that ImageIO writes.
    int rest = 4 + ByteBuffer.wrap(jpeg).getShort(4);
    ByteBuffer whole =
        ByteBuffer.allocate(2 + 4 + head.length + tiff.capacity() + jpeg.length - rest);
    whole.put(jpeg, 0, 2).putShort((short) 0xFFE1);
    whole.putShort((short) (2 + head.length + tiff.capacity())).put(head).put(tiff.array());
    whole.put(jpeg, rest, jpeg.length - rest);
    return whole.array();
  }

  /** The head of a PNG of that size. */
  private static byte[] png(int width, int height) {
    ByteBuffer head = ByteBuffer.allocate(17);
    head.put("IHDR".getBytes(ISO_8859_1)).putInt(width).putInt(height);
    head.put(new byte[] {8, 2, 0, 0, 0});
    CRC32 sum = new CRC32();
    sum.update(head.array());
    ByteBuffer file = ByteBuffer.allocate(8 + 4 + 17 + 4);
    file.put(new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10});
    file.putInt(13).put(head.array()).putInt((int) sum.getValue());
    return file.array();
  }
}
