package org.towncrier.console.api;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.format.annotation.DateTimeFormat;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;
import org.towncrier.console.api.MessageBodies.Times;
import org.towncrier.console.node.Nodes;
import org.towncrier.console.node.SiteView;
import org.towncrier.console.plan.Plan;
import org.towncrier.console.plan.WeekCopies;
import org.towncrier.console.table.Tables;
import org.towncrier.console.token.Scope;
import org.towncrier.protocol.ScheduledMessage.Priority;
import org.towncrier.protocol.SiteId;

/** What is on air where and when. */
@RestController
@RequestMapping(path = ApiSecurity.BASE, produces = MediaType.APPLICATION_JSON_VALUE)
class PlanApi {
  private final Plan plan;
  private final Nodes nodes;
  private final WeekCopies copies;
  private final Tables tables;

  PlanApi(Plan plan, Nodes nodes, WeekCopies copies, Tables tables) {
    this.plan = plan;
    this.nodes = nodes;
    this.copies = copies;
    this.tables = tables;
  }

  @Says("A message that phones are offered")
  record Offer(
      String message,
      String title,
      Priority priority,
      @Says("How many: of several a phone gets one, by lot") int wordings,
      @Says("The nodes of the site that it goes to; empty when to all of them") List<String> nodes,
      @Says("The nodes of the site whose schedules have no room for it") List<String> noRoomAt) {}

  @Says("One message in one night of one site")
  record Stretch(
      String site,
      @Says("The day the night begins; a night is noon to noon") LocalDate night,
      Instant from,
      Instant to,
      String message,
      String title,
      Priority priority,
      boolean paused,
      @Says("How many: of several a phone gets one, by lot") int wordings,
      @Says("The nodes of the site that it goes to; empty when to all of them")
          List<String> nodes) {

    static Stretch of(Plan.Stretch part) {
      return new Stretch(
          part.site().site().value(),
          part.night(),
          part.from(),
          part.to(),
          part.message().id().value(),
          part.message().title(),
          part.message().priority(),
          part.message().paused(),
          part.message().wordings(),
          part.message().nodesAt(part.site().site()));
    }
  }

  @Endpoint(
      scope = Scope.PLAN_READ,
      says = "What a phone at a site is offered at a moment, in the order in which nodes take it")
  @GetMapping("/plan/at")
  Listing<Offer> at(
      @Says("Where") @RequestParam String site,
      @Says("When, with its offset")
          @RequestParam
          @DateTimeFormat(iso = DateTimeFormat.ISO.DATE_TIME)
          OffsetDateTime at,
      @Says("Which page, from 1") @RequestParam(defaultValue = "1") @Min(1) int page,
      @Says("How many a page has")
          @RequestParam(defaultValue = Listing.SIZE)
          @Min(1)
          @Max(Listing.MOST)
          int size) {
    Fields.reach("at", at.toLocalDate());
    SiteView where = existing(site);
    return Listing.of(
        plan.at(where.site(), at.toInstant()).stream()
            .map(
                offered ->
                    new Offer(
                        offered.message().id().value(),
                        offered.message().title(),
                        offered.message().priority(),
                        offered.message().wordings(),
                        offered.nodes(),
                        where.noRoomFor(offered.message().id())))
            .toList(),
        page,
        size);
  }

  @Endpoint(
      scope = Scope.PLAN_READ,
      says = "Every stretch of every message in seven nights, by site and night")
  @GetMapping("/plan/week")
  Listing<Stretch> week(
      @Says("The day on which the first night begins")
          @RequestParam
          @DateTimeFormat(iso = DateTimeFormat.ISO.DATE)
          LocalDate from,
      @Says("Which page, from 1") @RequestParam(defaultValue = "1") @Min(1) int page,
      @Says("How many a page has")
          @RequestParam(defaultValue = Listing.SIZE)
          @Min(1)
          @Max(Listing.MOST)
          int size) {
    Fields.reach("from", from);
    return Listing.of(plan.nights(from, 7).stream().map(Stretch::of).toList(), page, size);
  }

  @Endpoint(scope = Scope.PLAN_READ, says = "The same as CSV, with local times")
  @GetMapping(path = "/plan.csv", produces = "text/csv")
  ResponseEntity<byte[]> table(
      @Says("The day on which the first night begins")
          @RequestParam
          @DateTimeFormat(iso = DateTimeFormat.ISO.DATE)
          LocalDate from) {
    Fields.reach("from", from);
    return tables.plan(from, 7).download("towncrier-plan-" + from + ".csv");
  }

  @Says("A message that is on air in a week, to be copied into the week after")
  record Copyable(
      String message,
      String title,
      @Says("Of its newest version: who copies says that they read it") int edit,
      @Says("Its times in the week after; empty when it can't be copied") List<Times> added,
      @Says("Why it can't; null when it can") @Nullable String why) {

    static Copyable of(WeekCopies.Candidate candidate) {
      return new Copyable(
          candidate.newest().message().value(),
          candidate.title(),
          candidate.newest().edit(),
          candidate.added().stream().map(Times::of).toList(),
          candidate.why());
    }
  }

  @Endpoint(
      scope = Scope.MESSAGES_READ,
      says = "What a copy of a week into the week after would add, message by message")
  @GetMapping("/plan/copy")
  Listing<Copyable> copy(
      @Says("A day in the week to copy; weeks begin on Mondays")
          @RequestParam
          @DateTimeFormat(iso = DateTimeFormat.ISO.DATE)
          LocalDate week,
      @Says("Which page, from 1") @RequestParam(defaultValue = "1") @Min(1) int page,
      @Says("How many a page has")
          @RequestParam(defaultValue = Listing.SIZE)
          @Min(1)
          @Max(Listing.MOST)
          int size) {
    Fields.reach("week", week);
    return Listing.of(copies.of(week).stream().map(Copyable::of).toList(), page, size);
  }

  private SiteView existing(String id) {
    try {
      return nodes.site(new SiteId(id)).orElseThrow(() -> none(id));
    } catch (IllegalArgumentException noSiteHasIt) {
      throw none(id);
    }
  }

  private static ResponseStatusException none(String id) {
    return new ResponseStatusException(HttpStatus.NOT_FOUND, "There is no site " + id + ".");
  }
}
