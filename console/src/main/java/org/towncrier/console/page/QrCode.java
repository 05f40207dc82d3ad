package org.towncrier.console.page;

import com.google.zxing.EncodeHintType;
import com.google.zxing.WriterException;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import com.google.zxing.qrcode.encoder.ByteMatrix;
import com.google.zxing.qrcode.encoder.Encoder;
import java.util.Map;

/** A QR code as squares, for whoever draws it. */
public final class QrCode {
  /** The white edge that readers need around it, in squares (ISO/IEC 18004). */
  public static final int QUIET = 4;

  private final ByteMatrix squares;

  private QrCode(ByteMatrix squares) {
    this.squares = squares;
  }

  /** Readable with a quarter of it scratched or covered: a sign hangs outdoors. */
  public static QrCode of(String text) {
    try {
      return new QrCode(
          Encoder.encode(
                  text, ErrorCorrectionLevel.Q, Map.of(EncodeHintType.CHARACTER_SET, "UTF-8"))
              .getMatrix());
    } catch (WriterException e) {
      throw new IllegalArgumentException("no QR code can hold " + text, e);
    }
  }

  /** Squares on a side, without the white edge. */
  public int size() {
    return squares.getWidth();
  }

  /** Whether that square is black; the first row is the top. */
  public boolean isBlack(int column, int row) {
    return squares.get(column, row) == 1;
  }

  /** What an SVG shows, its white edge included. */
  public String viewBox() {
    return "%d %d %d %3$d".formatted(-QUIET, -QUIET, size() + 2 * QUIET);
  }

  /** The black squares as the path of an SVG, each one wide. */
  public String path() {
    StringBuilder path = new StringBuilder();
    for (int row = 0; row < size(); row++) {
      for (int column = 0; column < size(); column++) {
        if (isBlack(column, row)) {
          path.append('M').append(column).append(' ').append(row).append("h1v1h-1z");
        }
      }
    }
    return path.toString();
  }
}
