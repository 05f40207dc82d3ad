package org.towncrier.console.people;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
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
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;
import org.towncrier.console.page.Problems;

/** Adding people and changing what they may do. For administrators. */
@Controller
@RequestMapping("/people")
class PeoplePages {
  private final People people;
  private final Sessions sessions;

  PeoplePages(People people, Sessions sessions) {
    this.people = people;
    this.sessions = sessions;
  }

  @GetMapping
  String list(Model model) {
    model.addAttribute("people", people.all());
    return "people/list";
  }

  @GetMapping("/new")
  String blank(Model model) {
    return form("", "", Set.of(), new Problems(), model);
  }

  @PostMapping("/new")
  String add(
      @AuthenticationPrincipal SignedIn me,
      @RequestParam(defaultValue = "") String username,
      @RequestParam(defaultValue = "") String displayName,
      @RequestParam(defaultValue = "") List<Role> roles,
      Model model) {
    try {
      String token = people.add(me.getUsername(), username, displayName, setOf(roles));
      return showLink(displayName.strip(), token, model);
    } catch (RefusedException refused) {
      return form(username, displayName, setOf(roles), problem(refused), model);
    }
  }

  @GetMapping("/{id}")
  String one(@PathVariable long id, Model model) {
    Person person = existing(id);
    return page(person, person.roles(), new Problems(), model);
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
      return page(person, setOf(roles), problem(refused), model);
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
      return page(person, person.roles(), problem(refused), model);
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
      return showLink(person.displayName(), people.newLink(me.getUsername(), id), model);
    } catch (RefusedException refused) {
      return page(person, person.roles(), problem(refused), model);
    }
  }

  /** Shown in the answer itself, never in an address: it is the only time anybody sees it. */
  private static String showLink(String displayName, String token, Model model) {
    model.addAttribute("displayName", displayName);
    model.addAttribute(
        "link",
        ServletUriComponentsBuilder.fromCurrentContextPath()
            .path(CreateAdmin.path(token))
            .toUriString());
    model.addAttribute("hours", People.LINK_LIFE.toHours());
    return "people/link";
  }

  private static String form(
      String username, String displayName, Set<Role> roles, Problems problems, Model model) {
    model.addAttribute("username", username);
    model.addAttribute("displayName", displayName);
    model.addAttribute("chosen", roles);
    model.addAttribute("allRoles", Role.values());
    model.addAttribute("problems", problems);
    return "people/new";
  }

  private String page(Person person, Set<Role> roles, Problems problems, Model model) {
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
