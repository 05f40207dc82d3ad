package org.towncrier.console.people;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.towncrier.console.page.Problems;

/** Signing in, and setting a password by a one-time link. */
@Controller
class SignInPages {
  /** Session attribute: the name that was typed, shown again after a mistake. */
  static final String TYPED = SignInPages.class.getName() + ".typed";

  private final People people;
  private final SignInService service;

  SignInPages(People people, SignInService service) {
    this.people = people;
    this.service = service;
  }

  @GetMapping("/sign-in")
  String signIn(HttpServletRequest request, Model model) {
    HttpSession session = request.getSession(false);
    Object typed = session == null ? null : session.getAttribute(TYPED);
    model.addAttribute("username", typed == null ? "" : typed);
    Problems problems = new Problems();
    if (request.getParameter("wrong") != null) {
      problems.add("username", "The username or password is not right");
    } else if (request.getParameter("throttled") != null) {
      problems.add(
          "username",
          "Too many wrong passwords. Wait "
              + SignInThrottle.WINDOW.toMinutes()
              + " minutes, or ask an administrator for a one-time link");
    }
    Object refused = session == null ? null : session.getAttribute(SignInService.REFUSED);
    if (session != null && request.getParameter("provider") != null && refused != null) {
      session.removeAttribute(SignInService.REFUSED);
      problems.add("service", refused.toString());
    } else if (request.getParameter("away") != null) {
      problems.add(
          "service",
          "The sign-in service does not answer just now. Try again, or sign in with your password");
    }
    model.addAttribute("service", service.isOn() ? service.name() : null);
    model.addAttribute("problems", problems);
    return "people/sign-in";
  }

  /** Goes to the sign-in service, unless it is away: then it says so here. */
  @GetMapping("/sign-in/service")
  String byService() {
    if (!service.isOn()) {
      return "redirect:/sign-in";
    }
    return service.isThere()
        ? "redirect:/oauth2/authorization/" + SignInService.ID
        : "redirect:/sign-in?away";
  }

  @GetMapping("/set-password/{token}")
  String link(@PathVariable String token, Model model, HttpServletResponse response) {
    return form(token, new Problems(), model, response);
  }

  @PostMapping("/set-password/{token}")
  String setPassword(
      @PathVariable String token,
      @RequestParam(defaultValue = "") String password,
      @RequestParam(defaultValue = "") String again,
      Model model,
      HttpServletResponse response,
      HttpServletRequest request) {
    Problems problems = new Problems();
    if (!password.equals(again)) {
      problems.add("again", "Enter the same password in both boxes");
      return form(token, problems, model, response);
    }
    try {
      Optional<Person> done = people.setPassword(token, password);
      if (done.isPresent()) {
        request.getSession().setAttribute(TYPED, done.get().username());
        return "redirect:/sign-in?set";
      }
    } catch (RefusedException refused) {
      problems.add(refused.field(), refused.reason());
    }
    return form(token, problems, model, response);
  }

  private String form(String token, Problems problems, Model model, HttpServletResponse response) {
    @Nullable Person holder = people.holder(token).orElse(null);
    if (holder == null) {
      response.setStatus(HttpServletResponse.SC_GONE);
      return "people/link-over";
    }
    model.addAttribute("person", holder);
    model.addAttribute("token", token);
    model.addAttribute("problems", problems);
    return "people/set-password";
  }
}
