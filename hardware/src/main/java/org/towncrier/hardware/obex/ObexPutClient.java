package org.towncrier.hardware.obex;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.towncrier.hardware.PushObject;

/**
 * One Object Push over an open link: CONNECT, headers first, then the body in packets that are not
 * final, and only then the empty final one. RATIONALE.md says why in this order. Blocks; to be
 * freed, close the link.
 */
final class ObexPutClient {
  private static final int VERSION_1_0 = 0x10;
  private static final int CONNECT_FIELDS = 4;
  private static final int CONNECTION_ID_SIZE = 5;

  private final InputStream in;
  private final OutputStream out;
  private final int ourMax;
  private int peerMax = ObexPacket.SMALLEST_MAX;
  private @Nullable ObexHeader connectionId;
  private volatile OptionalInt lastResponse = OptionalInt.empty();

  /**
   * @param ourMax the longest packet to take and to send, 255 to 65,535 bytes
   */
  ObexPutClient(InputStream in, OutputStream out, int ourMax) {
    // An answer comes in one piece: taken at once, and not octet by octet, it costs one call.
    this.in = new BufferedInputStream(in, ourMax);
    this.out = out;
    this.ourMax = ourMax;
  }

  /** Asked once, right before the final packet is written; no means: don't. */
  interface FinalGate {
    boolean open();
  }

  /** How the phone ended the push: with which code, and whether that was an acceptance. */
  record Answer(boolean accepted, int response, String stage) {}

  /** The last response code that came, whatever it meant. */
  OptionalInt lastResponse() {
    return lastResponse;
  }

  /**
   * Pushes the object.
   *
   * @return the phone's answer, or null if the gate was shut
   * @throws IOException if the link broke or the phone spoke something else than OBEX
   */
  @Nullable Answer push(PushObject object, FinalGate gate) throws IOException {
    Answer refused = connect();
    if (refused == null) {
      refused = sendHeaders(object);
    }
    if (refused == null) {
      refused = sendBody(object.content());
    }
    if (refused != null) {
      return refused;
    }
    if (!gate.open()) {
      return null;
    }
    int response = exchange(ObexCode.PUT_FINAL, List.of(ObexHeader.endOfBody()));
    if (!ObexCode.endsRequest(response)) {
      throw new ObexFormatException(
          "The phone answered " + ObexCode.name(response) + " to the final packet");
    }
    return new Answer(response == ObexCode.SUCCESS, response, "the final packet");
  }

  /** Says goodbye; whatever comes back is no news. */
  void disconnect() throws IOException {
    request(ObexCode.DISCONNECT, List.of()).write(out);
    ObexPacket.read(in, ourMax);
  }

  private @Nullable Answer connect() throws IOException {
    byte[] fields = {VERSION_1_0, 0, (byte) (ourMax >> 8), (byte) ourMax};
    new ObexPacket(ObexCode.CONNECT, fields).write(out);
    ObexPacket reply = read();
    if (reply.code() != ObexCode.SUCCESS) {
      return refusal(reply.code(), "CONNECT");
    }
    byte[] payload = reply.payload();
    if (payload.length < CONNECT_FIELDS) {
      throw new ObexFormatException("The phone's answer to CONNECT was too short");
    }
    int said = (payload[2] & 0xFF) << 8 | payload[3] & 0xFF;
    // Less than 255 is against the specification; 255 is what such a phone must take all the same.
    peerMax = Math.min(ourMax, Math.max(said, ObexPacket.SMALLEST_MAX));
    connectionId =
        ObexHeader.parse(payload, CONNECT_FIELDS).stream()
            .filter(h -> h.id() == ObexHeader.CONNECTION_ID)
            .findFirst()
            .orElse(null);
    return null;
  }

  private @Nullable Answer sendHeaders(PushObject object) throws IOException {
    List<ObexHeader> waiting = new ArrayList<>();
    for (ObexHeader header :
        List.of(
            ObexHeader.name(ObexName.fitting(object.name(), room())),
            ObexHeader.type(object.type()),
            ObexHeader.number(ObexHeader.LENGTH, object.content().length))) {
      if (!waiting.isEmpty() && size(waiting) + header.size() > room()) {
        Answer refused = sendPart(waiting, "the headers");
        if (refused != null) {
          return refused;
        }
        waiting.clear();
      }
      waiting.add(header);
    }
    return sendPart(waiting, "the headers");
  }

  private @Nullable Answer sendBody(byte[] content) throws IOException {
    int piece = room() - 3;
    int at = 0;
    do {
      int to = Math.min(content.length, at + piece);
      Answer refused = sendPart(List.of(ObexHeader.body(content, at, to)), "the body");
      if (refused != null) {
        return refused;
      }
      at = to;
    } while (at < content.length);
    return null;
  }

  private @Nullable Answer sendPart(List<ObexHeader> headers, String stage) throws IOException {
    int response = exchange(ObexCode.PUT, headers);
    return response == ObexCode.CONTINUE ? null : refusal(response, stage);
  }

  private Answer refusal(int response, String stage) throws ObexFormatException {
    if (!ObexCode.endsRequest(response)) {
      throw new ObexFormatException(
          "The phone answered " + ObexCode.name(response) + " to " + stage);
    }
    // 0xA0 before the object was sent is no acceptance either: the phone ended it unread.
    return new Answer(false, response, stage);
  }

  private int exchange(int operation, List<ObexHeader> headers) throws IOException {
    request(operation, headers).write(out);
    ObexPacket reply = read();
    ObexHeader.parse(reply.payload(), 0);
    return reply.code();
  }

  private ObexPacket read() throws IOException {
    ObexPacket reply = ObexPacket.read(in, ourMax);
    lastResponse = OptionalInt.of(reply.code());
    return reply;
  }

  private ObexPacket request(int operation, List<ObexHeader> headers) {
    List<ObexHeader> all = new ArrayList<>();
    if (connectionId != null) {
      all.add(connectionId);
    }
    all.addAll(headers);
    return new ObexPacket(operation, ObexHeader.encode(all));
  }

  /** Bytes left for headers in a packet the phone takes. */
  private int room() {
    return peerMax - ObexPacket.PREFIX - (connectionId == null ? 0 : CONNECTION_ID_SIZE);
  }

  private static int size(List<ObexHeader> headers) {
    return headers.stream().mapToInt(ObexHeader::size).sum();
  }
}
