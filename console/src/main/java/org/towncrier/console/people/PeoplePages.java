package org.towncrier.console.people;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;
import org.springframework.web.util.UriComponentsBuilder;
import org.towncrier.console.ConsoleSettings;
import org.towncrier.console.page.Problems;

/** Adding people and changing what they may do. For administrators. */
@Controller
@RequestMapping("/people")
class PeoplePages {
  private static final int PAGE = 25;

  private final People people;
  private final Sessions sessions;
  private final LinkMail mail;
  private final boolean provider;

  PeoplePages(People people, Sessions sessions, LinkMail mail, ConsoleSettings settings) {
    this.mail = mail;
    this.provider = settings.signIn().issuer() != null;
    this.people = people;
    this.sessions = sessions;
  }

  @GetMapping
  String list(
      @RequestParam(defaultValue = "") String words,
      @RequestParam(defaultValue = "1") int page,
      Model model) {
    String wanted = words.strip().toLowerCase(Locale.ROOT);
    List<Person> found =
        people.all().stream()
            .filter(
                person ->
                    (person.displayName() + ' ' + person.username() + ' ' + person.email())
                        .toLowerCase(Locale.ROOT)
                        .contains(wanted))
            .toList();
    int from = (page - 1) * PAGE;
    if (page < 1 || (page > 1 && from >= found.size())) {
      throw new ResponseStatusException(HttpStatus.NOT_FOUND);
    }
    model.addAttribute("people", found.subList(from, Math.min(from + PAGE, found.size())));
    model.addAttribute("words", words);
    model.addAttribute("previous", page > 1 ? address(words, page - 1) : null);
    model.addAttribute("next", from + PAGE < found.size() ? address(words, page + 1) : null);
    return "people/list";
  }

  private static String address(String words, int page) {
    return UriComponentsBuilder.fromPath("/people")
        .queryParam("words", "{words}")
        .queryParam("page", page)
        .encode()
        .buildAndExpand(words)
        .toUriString();
  }

  @GetMapping("/new")
  String blank(Model model) {
    return form("", "", "", Set.of(), new Problems(), model);
  }

  @PostMapping("/new")
  String add(
      @AuthenticationPrincipal SignedIn me,
      @RequestParam(defaultValue = "") String username,
      @RequestParam(defaultValue = "") String displayName,
      @RequestParam(defaultValue = "") String email,
      @RequestParam(defaultValue = "") List<Role> roles,
      Model model) {
    try {
      String token = people.add(me.getUsername(), username, displayName, email, setOf(roles));
      return showLink(people.find(username).orElseThrow(), token, true, model);
    } catch (RefusedException refused) {
      return form(username, displayName, email, setOf(roles), problem(refused), model);
    }
  }

  @GetMapping("/{id}")
  String one(@PathVariable long id, Model model) {
    Person person = existing(id);
    return page(person, person.roles(), person.email(), new Problems(), model);
  }

  @PostMapping("/{id}/email")
  String email(
      @AuthenticationPrincipal SignedIn me,
      @PathVariable long id,
      @RequestParam(defaultValue = "") String email,
      RedirectAttributes next,
      Model model) {
    Person person = existing(id);
    try {
      people.setEmail(me.getUsername(), id, email);
      next.addFlashAttribute("done", "The email address is saved");
      return "redirect:/people/" + id;
    } catch (RefusedException refused) {
      return page(person, person.roles(), email, problem(refused), model);
    }
  }

  @PostMapping("/{id}/forget-provider")
  String forgetProvider(
      @AuthenticationPrincipal SignedIn me,
      @PathVariable long id,
      RedirectAttributes next,
      Model model) {
    Person person = existing(id);
    try {
      people.forgetProvider(me.getUsername(), id);
    } catch (RefusedException refused) {
      return page(person, person.roles(), person.email(), problem(refused), model);
    }
    next.addFlashAttribute(
        "done", "The next sign-in by the sign-in service goes by the email address");
    return "redirect:/people/" + id;
  }

  @PostMapping("/{id}/roles")
  String roles(
      @AuthenticationPrincipal SignedIn me,
      @PathVariable long id,
      @RequestParam(defaultValue = "") List<Role> roles,
      Model model) {
    Person person = existing(id);
    try {
      people.setRoles(me.getUsername(), id, setOf(roles));
      return "redirect:/people?changed=" + id;
    } catch (RefusedException refused) {
      return page(person, setOf(roles), person.email(), problem(refused), model);
    }
  }

  @PostMapping("/{id}/enabled")
  String enabled(
      @AuthenticationPrincipal SignedIn me,
      @PathVariable long id,
      @RequestParam boolean enabled,
      Model model) {
    Person person = existing(id);
    try {
      people.setEnabled(me.getUsername(), id, enabled);
      return "redirect:/people?changed=" + id;
    } catch (RefusedException refused) {
      return page(person, person.roles(), person.email(), problem(refused), model);
    }
  }

  @PostMapping("/{id}/sign-out")
  String signOut(@PathVariable long id) {
    sessions.endOthers(existing(id).username(), "");
    return "redirect:/people?changed=" + id;
  }

  @PostMapping("/{id}/second-factor-off")
  String secondFactorOff(@AuthenticationPrincipal SignedIn me, @PathVariable long id) {
    people.removeSecondFactor(me.getUsername(), existing(id).username());
    return "redirect:/people?changed=" + id;
  }

  @PostMapping("/{id}/link")
  String link(@AuthenticationPrincipal SignedIn me, @PathVariable long id, Model model) {
    Person person = existing(id);
    try {
      return showLink(person, people.newLink(me.getUsername(), id), !person.hasPassword(), model);
    } catch (RefusedException refused) {
      return page(person, person.roles(), person.email(), problem(refused), model);
    }
  }

  /** Shown in the answer itself, never in an address: it is the only time anybody sees it. */
  private String showLink(Person person, String token, boolean first, Model model) {
    String link =
        ServletUriComponentsBuilder.fromCurrentContextPath()
            .path(CreateAdmin.path(token))
            .toUriString();
    model.addAttribute("person", person);
    model.addAttribute("link", link);
    model.addAttribute("mail", mail.send(person, link, first));
    model.addAttribute("hours", People.LINK_LIFE.toHours());
    return "people/link";
  }

  private String form(
      String username,
      String displayName,
      String email,
      Set<Role> roles,
      Problems problems,
      Model model) {
    model.addAttribute("email", email);
    model.addAttribute("mailed", mail.isOn());
    model.addAttribute("username", username);
    model.addAttribute("displayName", displayName);
    model.addAttribute("chosen", roles);
    model.addAttribute("allRoles", Role.values());
    model.addAttribute("problems", problems);
    return "people/new";
  }

  private String page(
      Person person, Set<Role> roles, @Nullable String email, Problems problems, Model model) {
    model.addAttribute("email", email);
    model.addAttribute("mailed", mail.isOn());
    model.addAttribute("provider", provider);
    model.addAttribute("sessions", sessions.of(person.username(), ""));
    model.addAttribute("person", person);
    model.addAttribute("chosen", roles);
    model.addAttribute("allRoles", Role.values());
    model.addAttribute("problems", problems);
    return "people/one";
  }

  private static Problems problem(RefusedException refused) {
    return new Problems().add(refused.field(), refused.reason());
  }

  private static Set<Role> setOf(List<Role> roles) {
    return roles.isEmpty() ? Set.of() : EnumSet.copyOf(roles);
  }

  private Person existing(long id) {
    return people.find(id).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
  }
}
