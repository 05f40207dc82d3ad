package org.towncrier.broadcaster.contact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.towncrier.broadcaster.contact.Site.EVENING;
import static org.towncrier.broadcaster.contact.Site.PHONE;
import static org.towncrier.broadcaster.contact.Site.key;
import static org.towncrier.broadcaster.contact.Site.message;
import static org.towncrier.broadcaster.contact.Site.writeSeed;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.towncrier.broadcaster.store.NodeStore;
import org.towncrier.protocol.CampaignId;
import org.towncrier.protocol.Outcome;
import org.towncrier.protocol.SiteId;

class SiteKeysTest {
  @TempDir Path folder;
  private Site site;
  private Path seed;

  @BeforeEach
  void open() {
    seed = folder.resolve("seed.json");
    site = new Site(folder, "clock-tower").open();
  }

  @AfterEach
  void close() {
    site.close();
  }

  @Test
  void a_pseudonym_is_64_bits_of_an_hmac_of_the_six_bytes_of_the_address() throws Exception {
    byte[] mac = hmac(key((byte) 1), HexFormat.of().parseHex("001bdc000001"));
    assertThat(site.keys.tonight(PHONE).value()).isEqualTo(ByteBuffer.wrap(mac).getLong());
  }

  @Test
  void a_campaigns_key_is_an_hmac_of_its_id() throws Exception {
    byte[] campaignKey = hmac(key((byte) 2), "christmas".getBytes(StandardCharsets.US_ASCII));
    byte[] mac = hmac(campaignKey, HexFormat.of().parseHex("001bdc000001"));
    assertThat(site.keys.inCampaign(new CampaignId("christmas"), PHONE).value())
        .isEqualTo(ByteBuffer.wrap(mac).getLong());
  }

  @Test
  void each_noon_the_key_takes_one_step_and_missed_noons_are_caught_up() throws Exception {
    byte[] next = hmac(key((byte) 1), "night".getBytes(StandardCharsets.US_ASCII));
    byte[] afterNext = hmac(next, "night".getBytes(StandardCharsets.US_ASCII));
    byte[] mac = hmac(afterNext, HexFormat.of().parseHex("001bdc000001"));
    site.reopen();
    site.book.keepHouse(Instant.parse("2026-11-28T12:00:00Z"));
    assertThat(site.keys.tonight(PHONE).value()).isEqualTo(ByteBuffer.wrap(mac).getLong());
    assertThat(site.keys.night()).isEqualTo("2026-11-28");
    site.reopen();
    assertThat(site.keys.tonight(PHONE).value()).isEqualTo(ByteBuffer.wrap(mac).getLong());
  }

  @Test
  void a_clock_behind_the_key_does_not_turn_it_back() {
    Pseudonym before = site.keys.tonight(PHONE);
    assertThat(site.book.keepHouse(EVENING.minus(Duration.ofDays(30)))).isFalse();
    assertThat(site.keys.tonight(PHONE)).isEqualTo(before);
  }

  @ParameterizedTest(name = "on {0} noon is {2}")
  @CsvSource({
    "the day before the clocks go forward, 2026-03-27, 2026-03-28T12:00:00Z",
    "the day the clocks go forward,        2026-03-28, 2026-03-29T11:00:00Z",
    "the day before the clocks go back,    2026-10-23, 2026-10-24T11:00:00Z",
    "the day the clocks go back,           2026-10-24, 2026-10-25T12:00:00Z",
  })
  void a_night_ends_at_local_noon_on_clock_change_days_too(String day, String night, Instant noon) {
    seedAt(night);
    assertThat(site.keys.nightEnds()).isEqualTo(noon);
    assertThat(site.book.keepHouse(noon.minusSeconds(1))).isFalse();
    assertThat(site.book.keepHouse(noon)).isTrue();
    assertThat(site.book.keepHouse(noon)).isFalse();
  }

