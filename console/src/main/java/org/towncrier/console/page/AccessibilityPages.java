package org.towncrier.console.page;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.towncrier.console.ConsoleSettings;

/**
 * The accessibility statement of the console, as the Public Sector Bodies (Websites and Mobile
 * Applications) (No. 2) Accessibility Regulations 2018 ask for it. Anybody may read it. What it
 * claims is what the browser ring looks at, and nothing more.
 */
@Controller
class AccessibilityPages {
  private final ConsoleSettings.Noticeboard facts;

  AccessibilityPages(ConsoleSettings settings) {
    this.facts = settings.noticeboard();
  }

  @GetMapping("/accessibility")
  String statement(Model model) {
    model.addAttribute("controller", facts.controller());
    model.addAttribute("contact", facts.contact());
    return "accessibility";
  }
}
