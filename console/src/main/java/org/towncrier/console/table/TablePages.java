package org.towncrier.console.table;

import java.time.LocalDate;
import org.springframework.format.annotation.DateTimeFormat;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.towncrier.console.input.KnownDays;

/** The tables of pages as files. Who may see a page may take its table away. */
@Controller
class TablePages {
  private final Tables tables;

  TablePages(Tables tables) {
    this.tables = tables;
  }

  @GetMapping("/messages/messages.csv")
  ResponseEntity<byte[]> messages(
      @RequestParam(defaultValue = "") String words,
      @RequestParam(defaultValue = "") String status) {
    return tables.messages(words, status).download("towncrier-messages.csv");
  }

  @GetMapping("/campaigns/campaigns.csv")
  ResponseEntity<byte[]> campaigns() {
    return tables.campaigns().download("towncrier-campaigns.csv");
  }

  @GetMapping("/nodes/nodes.csv")
  ResponseEntity<byte[]> nodes() {
    return tables.nodes().download("towncrier-nodes.csv");
  }

  @GetMapping("/people/people.csv")
  ResponseEntity<byte[]> people() {
    return tables.people().download("towncrier-people.csv");
  }

  @GetMapping("/plan/events.csv")
  ResponseEntity<byte[]> events() {
    return tables.events().download("towncrier-events.csv");
  }

  @GetMapping("/plan/plan.csv")
  ResponseEntity<byte[]> plan(
      @RequestParam @DateTimeFormat(iso = DateTimeFormat.ISO.DATE) LocalDate week) {
    if (!KnownDays.contains(week)) {
      throw new ResponseStatusException(HttpStatus.BAD_REQUEST);
    }
    return tables.plan(week, 7).download("towncrier-plan-" + week + ".csv");
  }
}
