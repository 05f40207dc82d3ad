package org.towncrier.console;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import javax.imageio.ImageIO;

/** Small real pictures: what is not one is refused. */
public final class TestPicture {
  private TestPicture() {}

  public static byte[] jpeg() {
    return file("jpeg", 0);
  }

  /** As heavy as that, in bytes: fill bytes, which the format allows before a marker. */
  public static byte[] jpegOf(int size) {
    byte[] small = jpeg();
    byte[] heavy = new byte[size];
    Arrays.fill(heavy, (byte) 0xFF);
    System.arraycopy(small, 0, heavy, 0, small.length - 2);
    heavy[size - 1] = small[small.length - 1];
    return heavy;
  }

  /**
   * @param format as ImageIO calls it
   * @param colour of one pixel, so that two pictures differ
   */
  public static byte[] file(String format, int colour) {
    BufferedImage image = new BufferedImage(60, 40, BufferedImage.TYPE_INT_RGB);
    image.setRGB(1, 1, colour);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, format, out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }
}
