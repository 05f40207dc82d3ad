package org.towncrier.console.home;

import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;

/** The page after signing in. */
@Controller
class HomePages {
  @GetMapping("/")
  String home() {
    return "home";
  }
}
