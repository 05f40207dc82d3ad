package org.towncrier.console.api;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.util.UriUtils;
import org.towncrier.console.ConsoleSettings;
import org.towncrier.console.api.MessageBodies.Done;
import org.towncrier.console.audit.AuditTrail;
import org.towncrier.console.page.LocalTimes;
import org.towncrier.console.page.Problems;
import org.towncrier.console.people.People;
import org.towncrier.console.people.Person;
import org.towncrier.console.people.Role;
import org.towncrier.console.table.Tables;
import org.towncrier.console.token.Caller;
import org.towncrier.console.token.Scope;
import org.towncrier.console.trail.TrailCsv;
import org.towncrier.console.trail.TrailSearch;

/** Who has an account, and who did what. */
@RestController
@RequestMapping(path = ApiSecurity.BASE, produces = MediaType.APPLICATION_JSON_VALUE)
class PeopleApi {
  private final People people;
  private final AuditTrail trail;
  private final Tables tables;
  private final LocalTimes times;
  private final ZoneId zone;

  PeopleApi(
      People people, AuditTrail trail, Tables tables, LocalTimes times, ConsoleSettings settings) {
    this.people = people;
    this.trail = trail;
    this.tables = tables;
    this.times = times;
    this.zone = settings.zone();
  }

  @Says("Somebody with an account")
  record PersonBody(
      @Says("What they sign in with; never changes") String username,
      @Says("As the history shows it") String name,
      List<Role> roles,
      boolean enabled,
      @Says("Whether they have set one") boolean hasPassword,
      boolean hasSecondFactor,
      Instant createdAt) {

    static PersonBody of(Person person) {
      return new PersonBody(
          person.username(),
          person.displayName(),
          person.roles().stream().sorted().toList(),
          person.enabled(),
          person.hasPassword(),
          person.hasSecondFactor(),
          person.createdAt());
    }
  }

  @Says("An account to add. Nobody can use it before an administrator has enabled it on a page")
  record NewPerson(
      @Says("An email address or a short name") String username,
      @Says("As the history will show it") String name,
      List<Role> roles) {}

  @Endpoint(scope = Scope.PEOPLE_READ, says = "Lists people, those who may sign in first")
  @GetMapping("/people")
  Listing<PersonBody> list(
      @Says("Which page, from 1") @RequestParam(defaultValue = "1") @Min(1) int page,
      @Says("How many a page has")
          @RequestParam(defaultValue = Listing.SIZE)
          @Min(1)
          @Max(Listing.MOST)
          int size) {
    return Listing.of(people.all().stream().map(PersonBody::of).toList(), page, size);
  }

  @Endpoint(scope = Scope.PEOPLE_READ, says = "Everybody, as CSV")
  @GetMapping(path = "/people.csv", produces = "text/csv")
  ResponseEntity<byte[]> table() {
    return tables.people().download("towncrier-people.csv");
  }

  @Endpoint(scope = Scope.PEOPLE_READ, says = "One person")
  @GetMapping("/people/{username}")
  PersonBody one(@PathVariable String username) {
    return PersonBody.of(existing(username));
  }

  @Endpoint(
      scope = Scope.PEOPLE_WRITE,
      says =
          "Adds an account, disabled. An administrator enables it, and makes its one-time link, on"
              + " the person's page: a program hands nobody access",
      status = 201)
  @PostMapping(path = "/people", consumes = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<PersonBody> add(
      @RequestBody NewPerson body, @AuthenticationPrincipal Caller caller) {
    Set<Role> roles = EnumSet.noneOf(Role.class);
    roles.addAll(body.roles());
    people.addDisabled(caller.username(), body.username(), body.name(), roles);
    Person added = existing(body.username());
    return ResponseEntity.created(
            URI.create(
                ApiSecurity.BASE
                    + "/people/"
                    + UriUtils.encodePathSegment(added.username(), StandardCharsets.UTF_8)))
        .body(PersonBody.of(added));
  }

  @Endpoint(
      scope = Scope.PEOPLE_WRITE,
      says = "Keeps somebody out at once, sessions and tokens too. A person lets them in again")
  @PostMapping("/people/{username}/disable")
  PersonBody disable(@PathVariable String username, @AuthenticationPrincipal Caller caller) {
    people.setEnabled(caller.username(), existing(username).id(), false);
    return one(username);
  }

  @Endpoint(scope = Scope.AUDIT_READ, says = "Who did what, the latest first")
  @GetMapping("/audit")
  Listing<Done> audit(
      @Says("In who, what, to what, or the detail") @RequestParam(defaultValue = "") String words,
      @Says("The first day, local, such as 2026-11-27") @RequestParam(defaultValue = "")
          String from,
      @Says("The last day, local") @RequestParam(defaultValue = "") String to,
      @Says("Which page, from 1") @RequestParam(defaultValue = "1") @Min(1) int page,
      @Says("How many a page has")
          @RequestParam(defaultValue = Listing.SIZE)
          @Min(1)
          @Max(Listing.MOST)
          int size) {
    return Listing.read(
        trail.find(search(words, from, to), size + 1, (page - 1L) * size).stream()
            .map(Done::of)
            .toList(),
        page,
        size);
  }

  @Endpoint(scope = Scope.AUDIT_READ, says = "All of the audit trail that fits, as CSV")
  @GetMapping(path = "/audit.csv", produces = "text/csv")
  ResponseEntity<byte[]> audit(
      @Says("In who, what, to what, or the detail") @RequestParam(defaultValue = "") String words,
      @Says("The first day, local, such as 2026-11-27") @RequestParam(defaultValue = "")
          String from,
      @Says("The last day, local") @RequestParam(defaultValue = "") String to) {
    return TrailCsv.write(trail.find(search(words, from, to), Integer.MAX_VALUE, 0), times)
        .download("towncrier-audit.csv");
  }

  private AuditTrail.Search search(String words, String from, String to) {
    Problems problems = new Problems();
    AuditTrail.Search search = new TrailSearch(words, from, to).read(zone, problems);
    MessageBodies.refuse(problems);
    return search;
  }

  private Person existing(String username) {
    return people
        .find(username)
        .orElseThrow(
            () ->
                new ResponseStatusException(
                    HttpStatus.NOT_FOUND, "Nobody has the username " + username + "."));
  }
}
