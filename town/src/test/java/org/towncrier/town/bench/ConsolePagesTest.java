package org.towncrier.town.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.towncrier.console.page.PageAddresses;

class ConsolePagesTest {
  @Test
  void a_page_that_nobody_came_to_is_missed() {
    assertThat(
            ConsolePages.missed(
                List.of("/", "/forgotten", "/second-factor"), Set.of("/", "board /", "/odd")))
        .containsExactly("/forgotten");
  }

  @Test
  void files_pictures_and_what_machines_ask_are_no_pages() {
    assertThat(
            List.of(
                "/messages/{id}",
                "/messages/{id}/image",
                "/messages/{id}/image/{place}",
                "/messages/new/picture/{name}",
                "/signs",
                "/signs/{site}-{paper:a4|a3}.pdf",
                "/audit/trail.csv",
                "/campaigns/{id}/export",
                "/api/v1/sites",
                "/sign-in",
                "/sign-in/service"))
        .filteredOn(PageAddresses::isPage)
        .containsExactly("/messages/{id}", "/signs", "/sign-in");
  }
}
