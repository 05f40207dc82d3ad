package org.towncrier.console.api;

import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.towncrier.console.Browser;
import org.towncrier.console.TestConsole;
import org.towncrier.console.token.Scope;
import org.towncrier.console.token.Token;
import org.towncrier.console.token.Tokens;

/** People, nodes, messages and counts for programs to find. */
final class ApiTown {
  final TestConsole console;
  final Browser administrator;
  final ApiClient api;

  ApiTown(TestConsole console) {
    this.console = console;
    administrator = console.administrator();
    console.person(administrator, "ann", "Ann Author", "AUTHOR");
    console.person(administrator, "bob", "Bob Approver", "APPROVER");
    console.person(administrator, "eve", "Eve Evaluator", "EVALUATOR");
    console.node("square", "Marlborough Square", "square-north");
    console.node("street", "Market Street", "street-east");
    console.heard("square", "square-north", null);
    api = new ApiClient(console.url());
  }

  /** A token as its person holds it. */
  String token(String username, Scope... scopes) {
    return token(username, null, scopes);
  }

  String token(String username, Instant until, Scope... scopes) {
    Set<Scope> all = EnumSet.noneOf(Scope.class);
    all.addAll(Arrays.asList(scopes));
    Tokens tokens = console.bean(Tokens.class);
    Token made =
        tokens.create("admin", new Tokens.Wanted("program of " + username, username, all, until));
    return tokens.take(username, made.id());
  }

  /** A campaign with drafts by Ann, through the pages. */
  void campaign(String id, String... titles) {
    Browser ann = console.browser();
    ann.signIn("ann", TestConsole.PASSWORD);
    TestConsole.takeIn(ann, id, "square", titles);
  }

  /** One wording, in English. */
  static List<Map<String, Object>> words(String text) {
    return List.of(Map.of("texts", List.of(Map.of("language", "en", "text", text))));
  }

  void count(String message, String outcome, boolean training, long count) {
    console
        .bean(JdbcClient.class)
        .sql(
            "INSERT INTO outcome_count (message, hour, site, node, outcome, reason, training, count)"
                + " VALUES (?, '2026-11-20T22:00:00Z', 'square', 'square-north', ?, '', ?, ?)")
        .params(message, outcome, training ? 1 : 0, count)
        .update();
  }
}
