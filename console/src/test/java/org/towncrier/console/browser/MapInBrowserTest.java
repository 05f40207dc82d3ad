package org.towncrier.console.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.towncrier.console.Browser;
import org.towncrier.console.TestConsole;
import org.towncrier.protocol.NodeState;

/** The map with a tile server, and pages that follow what nodes say while they are open. */
@Tag("browser")
class MapInBrowserTest {
  static final Set<String> SEEN = ConcurrentHashMap.newKeySet();
  static final HttpServer TILES = tiles();

  @RegisterExtension
  static final ConsoleInChromium BROWSER =
      new ConsoleInChromium(
          "--towncrier.map.tiles=http://127.0.0.1:"
              + TILES.getAddress().getPort()
              + "/{z}/{x}/{y}.png",
          "--towncrier.map.attribution=© Tests <b>& more</b>");

  static TestConsole console;
  static Browser administrator;
  static Chromium chromium;

  @BeforeAll
  static void start(TestConsole running, Chromium shown) {
    console = running;
    chromium = shown;
    administrator = console.administrator();
    console.node("square", "Marlborough Square", "clock-tower");
    console.node("street", "Market Street", "town-hall");
    place("/nodes/square/clock-tower", "52.72490", "-1.36980");
    place("/sites/street", "52.74620", "-1.47160");
  }

  @AfterAll
  static void stop() {
    TILES.stop(0);
  }

  @Test
  void the_map_shows_the_plan_s_places_names_whom_it_is_from_and_breaks_no_policy() {
    chromium.as("admin");
    chromium.complaints();
    chromium.open("/nodes");
    chromium.until("© Tests <b>& more</b>");
    await("return document.querySelectorAll('.leaflet-tile-loaded').length > 0");
    assertThat(SEEN).isNotEmpty();
    assertThat(count(".tc-map__dot")).isEqualTo(2);
    assertThat(chromium.script("return document.querySelector('.tc-plans').offsetParent === null"))
        .isEqualTo(true);
    BROWSER.look("map-nodes");
    chromium.script("document.querySelector('.tc-map__dot[title^=clock]').click()");
    chromium.until("What it should do, and what it does");
    assertThat(chromium.path()).isEqualTo("/nodes/square/clock-tower");
  }

  @Test
  void a_place_is_picked_on_the_map() {
    chromium.as("admin");
    chromium.open("/nodes/street/town-hall/position");
    chromium.until("Press on the place");
    await("return document.querySelectorAll('.leaflet-tile-loaded').length > 0");
    BROWSER.look("map-position");
    chromium.script(
        """
        const map = document.querySelector('.tc-map'), box = map.getBoundingClientRect()
        const at = { bubbles: true, clientX: box.left + box.width / 2, clientY: box.top + 60 }
        for (const kind of ['mousedown', 'mouseup', 'click']) map.dispatchEvent(new MouseEvent(kind, at))
        """);
    await("return document.getElementById('latitude').value.startsWith('52.7')");
    chromium.press("Save");
    assertThat(chromium.text()).contains("Where it hangs").doesNotContain("Nobody has said");
  }

  @Test
  void an_open_page_follows_what_a_node_says_and_leaves_who_reads_it_where_they_are() {
    chromium.as("admin");
    chromium.open("/nodes?words=clock-tower");
    chromium.until("Never seen");
    chromium.script("document.querySelector('#nodes-now tbody a').focus()");
    console.heard("square", "clock-tower", NodeState.OUTSIDE_PERMITTED_HOURS);
    console.bean(org.towncrier.console.node.NodeNews.class).changed();
    chromium.until("Silent: it is outside its permitted hours");
    assertThat(chromium.script("return document.activeElement.getAttribute('href')"))
        .isEqualTo("/nodes/square/clock-tower");
    assertThat(count(".tc-map__dot--well")).isEqualTo(1);
  }

  private static void place(String path, String latitude, String longitude) {
    administrator.submit(
        administrator.get(path + "/position").form("/position"),
        Map.of("latitude", latitude, "longitude", longitude));
  }

  private static long count(String selector) {
    return (Long) chromium.script("return document.querySelectorAll('" + selector + "').length");
  }

  private static void await(String condition) {
    long deadline = System.nanoTime() + 60_000_000_000L;
    while (!Boolean.TRUE.equals(chromium.script(condition))) {
      assertThat(System.nanoTime()).as("in time: " + condition).isLessThan(deadline);
    }
  }

  private static HttpServer tiles() {
    try {
      byte[] tile = tile();
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.createContext(
          "/",
          exchange -> {
            SEEN.add(exchange.getRequestURI().getPath());
            exchange.getResponseHeaders().add("Content-Type", "image/png");
            exchange.sendResponseHeaders(200, tile.length);
            exchange.getResponseBody().write(tile);
            exchange.close();
          });
      server.start();
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] tile() throws IOException {
    BufferedImage image = new BufferedImage(256, 256, BufferedImage.TYPE_INT_RGB);
    Graphics2D drawn = image.createGraphics();
    drawn.setColor(new Color(0xE8, 0xEE, 0xE4));
    drawn.fillRect(0, 0, 256, 256);
    drawn.setColor(new Color(0xC8, 0xCE, 0xC4));
    drawn.drawRect(0, 0, 256, 256);
    drawn.dispose();
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    ImageIO.write(image, "png", png);
    return png.toByteArray();
  }
}
