package org.towncrier.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.towncrier.console.ConsoleSettings.TownMap;

class TownMapTest {
  @Test
  void pages_may_load_pictures_from_the_tile_server_s_host_alone() {
    assertThat(new TownMap("https://tiles.example/a/{z}/{x}/{y}.png?key=1", "© Maps", 19).host())
        .isEqualTo("https://tiles.example");
    assertThat(new TownMap("http://127.0.0.1:8080/{z}/{x}/{y}.png", "© Maps", 19).host())
        .isEqualTo("http://127.0.0.1:8080");
    assertThat(new TownMap(null, null, 19).host()).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://tiles.example/{z}/{x}/{y}.png",
        "https://{s}.tiles.example/{z}/{x}/{y}.png",
        "https://tiles.example/{z}/{x}.png",
        "https://tiles.example/{z}/{x}/{y}{r}.png",
        "https://tiles.example; script-src */{z}/{x}/{y}.png",
        "https://user:secret@tiles.example/{z}/{x}/{y}.png",
        "https://*/{z}/{x}/{y}.png",
        "javascript:alert(1)//{z}/{x}/{y}",
        ""
      })
  void what_would_open_the_policy_or_is_no_tile_server_stops_the_start(String tiles) {
    assertThatThrownBy(() -> new TownMap(tiles, "© Maps", 19))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("towncrier.map.tiles");
  }

  @Test
  void tiles_without_the_name_of_whom_they_are_from_stop_the_start() {
    assertThatThrownBy(() -> new TownMap("https://tiles.example/{z}/{x}/{y}.png", " ", 19))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("towncrier.map.attribution");
    assertThatThrownBy(() -> new TownMap(null, null, 30))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("towncrier.map.deepest");
  }
}
