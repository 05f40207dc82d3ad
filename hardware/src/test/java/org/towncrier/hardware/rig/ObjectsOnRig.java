package org.towncrier.hardware.rig;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URLEncoder;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.towncrier.hardware.OfferResult;
import org.towncrier.hardware.OfferResult.End;
import org.towncrier.hardware.PushObject;
import org.towncrier.hardware.emulator.Receipt;

/**
 * Text, a contact and a picture, to the rig's phones and to BlueZ's obexd, which nobody here wrote.
 */
@Guest(controllers = 4)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // JUnit fills the square in
class ObjectsOnRig {
  private static final int PHONE = 1;
  private static final int ANDROID = 2;
  private static final int OBEXD = 3;

  private Square square;
  private List<PushObject> objects;

  @BeforeAll
  void prepare() throws Exception {
    objects =
        List.of(
            new PushObject(
                "Nachtbus ☾ 23:40.txt",
                "text/plain",
                "Last bus: 23:40 – stay safe\n".getBytes(UTF_8)),
            new PushObject(
                "101.vcf",
                "text/x-vcard",
                "BEGIN:VCARD\r\nVERSION:2.1\r\nN:Police;101\r\nTEL:101\r\nEND:VCARD\r\n"
                    .getBytes(UTF_8)),
            new PushObject("map.jpg", "image/jpeg", jpeg()),
            new PushObject("empty.txt", "text/plain", new byte[0]));
    square = new Square(1);
    square.air().set(PHONE, "accept");
    square.air().set(ANDROID, "android:yes:0.2");
    square.air().set(OBEXD, "obexd");
    square.open();
  }

  @AfterAll
  void leave() throws Exception {
    square.close();
  }

  @Test
  void they_arrive_byte_for_byte_at_the_rigs_phones() throws Exception {
    for (int phone : new int[] {PHONE, ANDROID}) {
      for (int i = 0; i < objects.size(); i++) {
        accepted(Square.await(square.offer(0, phone, objects.get(i))));
        List<AirEvent> received = Air.events(phone, "received");
        assertThat(received).hasSize(i + 1);
        Objects.same(received.get(i), objects.get(i));
      }
    }
  }

  @Test
  void they_arrive_byte_for_byte_in_the_inbox_of_obexd() throws Exception {
    for (PushObject object : objects) {
      accepted(Square.await(square.offer(0, OBEXD, object)));
      assertThat(
              square
                  .air()
                  .command("kept " + URLEncoder.encode(object.name(), UTF_8).replace("+", "%20")))
          .isEqualTo(object.content().length + " " + Receipt.sha256(object.content()));
    }
  }

  private static void accepted(OfferResult result) {
    assertThat(result.end()).as(result.detail()).isEqualTo(End.ACCEPTED);
  }

  private static byte[] jpeg() throws IOException {
    System.setProperty("java.awt.headless", "true");
    BufferedImage image = new BufferedImage(640, 480, BufferedImage.TYPE_INT_RGB);
    Graphics2D pen = image.createGraphics();
    for (int i = 0; i < 640; i += 4) {
      pen.setColor(new Color((i * 7) % 256, (i * 13) % 256, (i * 29) % 256));
      pen.drawLine(i, 0, 640 - i, 480);
    }
    pen.dispose();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(image, "jpeg", out);
    return out.toByteArray();
  }
}
