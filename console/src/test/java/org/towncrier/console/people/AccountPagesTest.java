package org.towncrier.console.people;

import static org.assertj.core.api.Assertions.assertThat;
import static org.towncrier.console.TestConsole.PASSWORD;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.towncrier.console.Browser;
import org.towncrier.console.Browser.Page;
import org.towncrier.console.TestConsole;

class AccountPagesTest {
  @TempDir static Path data;
  static TestConsole console;
  static Browser administrator;

  @BeforeAll
  static void start() {
    console = new TestConsole(data);
    administrator = console.administrator();
  }

  @AfterAll
  static void stop() {
    console.close();
  }

  /** As if the half minutes since the last code had passed. */
  private static void forgetUsedCodes() {
    console.bean(JdbcClient.class).sql("UPDATE person SET totp_step = 0").update();
  }

  private static Totp secured(Browser browser) {
    Page page = browser.get("/account/second-factor");
    Totp totp = new Totp(page.html().select("#secret").text().replace(" ", ""));
    Page done =
        browser.submit(
            page.form("/account/second-factor"), Map.of("code", totp.codeAt(Instant.now())));
    assertThat(done.path()).isEqualTo("/sign-in");
    forgetUsedCodes();
    return totp;
  }

  private static long id(String username) {
    return console.bean(People.class).find(username).orElseThrow().id();
  }

  @Test
  void with_a_second_factor_the_password_alone_opens_no_page() {
    Browser cat = console.person(administrator, "cat", "Cat Careful", "AUTHOR", "ADMINISTRATOR");
    Totp totp = secured(cat);
    Browser thief = console.browser();
    assertThat(thief.signIn("cat", PASSWORD).path()).isEqualTo("/second-factor");
    for (String path :
        List.of("/", "/messages", "/people", "/account", "/audit", "/no/such", "/live/counts")) {
      assertThat(thief.get(path).path()).as(path).isEqualTo("/second-factor");
    }
    Page asked = thief.get("/second-factor");
    assertThat(asked.text()).doesNotContain("Cat Careful").doesNotContain("Messages");
    Page wrong = thief.submit(asked.form("/second-factor"), Map.of("code", "000000"));
    assertThat(wrong.problems()).contains("not the code your app shows now");
    assertThat(
            thief
                .submit(asked.form("/second-factor"), Map.of("code", totp.codeAt(Instant.now())))
                .path())
        .isEqualTo("/");
    assertThat(thief.get("/people").status()).isEqualTo(200);
    Browser replay = console.browser();
    replay.signIn("cat", PASSWORD);
    assertThat(
            replay
                .submit(
                    replay.get("/second-factor").form("/second-factor"),
                    Map.of("code", totp.codeAt(Instant.now())))
                .problems())
        .contains("or it was used");
  }

  @Test
  void guesses_at_the_code_are_few() {
    Browser dan = console.person(administrator, "dan", "Dan", "AUTHOR");
    secured(dan);
    dan.signIn("dan", PASSWORD);
    Page form = dan.get("/second-factor");
    for (int n = 0; n < SignInThrottle.PER_ACCOUNT; n++) {
      assertThat(dan.submit(form.form("/second-factor"), Map.of("code", "00000" + n)).path())
          .isEqualTo("/second-factor");
    }
    Page out = dan.submit(form.form("/second-factor"), Map.of("code", "000009"));
    assertThat(out.path()).isEqualTo("/sign-in");
    assertThat(dan.get("/").path()).isEqualTo("/sign-in");
  }

  @Test
  void the_code_to_scan_says_the_same_as_the_link_and_the_key() throws Exception {
    Browser uma = console.person(administrator, "uma", "Uma", "AUTHOR", "EVALUATOR");
    assertThat(uma.get("/account").text()).contains("Uma: author, evaluator.");
    Page page = uma.get("/account/second-factor");
    String[] box = page.html().selectFirst("svg.tc-code").attr("viewBox").split(" ", -1);
    int side = Integer.parseInt(box[2]);
    int edge = -Integer.parseInt(box[0]);
    int[] pixels = new int[side * side * 16];
    Arrays.fill(pixels, 0xFFFFFF);
    Matcher square =
        Pattern.compile("M([0-9]+) ([0-9]+)h1v1h-1z")
            .matcher(page.html().select("svg.tc-code path").attr("d"));
    while (square.find()) {
      for (int n = 0; n < 16; n++) {
        int x = (Integer.parseInt(square.group(1)) + edge) * 4 + n % 4;
        int y = (Integer.parseInt(square.group(2)) + edge) * 4 + n / 4;
        pixels[y * side * 4 + x] = 0;
      }
    }
    RGBLuminanceSource seen = new RGBLuminanceSource(side * 4, side * 4, pixels);
    assertThat(new QRCodeReader().decode(new BinaryBitmap(new HybridBinarizer(seen))).getText())
        .isEqualTo(page.html().select("a[href^=otpauth]").attr("href"))
        .contains(page.html().select("#secret").text().replace(" ", ""));
  }

