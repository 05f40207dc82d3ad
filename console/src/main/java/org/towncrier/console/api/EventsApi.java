package org.towncrier.console.api;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.net.URI;
import java.time.LocalDate;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;
import org.towncrier.console.event.Event;
import org.towncrier.console.event.Events;
import org.towncrier.console.table.Tables;
import org.towncrier.console.token.Caller;
import org.towncrier.console.token.Scope;

/** The town's events, such as a council's own calendar has them. */
@RestController
@RequestMapping(path = ApiSecurity.BASE + "/plan", produces = MediaType.APPLICATION_JSON_VALUE)
class EventsApi {
  private final Events events;
  private final Tables tables;

  EventsApi(Events events, Tables tables) {
    this.events = events;
    this.tables = tables;
  }

  @Says("Days that people know by a name")
  record EventBody(
      @Says("Names it in addresses") String id,
      String name,
      @Says("Its first day, whose night belongs to it") LocalDate first,
      @Says("Its last day") LocalDate last) {

    static EventBody of(Event event) {
      return new EventBody(String.valueOf(event.id()), event.name(), event.first(), event.last());
    }
  }

  @Says("An event to add, or in place of one")
  record NewEvent(
      @Says("80 characters at most") String name,
      @Says("Its first day, whose night belongs to it") LocalDate first,
      @Says("Its last day; the first for one evening, 31 days at most, not over") LocalDate last) {}

  @Endpoint(scope = Scope.PLAN_READ, says = "Events that are not over, the next first")
  @GetMapping("/events")
  Listing<EventBody> list(
      @Says("Which page, from 1") @RequestParam(defaultValue = "1") @Min(1) int page,
      @Says("How many a page has")
          @RequestParam(defaultValue = Listing.SIZE)
          @Min(1)
          @Max(Listing.MOST)
          int size) {
    return Listing.of(events.ahead().stream().map(EventBody::of).toList(), page, size);
  }

  @Endpoint(scope = Scope.PLAN_READ, says = "The same as CSV")
  @GetMapping(path = "/events.csv", produces = "text/csv")
  ResponseEntity<byte[]> table() {
    return tables.events().download("towncrier-events.csv");
  }

  @Endpoint(scope = Scope.PLAN_READ, says = "One event, over or not")
  @GetMapping("/events/{event}")
  EventBody one(@PathVariable String event) {
    return found(event, events.find(id(event)));
  }

  @Endpoint(
      scope = Scope.PLAN_WRITE,
      says = "Adds an event, to be chosen when a message is scheduled",
      status = 201)
  @PostMapping(path = "/events", consumes = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<EventBody> add(
      @RequestBody NewEvent body, @AuthenticationPrincipal Caller caller) {
    Event added = events.add(caller.username(), body.name(), body.first(), body.last());
    return ResponseEntity.created(URI.create(ApiSecurity.BASE + "/plan/events/" + added.id()))
        .body(EventBody.of(added));
  }

  @Endpoint(
      scope = Scope.PLAN_WRITE,
      says = "Writes an event anew. Messages keep the days they were given")
  @PutMapping(path = "/events/{event}", consumes = MediaType.APPLICATION_JSON_VALUE)
  EventBody change(
      @PathVariable String event,
      @RequestBody NewEvent body,
      @AuthenticationPrincipal Caller caller) {
    return found(
        event, events.change(caller.username(), id(event), body.name(), body.first(), body.last()));
  }

  @Endpoint(
      scope = Scope.PLAN_WRITE,
      says = "Removes an event and gives it as it was. Messages keep the days they were given")
  @DeleteMapping("/events/{event}")
  EventBody remove(@PathVariable String event, @AuthenticationPrincipal Caller caller) {
    return found(event, events.remove(caller.username(), id(event)));
  }

  private static long id(String event) {
    if (!event.matches("[0-9]{1,18}")) {
      throw none(event);
    }
    return Long.parseLong(event);
  }

  private static EventBody found(String id, Optional<Event> event) {
    return event.map(EventBody::of).orElseThrow(() -> none(id));
  }

  private static ResponseStatusException none(String id) {
    return new ResponseStatusException(HttpStatus.NOT_FOUND, "There is no event " + id + ".");
  }
}
