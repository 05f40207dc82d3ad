package org.towncrier.console.trail;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.towncrier.console.Browser;
import org.towncrier.console.Browser.Page;
import org.towncrier.console.TestConsole;
import org.towncrier.console.audit.AuditTrail;

class TrailPagesTest {
  @TempDir static Path data;
  static TestConsole console;
  static Browser administrator;

  @BeforeAll
  static void start() {
    console = new TestConsole(data);
    administrator = console.administrator();
    AuditTrail trail = console.bean(AuditTrail.class);
    for (int n = 0; n < 120; n++) {
      trail.add("ann", "wrote", "message many-" + n, "=1+1, \"quoted\"");
    }
  }

  @AfterAll
  static void stop() {
    console.close();
  }

  @Test
  void it_comes_a_page_at_a_time_and_keeps_the_search() {
    Page first = administrator.get("/audit?words=many");
    assertThat(first.html().select("tbody tr")).hasSize(50);
    assertThat(first.html().select("#words").val()).isEqualTo("many");
    assertThat(first.hasLink("/messages/many-119")).isTrue();
    String older = first.html().select("a[rel=next]").attr("href");
    Page second = administrator.get(older);
    assertThat(second.html().select("tbody tr")).hasSize(50);
    Page third = administrator.get(second.html().select("a[rel=next]").attr("href"));
    assertThat(third.html().select("tbody tr")).hasSize(20);
    assertThat(third.html().select("a[rel=next]")).isEmpty();
    assertThat(administrator.get("/audit?words=many&page=4").status()).isEqualTo(404);
    assertThat(administrator.get("/audit?page=0").status()).isEqualTo(404);
  }

  @Test
  void what_somebody_did_shows_with_their_name() {
    assertThat(administrator.get("/audit?words=set+a+password").text())
        .contains("Ada Min set a password person admin");
  }

  @Test
  void nothing_found_says_so() {
    assertThat(administrator.get("/audit?words=no+such+thing").text())
        .contains("Nothing in the trail fits");
    assertThat(administrator.get("/audit?to=2001-01-01").text())
        .contains("Nothing in the trail fits");
  }

  @Test
  void days_that_are_none_are_named_and_kept() {
    Page page = administrator.get("/audit?from=2026-02-30&to=soon");
    assertThat(page.problems()).contains("Enter a day such as");
    assertThat(page.html().select("#from").val()).isEqualTo("2026-02-30");
    assertThat(page.html().select("#to").val()).isEqualTo("soon");
    assertThat(administrator.get("/audit?from=2026-02-02&to=2026-02-01").problems())
        .contains("The last day must be the first day or later");
    for (String day : List.of("%00", "99999999999", "-999999999-01-01", "%2B999999999-12-31")) {
      assertThat(administrator.get("/audit?from=" + day).problems())
          .as(day)
          .contains("Enter a day such as");
    }
    assertThat(administrator.get("/audit/trail.csv?from=soon").status()).isEqualTo(400);
  }

  @Test
  void what_fits_is_taken_away_as_a_table_that_no_spreadsheet_takes_for_a_formula() {
    Page file = administrator.get("/audit/trail.csv?words=many-7");
    assertThat(file.response().headers().firstValue("Content-Type").orElse(""))
        .startsWith("text/csv");
    assertThat(file.response().body())
        .startsWith("at_utc,who,what,subject,detail,via,at_local\r\n")
        .contains(",ann,wrote,message many-79,\"'=1+1, \"\"quoted\"\"\",,20")
        .containsPattern("quoted\"\"\",,20[0-9-]{8}T[0-9:]{8}[+]0[01]:00\r\n");
    assertThat(file.response().body().lines()).hasSize(12);
  }

  @Test
  void it_is_for_administrators() {
    Browser ann = console.person(administrator, "ann", "Ann Author", "AUTHOR");
    assertThat(ann.get("/audit").status()).isEqualTo(403);
    assertThat(ann.get("/audit/trail.csv").status()).isEqualTo(403);
    assertThat(ann.get("/").hasLink("/audit")).isFalse();
  }
}
