package org.towncrier.console.token;

import java.time.Instant;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import org.towncrier.console.ConsoleSettings;
import org.towncrier.console.input.InvalidInputException;
import org.towncrier.console.page.Csv;
import org.towncrier.console.page.LocalTimes;
import org.towncrier.console.page.Problems;
import org.towncrier.console.people.People;
import org.towncrier.console.people.Person;
import org.towncrier.console.people.SignedIn;

/** Making, listing and revoking tokens, for administrators; taking one's own, for everybody. */
@Controller
class TokenPages {
  private final Tokens tokens;
  private final People people;
  private final ConsoleSettings settings;
  private final LocalTimes times;

  TokenPages(Tokens tokens, People people, ConsoleSettings settings, LocalTimes times) {
    this.tokens = tokens;
    this.people = people;
    this.settings = settings;
    this.times = times;
  }

  /** A token as its list shows it. */
  record Line(Token token, String person, String status, String style, boolean revocable) {
    /** Whether its person can take it now. */
    public boolean waits() {
      return status.equals("Waits to be taken");
    }
  }

  @GetMapping("/tokens")
  String list(Model model) {
    model.addAttribute("tokens", tokens.all().stream().map(this::line).toList());
    return "token/list";
  }

  @GetMapping("/tokens/tokens.csv")
  ResponseEntity<byte[]> download() {
    Csv csv =
        new Csv()
            .row(
                "token",
                "name",
                "acts_for",
                "scopes",
                "status",
                "made_by",
                "made",
                "works_until",
                "last_used",
                "revoked_by",
                "revoked");
    for (Token token : tokens.all()) {
      csv.row(
          String.valueOf(token.id()),
          token.name(),
          token.username(),
          String.join(" ", token.scopeIds()),
          line(token).status(),
          token.createdBy(),
          times.iso(token.createdAt()),
          times.iso(token.expiresAt()),
          times.iso(token.lastUsedAt()),
          token.revokedBy() == null ? "" : token.revokedBy(),
          times.iso(token.revokedAt()));
    }
    return csv.download("towncrier-tokens.csv");
  }

  @GetMapping("/tokens/new")
  String blank(Model model) {
    return form(TokenForm.blank(), new Problems(), model);
  }

  @PostMapping("/tokens/new")
  String make(
      @RequestParam(defaultValue = "") String name,
      @RequestParam(defaultValue = "") String username,
      @RequestParam(defaultValue = "") List<String> scopes,
      @RequestParam(defaultValue = "") String expires,
      @AuthenticationPrincipal SignedIn me,
      Model model,
      RedirectAttributes next) {
    TokenForm form = new TokenForm(name, username, scopes, expires);
    Problems problems = new Problems();
    Instant end = form.end(settings.zone(), problems);
    try {
      if (!problems.any()) {
        Token made =
            tokens.create(me.getUsername(), new Tokens.Wanted(name, username, form.chosen(), end));
        if (made.username().equalsIgnoreCase(me.getUsername())) {
          return show(made, tokens.take(me.getUsername(), made.id()), model);
        }
        next.addFlashAttribute(
            "done",
            "Made. %s finds it on the page of their account, for %d days"
                .formatted(people.displayName(made.username()), Tokens.OFFERED.toDays()));
        return "redirect:/tokens";
      }
    } catch (InvalidInputException wrong) {
      wrong.problems().forEach(p -> problems.add(p.field(), p.message()));
    }
    return form(form, problems, model);
  }

  @PostMapping("/tokens/{id}/revoke")
  String revoke(
      @PathVariable long id, @AuthenticationPrincipal SignedIn me, RedirectAttributes next) {
    existing(id);
    tokens.revoke(me.getUsername(), id);
    next.addFlashAttribute("done", "Revoked. It lets nobody in any more");
    return "redirect:/tokens";
  }

  @GetMapping("/account/tokens")
  String mine(@AuthenticationPrincipal SignedIn me, Model model) {
    return mine(me, new Problems(), model);
  }

  @PostMapping("/account/tokens/{id}/take")
  String take(@PathVariable long id, @AuthenticationPrincipal SignedIn me, Model model) {
    Token token = own(id, me);
    try {
      return show(token, tokens.take(me.getUsername(), id), model);
    } catch (InvalidInputException tooLate) {
      return mine(me, new Problems().add("tokens", String.valueOf(tooLate.getMessage())), model);
    }
  }

  @PostMapping("/account/tokens/{id}/revoke")
  String revokeMine(
      @PathVariable long id, @AuthenticationPrincipal SignedIn me, RedirectAttributes next) {
    own(id, me);
    tokens.revoke(me.getUsername(), id);
    next.addFlashAttribute("done", "Revoked. It lets nobody in any more");
    return "redirect:/account/tokens";
  }

  private String mine(SignedIn me, Problems problems, Model model) {
    model.addAttribute("tokens", tokens.of(me.getUsername()).stream().map(this::line).toList());
    model.addAttribute("problems", problems);
    return "token/mine";
  }

  /** Shown in the answer itself, never in an address: it is the only time anybody sees it. */
  private static String show(Token token, String secret, Model model) {
    model.addAttribute("token", token);
    model.addAttribute("secret", secret);
    return "token/secret";
  }

  private String form(TokenForm form, Problems problems, Model model) {
    model.addAttribute("form", form);
    model.addAttribute("problems", problems);
    model.addAttribute("allScopes", tokens.offered());
    model.addAttribute("people", people.all().stream().filter(Person::enabled).toList());
    return "token/new";
  }

  private Line line(Token token) {
    String person = people.displayName(token.username());
    if (token.revokedAt() != null) {
      return new Line(token, person, "Revoked", "govuk-tag--grey", false);
    }
    if (people.find(token.username()).filter(Person::enabled).isEmpty()) {
      return new Line(token, person, "Stopped: its person is disabled", "govuk-tag--red", true);
    }
    if (tokens.works(token)) {
      return new Line(token, person, "Works", "govuk-tag--green", true);
    }
    return tokens.isOnOffer(token)
        ? new Line(token, person, "Waits to be taken", "govuk-tag--yellow", true)
        : new Line(token, person, "Over", "govuk-tag--grey", false);
  }

  private Token own(long id, SignedIn me) {
    Token token = existing(id);
    if (!token.username().equalsIgnoreCase(me.getUsername())) {
      throw new ResponseStatusException(HttpStatus.NOT_FOUND);
    }
    return token;
  }

  private Token existing(long id) {
    return tokens.find(id).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
  }
}