  @Test
  void a_wrong_code_does_not_switch_it_on_and_a_right_one_switches_it_off() {
    Browser eva = console.person(administrator, "eva", "Eva", "AUTHOR");
    Page offer = eva.get("/account/second-factor");
    Page wrong = eva.submit(offer.form("/account/second-factor"), Map.of("code", "123"));
    assertThat(wrong.problems()).contains("not the code of this key");
    assertThat(wrong.html().select("#secret").text())
        .isEqualTo(offer.html().select("#secret").text());
    Totp totp = secured(eva);
    eva.signIn("eva", PASSWORD);
    eva.submit(
        eva.get("/second-factor").form("/second-factor"),
        Map.of("code", totp.codeAt(Instant.now())));
    forgetUsedCodes();
    Page account = eva.get("/account");
    assertThat(account.text()).contains("On. Each sign-in asks for a code");
    assertThat(eva.submit(account.form("/off"), Map.of("code", "1")).problems())
        .contains("not the code");
    eva.submit(account.form("/off"), Map.of("code", totp.codeAt(Instant.now())));
    assertThat(eva.signIn("eva", PASSWORD).path()).isEqualTo("/");
    assertThat(administrator.get("/audit?words=second+factor").text())
        .contains("Eva switched the second factor on")
        .contains("Eva switched the second factor off");
  }

  @Test
  void an_administrator_takes_it_off_for_who_lost_their_phone() {
    Browser fay = console.person(administrator, "fay", "Fay", "AUTHOR");
    secured(fay);
    String path = "/people/" + id("fay");
    administrator.submit(administrator.get(path).form("/second-factor-off"), Map.of());
    assertThat(fay.signIn("fay", PASSWORD).path()).isEqualTo("/");
    assertThat(fay.forge(path + "/second-factor-off", Map.of()).status()).isEqualTo(403);
  }

  @Test
  void where_somebody_is_signed_in_is_listed_and_ended() {
    Browser office = console.person(administrator, "gus", "Gus", "AUTHOR");
    Browser pub = console.browser();
    pub.signIn("gus", PASSWORD);
    Page account = office.get("/account");
    assertThat(account.html().select("form[action$=/account/sessions] [name=handle]")).hasSize(1);
    office.submit(account.form("/account/sessions"), Map.of());
    assertThat(pub.get("/").text()).contains("You were signed out from elsewhere");
    assertThat(office.get("/").path()).isEqualTo("/");

    pub.signIn("gus", PASSWORD);
    Page both = administrator.get("/people/" + id("gus"));
    assertThat(both.html().select("li:contains(Signed in, last used)")).hasSize(2);
    administrator.submit(both.form("/" + id("gus") + "/sign-out"), Map.of());
    assertThat(pub.get("/").path()).isEqualTo("/sign-in");
    assertThat(office.get("/").path()).isEqualTo("/sign-in");
    assertThat(administrator.get("/people/" + id("gus")).text()).contains("Not signed in anywhere");
    assertThat(administrator.get("/").path()).isEqualTo("/");
  }

  @Test
  void nobody_ends_somebody_else_s_sign_in_from_their_own_page() {
    Browser hal = console.person(administrator, "hal", "Hal", "AUTHOR");
    Browser ivy = console.person(administrator, "ivy", "Ivy", "AUTHOR");
    Browser other = console.browser();
    other.signIn("ivy", PASSWORD);
    String handle =
        ivy.get("/account").html().select("form[action$=/account/sessions] [name=handle]").val();
    hal.forge("/account/sessions", Map.of("handle", handle));
    hal.forge("/account/sessions", Map.of("handle", "nonsense"));
    assertThat(other.get("/account").path()).isEqualTo("/account");
  }
}