  private void seedAt(String night) {
    site.close();
    try {
      Files.delete(folder.resolve("node.db"));
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    writeSeed(seed, "square", night, key((byte) 1), key((byte) 2));
    site.reopen();
  }

  @Test
  void last_nights_key_is_in_no_file_of_the_node() throws Exception {
    byte[] secret =
        HexFormat.of().parseHex("5ec4e75ec4e75ec4e75ec4e75ec4e75ec4e75ec4e75ec4e75ec4e75ec4e75ec4");
    site.close();
    Files.delete(folder.resolve("node.db"));
    writeSeed(seed, "square", "2026-11-26", secret, key((byte) 2));
    site.reopen();
    assertThat(filesContaining(secret)).isPositive();
    site.book.keepHouse(Instant.parse("2026-11-27T12:00:00Z"));
    assertThat(filesContaining(secret)).isZero();
  }

  private long filesContaining(byte[] bytes) throws java.io.IOException {
    String wanted = new String(bytes, StandardCharsets.ISO_8859_1);
    try (var files = Files.list(folder)) {
      return files
          .filter(
              file -> {
                try {
                  return Files.readString(file, StandardCharsets.ISO_8859_1).contains(wanted);
                } catch (java.io.IOException e) {
                  throw new java.io.UncheckedIOException(e);
                }
              })
          .count();
    }
  }

  @Test
  void the_seed_file_is_deleted_once_it_has_been_taken_in() {
    assertThat(seed).doesNotExist();
    assertThat(site.keys.trouble()).isEmpty();
  }

  @Test
  void a_seed_that_the_last_start_did_not_come_to_delete_changes_nothing() {
    site.apply(EVENING);
    site.offer(PHONE, message("a"), Outcome.ACCEPTED, EVENING);
    site.book.keepHouse(EVENING.plus(Duration.ofDays(1)));
    Pseudonym before = site.keys.tonight(PHONE);
    writeSeed(seed, "square", (byte) 1, (byte) 2);
    site.reopen();
    assertThat(site.keys.tonight(PHONE)).isEqualTo(before);
    assertThat(site.rows("asked")).isEqualTo(1);
    assertThat(seed).doesNotExist();
  }

  @Test
  void a_new_secret_replaces_the_old_and_forgets_what_was_kept_under_it() {
    site.apply(EVENING);
    site.offer(PHONE, message("a"), Outcome.DECLINED_OR_IGNORED, EVENING);
    writeSeed(seed, "square", (byte) 3, (byte) 4);
    site.reopen();
    assertThat(site.rows("asked") + site.rows("refusal") + site.rows("tonight")).isZero();
    assertThat(site.keys.trouble()).isEmpty();
  }

  @Test
  void without_a_seed_the_node_says_what_to_do() {
    try (NodeStore empty = new NodeStore(folder.resolve("empty.db"))) {
      empty.open();
      SiteKeys keys = new SiteKeys(empty, new SiteId("square"), Site.LONDON);
      keys.load(folder.resolve("nowhere.json"));
      assertThat(keys.trouble()).hasValueSatisfying(why -> assertThat(why).contains("add-node"));
      assertThatThrownBy(() -> keys.tonight(PHONE)).isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void the_seed_of_another_site_is_refused_and_kept() {
    writeSeed(seed, "market", (byte) 1, (byte) 2);
    assertThatThrownBy(() -> site.keys.load(seed))
        .isInstanceOf(SeedException.class)
        .hasMessageContaining("market")
        .hasMessageContaining("square");
    assertThat(seed).exists();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "not json",
        "null",
        "[]",
        "{}",
        "{\"site\":\"square\",\"night\":\"2026-11-26\",\"nightKey\":\"AAAA\",\"campaignSecret\":\"AAAA\"}",
        "{\"site\":\"square\",\"night\":\"yesterday\",\"nightKey\":\"AAAA\",\"campaignSecret\":\"AAAA\"}",
        "{\"site\":\"Not A Site\",\"night\":\"2026-11-26\",\"nightKey\":\"\",\"campaignSecret\":\"\"}",
        "{\"site\":\"square\",\"night\":\"2026-11-26\",\"nightKey\":\"%%%\",\"campaignSecret\":\"AAAA\"}",
      })
  void a_file_that_is_not_a_seed_is_refused_and_kept(String content) throws Exception {
    Files.writeString(seed, content);
    assertThatThrownBy(() -> site.keys.load(seed))
        .isInstanceOf(SeedException.class)
        .hasMessageContaining("add-node");
    assertThat(seed).exists();
  }

  @Test
  void no_secret_shows_in_what_a_record_says_of_itself() {
    assertThat(site.keys.tonight(PHONE).toString())
        .doesNotContain(Long.toString(site.keys.tonight(PHONE).value()));
    writeSeed(seed, "square", (byte) 1, (byte) 2);
    assertThat(SeedFile.read(seed)).hasToString("SiteSeed[square]");
  }

  private static byte[] hmac(byte[] key, byte[] data) throws Exception {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    return mac.doFinal(data);
  }
}
