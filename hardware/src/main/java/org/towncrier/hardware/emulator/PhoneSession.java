package org.towncrier.hardware.emulator;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.towncrier.hardware.emulator.PhoneBehaviour.DropsLink;
import org.towncrier.hardware.obex.ObexCode;
import org.towncrier.hardware.obex.ObexHeader;
import org.towncrier.hardware.obex.ObexPacket;

/**
 * One OBEX session as a phone serves it: Continue to the headers, the owner asked at the first body
 * packet, the object kept when the final packet came. Returns when the sender hangs up or the phone
 * does.
 */
final class PhoneSession {
  private static final int MAX_PACKET = 4096;
  private static final byte[] CONNECTED = {0x10, 0, MAX_PACKET >> 8, (byte) MAX_PACKET};
  private static final int CONNECTION = 0x0000_0001;

  private final PhoneWitness witness;
  private final InstantSource clock;
  private final CountDownLatch over = new CountDownLatch(1);

  private PhoneBehaviour behaviour = new PhoneBehaviour.Busy();
  private @Nullable WatchedInput input;
  private String name = "";
  private String type = "";
  private boolean headersSeen;
  private boolean asked;
  private ByteArrayOutputStream content = new ByteArrayOutputStream();

  PhoneSession(PhoneWitness witness, InstantSource clock) {
    this.witness = witness;
    this.clock = clock;
  }

  /**
   * Ends it from outside: nobody answers the question any more. The link is the caller's to cut.
   */
  void end() {
    over.countDown();
  }

  /** Waits until it is over, for a while. */
  boolean awaitEnd(Duration wait) throws InterruptedException {
    return over.await(wait.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** Serves. Blocks until the end. */
  void serve(WatchedInput in, OutputStream out, PhoneBehaviour as)
      throws IOException, InterruptedException {
    behaviour = as;
    input = in;
    while (true) {
      ObexPacket request = ObexPacket.read(in, MAX_PACKET);
      ObexPacket answer =
          switch (request.code()) {
            case ObexCode.CONNECT -> connect();
            case ObexCode.PUT, ObexCode.PUT_FINAL -> put(request);
            case ObexCode.DISCONNECT, ObexCode.ABORT -> code(ObexCode.SUCCESS);
            default -> code(ObexCode.BAD_REQUEST);
          };
      if (answer == null) {
        return;
      }
      if (request.code() == ObexCode.DISCONNECT) {
        end(); // before the answer: the sender may come back as soon as it has it
      }
      answer.write(out);
      if (request.code() == ObexCode.DISCONNECT) {
        return;
      }
    }
  }

  private @Nullable ObexPacket connect() throws InterruptedException {
    if (behaviour instanceof PhoneBehaviour.Busy) {
      return code(ObexCode.SERVICE_UNAVAILABLE);
    }
    if (drops(DropsLink.At.CONNECT)) {
      return null;
    }
    ByteArrayOutputStream payload = new ByteArrayOutputStream();
    payload.writeBytes(CONNECTED);
    payload.writeBytes(
        ObexHeader.encode(List.of(ObexHeader.number(ObexHeader.CONNECTION_ID, CONNECTION))));
    return new ObexPacket(ObexCode.SUCCESS, payload.toByteArray());
  }

  private @Nullable ObexPacket put(ObexPacket request) throws IOException, InterruptedException {
    List<ObexHeader> headers = ObexHeader.parse(request.payload(), 0);
    boolean knowsUs = false;
    List<byte[]> pieces = new ArrayList<>();
    for (ObexHeader header : headers) {
      switch (header.id()) {
        case ObexHeader.CONNECTION_ID -> knowsUs = header.number() == CONNECTION;
        case ObexHeader.NAME -> name = header.unicode();
        case ObexHeader.TYPE -> type = header.ascii();
        case ObexHeader.BODY, ObexHeader.END_OF_BODY -> pieces.add(header.value());
        default -> {}
      }
    }
    if (!knowsUs) {
      return code(ObexCode.BAD_REQUEST);
    }
    boolean last = request.code() == ObexCode.PUT_FINAL;
    if (!headersSeen) {
      headersSeen = true;
      if (name.isEmpty()) {
        return code(ObexCode.BAD_REQUEST);
      }
      if (behaviour instanceof PhoneBehaviour.Refuses refuses) {
        return code(refuses.code());
      }
      if (drops(DropsLink.At.HEADERS)) {
        return null;
      }
    }
    if (!asked && (last || !pieces.isEmpty())) {
      asked = true;
      int refusal = ask();
      if (refusal != 0) {
        forget();
        return code(refusal);
      }
      if (drops(DropsLink.At.FIRST_BODY)) {
        return null;
      }
    }
    pieces.forEach(content::writeBytes);
    return last ? keep() : code(ObexCode.CONTINUE);
  }

  private @Nullable ObexPacket keep() throws InterruptedException {
    if (drops(DropsLink.At.FINAL_LOST)) {
      return null;
    }
    // Before the answer: whatever happens to it, the phone has the object.
    witness.received(Receipt.of(name, type, content.toByteArray(), clock.instant()));
    if (drops(DropsLink.At.FINAL_KEPT)) {
      return null;
    }
    forget();
    return code(ObexCode.SUCCESS);
  }

  /** Asks the owner: 0, or the code of the refusal. */
  private int ask() throws IOException, InterruptedException {
    witness.prompted(new Prompt(name, type, clock.instant()));
    if (behaviour instanceof PhoneBehaviour.Accepts accepts) {
      pass(accepts.after());
      return 0;
    }
    if (behaviour instanceof PhoneBehaviour.Declines declines) {
      pass(declines.after());
      return ObexCode.FORBIDDEN;
    }
    if (behaviour instanceof PhoneBehaviour.Ignores ignores) {
      pass(ignores.until());
      return ObexCode.FORBIDDEN;
    }
    return 0;
  }

  private void pass(Duration time) throws IOException, InterruptedException {
    endWithTheSender();
    if (over.await(time.toNanos(), TimeUnit.NANOSECONDS)) {
      throw new IOException("The phone or the sender left");
    }
  }

  private void endWithTheSender() {
    if (input != null) {
      input.whenEnded(this::end);
    }
  }

  private void forget() {
    headersSeen = false;
    asked = false;
    name = "";
    type = "";
    content = new ByteArrayOutputStream();
  }

  /** Whether the link ends here: at once, or when somebody loses patience with a silent phone. */
  private boolean drops(DropsLink.At at) throws InterruptedException {
    if (behaviour instanceof PhoneBehaviour.Stalls stalls && stalls.at() == at) {
      endWithTheSender();
      over.await();
      return true;
    }
    return behaviour instanceof DropsLink drops && drops.at() == at;
  }

  private static ObexPacket code(int response) {
    return new ObexPacket(response, new byte[0]);
  }
}
