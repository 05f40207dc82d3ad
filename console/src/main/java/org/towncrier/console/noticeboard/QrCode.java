package org.towncrier.console.noticeboard;

import com.google.zxing.EncodeHintType;
import com.google.zxing.WriterException;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import com.google.zxing.qrcode.encoder.ByteMatrix;
import com.google.zxing.qrcode.encoder.Encoder;
import java.util.Map;

/** A QR code as squares, for whoever draws it. */
final class QrCode {
  /** The white edge that readers need around it, in squares (ISO/IEC 18004). */
  static final int QUIET = 4;

  private final ByteMatrix squares;

  private QrCode(ByteMatrix squares) {
    this.squares = squares;
  }

  /** Readable with a quarter of it scratched or covered: a sign hangs outdoors. */
  static QrCode of(String text) {
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
  int size() {
    return squares.getWidth();
  }

  /** Whether that square is black; the first row is the top. */
  boolean isBlack(int column, int row) {
    return squares.get(column, row) == 1;
  }
}
