package org.towncrier.console.node;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.towncrier.console.people.SignedIn;

/** Tells every page where training is on, so that nobody takes it for the real thing. */
@ControllerAdvice
class TrainingAdvice {
  private final JdbcClient db;

  TrainingAdvice(JdbcClient db) {
    this.db = db;
  }

  /**
   * Whole sites by name, then single nodes of other sites. Nothing for whoever is not signed in.
   */
  @ModelAttribute("trainingPlaces")
  List<String> trainingPlaces(@AuthenticationPrincipal @Nullable SignedIn me) {
    return me == null
        ? List.of()
        : db.sql(
                """
                SELECT name FROM site WHERE training = 1
                UNION ALL
                SELECT n.site || '/' || n.id FROM node n JOIN site s ON s.id = n.site
                WHERE n.training = 1 AND s.training = 0 AND n.left_at IS NULL
                """)
            .query(String.class)
            .list();
  }
}
