package org.towncrier.console.message;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Iterator;
import java.util.Locale;
import java.util.Set;
import javax.imageio.IIOException;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import net.coobird.thumbnailator.Thumbnails;
import net.coobird.thumbnailator.util.exif.ExifFilterUtils;
import net.coobird.thumbnailator.util.exif.ExifUtils;
import net.coobird.thumbnailator.util.exif.Orientation;
import org.jspecify.annotations.Nullable;
import org.towncrier.console.input.InvalidInputException;

/**
 * Makes a picture fit for phones from whatever an author chose: a JPEG that crosses in seconds, the
 * right way up, without a word of where, when and with what it was taken.
 */
final class Pictures {
  /** Pixels: as many as phones show across. */
  static final int LONGEST_SIDE = 1280;

  /** Bytes: two to three seconds over Bluetooth, at 100 to 150 kB/s. */
  static final int GOOD_SIZE = 300 * 1024;

  /** Few cameras'; a file that unpacks to more is meant to fill the memory. */
  private static final long MOST_PIXELS = 60_000_000;

  /** Pixels: the readers hold whole rows, however few of their pixels are kept. */
  private static final int LONGEST_SIDE_READ = 30_000;

  /** Passes over a JPEG that comes clearer by and by; each takes the time of the whole picture. */
  private static final int USUAL_SCANS = 10;

  private static final double[] QUALITIES = {0.85, 0.75, 0.6, 0.45};
  private static final Set<String> FORMATS = Set.of("jpeg", "png");

  /** A large photograph takes some 50 MB while it is unpacked, so there is one at a time. */
  private static final Object ONE_AT_A_TIME = new Object();

  private Pictures() {}

  /**
   * Always written anew, so nothing of the file goes on but what can be seen.
   *
   * @throws InvalidInputException when nothing can be made of it, saying what to do
   */
  static byte[] forPhones(byte[] file) {
    synchronized (ONE_AT_A_TIME) {
      try {
        return jpeg(upright(file));
      } catch (IOException | RuntimeException e) {
        if (e instanceof InvalidInputException known) {
          throw known;
        }
        throw refused(
            "The picture can't be read: it is damaged, or its colours are those of print (CMYK)."
                + " Save it as an ordinary JPEG or PNG, then choose it again");
      }
    }
  }

  private static BufferedImage upright(byte[] file) throws IOException {
    try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(file))) {
      ImageReader reader = reader(in);
      try {
        reader.setInput(in);
        long pixels = (long) reader.getWidth(0) * reader.getHeight(0);
        int longest = Math.max(reader.getWidth(0), reader.getHeight(0));
        if (pixels > MOST_PIXELS) {
          throw refused("The picture has more than 60 million pixels. Save a smaller one");
        }
        if (longest > LONGEST_SIDE_READ) {
          throw refused("A side of the picture is longer than 30,000 pixels. Save a smaller one");
        }
        int scans = reader.getFormatName().equalsIgnoreCase("jpeg") ? PlainJpeg.scans(file) : 1;
        if (scans > PlainJpeg.MOST_SCANS || pixels * scans > MOST_PIXELS * USUAL_SCANS) {
          throw refused(PlainJpeg.TOO_MANY_SCANS);
        }
        ImageReadParam param = reader.getDefaultReadParam();
        // Of a large photograph only every second (third, …) pixel is unpacked at all.
        int step = Math.max(1, longest * 2 / (LONGEST_SIDE * 3));
        param.setSourceSubsampling(step, step, 0, 0);
        Orientation taken = orientation(reader);
        BufferedImage read = reader.read(0, param);
        return onWhite(
            taken == null ? read : ExifFilterUtils.getFilterForOrientation(taken).apply(read));
      } finally {
        reader.dispose();
      }
    }
  }

  private static ImageReader reader(ImageInputStream in) throws IOException {
    Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
    while (readers.hasNext()) {
      ImageReader reader = readers.next();
      if (FORMATS.contains(reader.getFormatName().toLowerCase(Locale.ROOT))) {
        return reader;
      }
      reader.dispose();
    }
    throw refused("The picture must be a JPEG or PNG file");
  }

  /** How the camera was held; null when the file does not say, or not so that it can be read. */
  private static @Nullable Orientation orientation(ImageReader reader) throws IOException {
    if (!reader.getFormatName().equalsIgnoreCase("jpeg")) {
      return null;
    }
    try {
      return ExifUtils.getExifOrientation(reader, 0);
    } catch (IIOException disorderly) {
      // Java wants the file's parts in one order alone; the picture itself is read all the same.
      return null;
    }
  }

  /** What can be seen through becomes white: a JPEG has no other way. */
  private static BufferedImage onWhite(BufferedImage image) {
    BufferedImage white =
        new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = white.createGraphics();
    try {
      graphics.setColor(Color.WHITE);
      graphics.fillRect(0, 0, image.getWidth(), image.getHeight());
      graphics.drawImage(image, 0, 0, null);
    } finally {
      graphics.dispose();
    }
    return white;
  }

  private static byte[] jpeg(BufferedImage image) throws IOException {
    BufferedImage fits = within(image, LONGEST_SIDE);
    while (true) {
      for (double quality : QUALITIES) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Thumbnails.of(fits).scale(1).outputFormat("jpg").outputQuality(quality).toOutputStream(out);
        if (out.size() <= GOOD_SIZE) {
          return out.toByteArray();
        }
      }
      fits = within(fits, Math.max(fits.getWidth(), fits.getHeight()) * 3 / 4);
    }
  }

  private static BufferedImage within(BufferedImage image, int side) throws IOException {
    return Math.max(image.getWidth(), image.getHeight()) <= side
        ? image
        : Thumbnails.of(image).size(side, side).asBufferedImage();
  }

  private static InvalidInputException refused(String why) {
    return new InvalidInputException("image", why);
  }
}
