package org.towncrier.console.message;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.IIOException;
import javax.imageio.ImageIO;

/** A picture as pages show it: as wide as the phone drawn there, so that no page gets heavy. */
final class Thumbnail {
  /** Pixels: the phone on our pages is 260 wide, and some screens are sharper than others. */
  private static final int WIDTH = 360;

  /** Bytes; smaller pictures are shown as they are. */
  private static final int SMALL = 40_000;

  private Thumbnail() {}

  /**
   * Of a JPEG. What can't be read as one, and what {@link PlainJpeg} refuses, is given back as it
   * is: the browser may know better.
   */
  static byte[] of(byte[] jpeg) {
    // What came here before there was that rule may unpack to fill the memory.
    if (jpeg.length <= SMALL || PlainJpeg.refusal(jpeg).isPresent()) {
      return jpeg;
    }
    try {
      BufferedImage whole = ImageIO.read(new ByteArrayInputStream(jpeg));
      if (whole == null) {
        return jpeg;
      }
      int width = Math.min(WIDTH, whole.getWidth());
      int height = Math.max(1, Math.round(whole.getHeight() * (float) width / whole.getWidth()));
      BufferedImage small = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
      Graphics2D pen = small.createGraphics();
      pen.setRenderingHint(
          RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
      pen.drawImage(whole, 0, 0, width, height, null);
      pen.dispose();
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      ImageIO.write(small, "jpeg", bytes);
      return bytes.size() < jpeg.length ? bytes.toByteArray() : jpeg;
    } catch (IIOException | IllegalArgumentException notOne) {
      return jpeg;
    } catch (IOException memory) {
      throw new java.io.UncheckedIOException(memory);
    }
  }
}
