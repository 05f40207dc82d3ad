package org.towncrier.console.message;

import java.util.Arrays;
import java.util.Optional;

/**
 * What a picture for phones must be, however it came here (page, campaign's file, API): a JPEG of a
 * size that phones show, with nothing in it but what can be seen.
 *
 * <p>Walks the file's segments (ITU-T T.81, annex B) and allows those that a picture is drawn from;
 * where metadata hides nobody has to know. Reads no picture: this is asked before any is unpacked.
 */
final class PlainJpeg {
  /** Pixels: three times what {@link Pictures} makes, and 48 MB when unpacked. */
  static final int LONGEST_SIDE = 4_000;

  /** Passes over one picture: usual are 1 to 10, and each costs the time of a whole picture. */
  static final int MOST_SCANS = 32;

  static final String TOO_MANY_SCANS =
      "The picture is drawn in too many passes. Save it as an ordinary JPEG, then choose it again";

  private static final int SOI = 0xD8;
  private static final int EOI = 0xD9;
  private static final int SOS = 0xDA;
  private static final int DHT = 0xC4;
  private static final int DQT = 0xDB;
  private static final int DRI = 0xDD;
  private static final int APP0 = 0xE0;
  private static final int APP14 = 0xEE;
  private static final int APP15 = 0xEF;
  private static final int COM = 0xFE;

  /** A JFIF head of this length has no small picture in it (ITU-T T.871, 10.1). */
  private static final int JFIF_HEAD = 16;

  private static final byte[] JFIF = {'J', 'F', 'I', 'F', 0};

  /** How the colours are to be read; Adobe's technical note 5116. */
  private static final int ADOBE_HEAD = 14;

  private static final byte[] ADOBE = {'A', 'd', 'o', 'b', 'e'};

  private final byte[] file;
  private int at;
  private int frames;
  private int scans;

  private PlainJpeg(byte[] file) {
    this.file = file;
  }

  /** Why this can't be a picture for phones, and what to do; empty when it can. */
  static Optional<String> refusal(byte[] file) {
    try {
      new PlainJpeg(file).walk();
      return Optional.empty();
    } catch (RefusedException refused) {
      return Optional.of(refused.why);
    }
  }

  /**
   * How many passes a reader of JPEGs would make over a file that may hold anything besides, such
   * as what a camera writes. Reads no picture, and sees no fewer than a reader does.
   */
  static int scans(byte[] file) {
    int scans = 0;
    int at = 2;
    while (at + 3 < file.length) {
      int marker = (file[at] & 0xFF) == 0xFF ? file[at + 1] & 0xFF : 0;
      if (marker == 0xFF || marker == 0) { // Fill, or of a picture
        at++;
      } else if (marker == 0x01 || marker >= 0xD0 && marker <= EOI) { // Has no length
        at += 2;
      } else {
        scans += marker == SOS ? 1 : 0;
        at += 2 + Math.max(2, (file[at + 2] & 0xFF) << 8 | file[at + 3] & 0xFF);
      }
    }
    return scans;
  }

  private void walk() throws RefusedException {
    if (file.length < 4 || at(0) != 0xFF || at(1) != SOI) {
      throw new RefusedException("The picture must be a JPEG file");
    }
    at = 2;
    int marker = marker();
    while (marker != EOI) {
      segment(marker);
      marker = marker();
    }
    if (frames == 0 || scans == 0) {
      throw damaged();
    }
    if (at != file.length) {
      throw details();
    }
  }

  private int marker() throws RefusedException {
    if (at(at++) != 0xFF) {
      throw damaged();
    }
    int marker = at(at++);
    while (marker == 0xFF) {
      marker = at(at++);
    }
    return marker;
  }

  private void segment(int marker) throws RefusedException {
    int length = two(at);
    if (length < 2 || at + length > file.length) {
      throw damaged();
    }
    switch (marker) {
      case 0xC0, 0xC1, 0xC2 -> frame(length);
      case DHT, DQT, DRI -> {}
      case SOS -> scans++;
      case APP0 -> onlyHead(length, JFIF_HEAD, JFIF);
      case APP14 -> onlyHead(length, ADOBE_HEAD, ADOBE);
      default -> {
        if (marker == COM || marker > APP0 && marker <= APP15) {
          throw details();
        }
        throw new RefusedException(
            "The picture is a kind of JPEG that phones don't show, or damaged. Save it as an"
                + " ordinary JPEG, then choose it again");
      }
    }
    at += length;
    if (marker == SOS) {
      if (frames == 0) {
        throw damaged();
      }
      if (scans > MOST_SCANS) {
        throw new RefusedException(TOO_MANY_SCANS);
      }
      skipPixels();
    }
  }

  private void frame(int length) throws RefusedException {
    frames++;
    if (length < 8 || frames > 1) {
      throw damaged();
    }
    int height = two(at + 3);
    int width = two(at + 5);
    if (width == 0 || height == 0) {
      throw damaged();
    }
    if (Math.max(width, height) > LONGEST_SIDE) {
      throw new RefusedException(
          "The picture is %,d by %,d pixels, and no side may be longer than %,d. Save a smaller one"
              .formatted(width, height, LONGEST_SIDE));
    }
  }

  /** A head of that length and name, so that nothing else stands in its place. */
  private void onlyHead(int length, int expected, byte[] name) throws RefusedException {
    if (length != expected
        || !Arrays.equals(file, at + 2, at + 2 + name.length, name, 0, name.length)) {
      throw details();
    }
  }

  /** To the next marker: in between, 0xFF is followed by 0 (a pixel's) or a restart's number. */
  private void skipPixels() throws RefusedException {
    while (at(at) != 0xFF || at(at + 1) == 0 || at(at + 1) >= 0xD0 && at(at + 1) <= 0xD7) {
      at += at(at) == 0xFF ? 2 : 1;
    }
  }

  private int two(int from) throws RefusedException {
    return at(from) << 8 | at(from + 1);
  }

  private int at(int index) throws RefusedException {
    if (index >= file.length) {
      throw damaged();
    }
    return file[index] & 0xFF;
  }

  private static RefusedException damaged() {
    return new RefusedException(
        "The picture is damaged. Save it as an ordinary JPEG, then choose it again");
  }

  private static RefusedException details() {
    return new RefusedException(
        "The picture's file holds more than can be seen, such as where, when and with what it was"
            + " taken. Save it without those details (metadata), then choose it again");
  }

  private static final class RefusedException extends Exception {
    private static final long serialVersionUID = 1L;
    private final String why;

    RefusedException(String why) {
      super(why);
      this.why = why;
    }
  }
}
