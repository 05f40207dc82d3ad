package org.towncrier.console.people;

import jakarta.servlet.http.HttpSession;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import org.towncrier.console.page.Problems;
import org.towncrier.console.page.QrCode;

/** One's own account: where one is signed in, and the second factor. For everybody. */
@Controller
class AccountPages {
  /** Session attribute: a secret that was shown and not yet proven. */
  private static final String OFFERED = AccountPages.class.getName() + ".offered";

  private final People people;
  private final Sessions sessions;

  AccountPages(People people, Sessions sessions) {
    this.people = people;
    this.sessions = sessions;
  }

  @GetMapping("/account")
  String account(@AuthenticationPrincipal SignedIn me, HttpSession session, Model model) {
    return page(me, session, new Problems(), model);
  }

  @PostMapping("/account/sessions")
  String end(
      @RequestParam(defaultValue = "") String handle,
      @AuthenticationPrincipal SignedIn me,
      HttpSession session,
      RedirectAttributes next) {
    if (handle.isEmpty()) {
      sessions.endOthers(me.getUsername(), session.getId());
    } else {
      sessions.end(me.getUsername(), handle);
    }
    next.addFlashAttribute("done", "Signed out there");
    return "redirect:/account";
  }

  @GetMapping("/account/second-factor")
  String offer(@AuthenticationPrincipal SignedIn me, HttpSession session, Model model) {
    if (me.hasSecondFactor()) {
      return "redirect:/account";
    }
    Totp fresh = Totp.random();
    session.setAttribute(OFFERED, fresh.secret());
    return setUp(me, fresh, new Problems(), model);
  }

  @PostMapping("/account/second-factor")
  String prove(
      @RequestParam(defaultValue = "") String code,
      @AuthenticationPrincipal SignedIn me,
      HttpSession session,
      Model model) {
    @Nullable Object offered = session.getAttribute(OFFERED);
    if (offered == null) {
      return "redirect:/account/second-factor";
    }
    Totp totp = new Totp(offered.toString());
    try {
      people.setSecondFactor(me.getUsername(), totp, code);
    } catch (RefusedException wrong) {
      return setUp(me, totp, new Problems().add(wrong.field(), wrong.reason()), model);
    }
    session.removeAttribute(OFFERED);
    // Every session ends with that change, this one too: the next sign-in asks for a code.
    return "redirect:/account";
  }

  @PostMapping("/account/second-factor/off")
  String off(
      @RequestParam(defaultValue = "") String code,
      @AuthenticationPrincipal SignedIn me,
      HttpSession session,
      Model model) {
    if (!people.showsSecondFactor(me.getUsername(), code)) {
      return page(
          me,
          session,
          new Problems().add("code", "That is not the code your app shows now, or it was used"),
          model);
    }
    people.removeSecondFactor(me.getUsername(), me.getUsername());
    return "redirect:/account";
  }

  private String page(SignedIn me, HttpSession session, Problems problems, Model model) {
    Person person = people.find(me.getUsername()).orElseThrow();
    model.addAttribute(
        "roles",
        Arrays.stream(Role.values()).filter(person.roles()::contains).map(Role::title).toList());
    model.addAttribute("linked", person.linked());
    model.addAttribute("linkedSince", people.linkedSince(person).orElse(null));
    model.addAttribute("email", person.email());
    model.addAttribute("sessions", sessions.of(me.getUsername(), session.getId()));
    model.addAttribute("problems", problems);
    return "people/account";
  }

  private static String setUp(SignedIn me, Totp totp, Problems problems, Model model) {
    model.addAttribute("secret", totp.groups());
    String link = totp.link(me.getUsername());
    model.addAttribute("link", link);
    model.addAttribute("qrCode", QrCode.of(link));
    model.addAttribute("problems", problems);
    return "people/second-factor-new";
  }
}
