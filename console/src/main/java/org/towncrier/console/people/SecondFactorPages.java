package org.towncrier.console.people;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.util.List;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.web.savedrequest.HttpSessionRequestCache;
import org.springframework.security.web.savedrequest.SavedRequest;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.towncrier.console.page.Problems;

/** The code after the password. */
@Controller
class SecondFactorPages {
  private final People people;
  private final SignInThrottle throttle;

  SecondFactorPages(People people, SignInThrottle throttle) {
    this.people = people;
    this.throttle = throttle;
  }

  @GetMapping("/second-factor")
  String ask(Model model) {
    return page(new Problems(), model);
  }

  @PostMapping("/second-factor")
  String show(
      @RequestParam(defaultValue = "") String code,
      @AuthenticationPrincipal SignedIn me,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    // Six digits are few: guesses at them are counted apart from those at the password.
    String key = "code of " + me.getUsername();
    HttpSession session = request.getSession();
    if (!throttle.admits(key, request.getRemoteAddr())) {
      session.invalidate();
      return "redirect:/sign-in?throttled";
    }
    if (!people.showsSecondFactor(me.getUsername(), code)) {
      return page(
          new Problems().add("code", "That is not the code your app shows now, or it was used"),
          model);
    }
    throttle.succeeded(key, request.getRemoteAddr());
    session.setAttribute(SecondFactorFilter.SHOWN, true);
    SavedRequest wanted = new HttpSessionRequestCache().getRequest(request, response);
    return "redirect:" + (wanted == null ? "/" : wanted.getRedirectUrl());
  }

  /** Nobody is shown as signed in yet. */
  private static String page(Problems problems, Model model) {
    model.addAttribute("me", null);
    model.addAttribute("trainingPlaces", List.of());
    model.addAttribute("problems", problems);
    return "people/second-factor";
  }
}
