package org.towncrier.console.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.FormElement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.towncrier.console.Browser;
import org.towncrier.console.Browser.Page;
import org.towncrier.console.TestConsole;
import org.towncrier.console.people.CreateAdmin;

/**
 * Every form that somebody can fill in, on whatever page: sent with nonsense and sent empty, it
 * keeps what was typed, and names what is wrong at the top and by the field.
 */
class EveryFormTest {
  /** What a person fills in. */
  private static final String FIELDS =
      "input:not([type=hidden]):not([type=submit]):not([type=file]), textarea, select";

  @TempDir static Path data;
  static TestConsole console;
  static Browser everybody;

  @BeforeAll
  static void start() {
    console = new TestConsole(data);
    Browser administrator = console.administrator();
    Browser author = console.person(administrator, "ann", "Ann Author", "AUTHOR");
    everybody =
        console.person(
            administrator,
            "all",
            "Alex Allroles",
            "AUTHOR",
            "APPROVER",
            "EVALUATOR",
            "ADMINISTRATOR");
    console.node("square", "Marlborough Square", "square-north");
    author.submit(
        author.get("/campaigns/import").form("/campaigns/import"),
        Map.of(
            "file",
            new Browser.Upload(
                "c.yaml",
                TestConsole.campaign("safer", "square", "Waits", "Draft")
                    .getBytes(StandardCharsets.UTF_8))));
    author.submit(author.get("/messages/safer-0").form("/submit"), Map.of());
  }

  @AfterAll
  static void stop() {
    console.close();
  }

  @Test
  void every_form_keeps_what_was_typed_and_names_what_is_wrong() {
    List<String> problems = new ArrayList<>();
    Set<String> refused = new HashSet<>();
    Set<String> forms = new HashSet<>();
    PageAddresses addresses = console.bean(PageAddresses.class);
    Deque<String> ahead = new ArrayDeque<>();
    addresses.all().stream().filter(address -> !address.contains("{")).forEach(ahead::add);
    ahead.add(console.bean(CreateAdmin.class).link("late", "Lou Late", true));
    Set<String> seen = new HashSet<>(ahead);
    Set<String> kinds = new HashSet<>();
    while (!ahead.isEmpty()) {
      String path = ahead.remove();
      if (path.startsWith("/actuator") || !kinds.add(addresses.of(path).orElse(path))) {
        continue;
      }
      Page page = everybody.get(path);
      String type = page.response().headers().firstValue("Content-Type").orElse("");
      if (page.status() != 200 || !type.startsWith("text/html")) {
        continue;
      }
      for (Element link : page.html().select("a[href^=/]")) {
        String next = link.attr("href").replaceAll("#.*", "");
        if (seen.add(next)) {
          ahead.add(next);
        }
      }
      for (Element form : page.html().select("form:has(" + FIELDS + ")")) {
        String name = form.attr("action").replaceAll("\\?.*", "");
        if (!form.attr("action").isEmpty() && forms.add(addresses.of(path).orElse(path) + name)) {
          send(path, (FormElement) form, "nonsense", problems, refused);
          send(path, (FormElement) form, "", problems, refused);
        }
      }
    }
    assertThat(problems).isEmpty();
    assertThat(refused).as("forms that found something wrong").hasSizeGreaterThan(10);
  }

  private static void send(
      String path, FormElement form, String what, List<String> problems, Set<String> refused) {
    Map<String, Object> typed = new LinkedHashMap<>();
    for (Element field : form.select(FIELDS)) {
      String type = field.attr("type");
      if (field.tagName().equals("select")
          || type.equals("checkbox")
          || type.equals("radio")
          || field.hasAttr("readonly")) {
        continue; // What is chosen stays chosen.
      }
      typed.put(field.attr("name"), what.isEmpty() ? "" : what + " " + typed.size());
    }
    Page answer =
        form.attr("method").equalsIgnoreCase("get")
            ? get(form, typed)
            : everybody.submit(form, typed);
    String where = path + " → " + form.attr("action") + (what.isEmpty() ? " empty" : " nonsense");
    if (answer.status() >= 400 && !isRefusedOutright(answer)) {
      problems.add(where + " answers " + answer.status());
      return;
    }
    if (answer.html().select(".govuk-error-summary__list").isEmpty()) {
      return; // It had nothing against it.
    }
    refused.add(form.attr("action"));
    check(where, answer, typed, problems);
  }

  /** A link that is used up, a session that is over: nothing to type again. */
  private static boolean isRefusedOutright(Page answer) {
    return answer.html().select("form:has(" + FIELDS + ")").isEmpty() && answer.status() == 410;
  }

  private static Page get(FormElement form, Map<String, Object> typed) {
    StringBuilder query = new StringBuilder(form.attr("action")).append('?');
    typed.forEach(
        (key, value) ->
            query
                .append(key)
                .append('=')
                .append(
                    java.net.URLEncoder.encode(
                        String.valueOf(value), java.nio.charset.StandardCharsets.UTF_8))
                .append('&'));
    return everybody.get(query.toString());
  }

  private static void check(
      String where, Page page, Map<String, Object> typed, List<String> problems) {
    if (!page.html().title().startsWith("Error: ")) {
      problems.add(where + ": the title does not begin with “Error: ”");
    }
    for (Element link : page.html().select(".govuk-error-summary__list a")) {
      String id = link.attr("href").substring(1);
      Element field = page.html().getElementById(id);
      if (field == null) {
        problems.add(where + ": the summary leads to #" + id + ", which is not there");
        continue;
      }
      if (!field.is("input, textarea, select, a")) {
        continue; // A part of the page that is not filled in, such as where and when.
      }
      Element error = page.html().getElementById(id + "-error");
      if (error == null) {
        problems.add(where + ": nothing beside the field " + id + " says what is wrong");
      } else if (field.is("input, textarea, select") && !describes(field, error)) {
        problems.add(where + ": the field " + id + " is not described by what is wrong with it");
      }
    }
    typed.forEach(
        (name, value) -> {
          Element field = page.html().select("[name=\"" + name + "\"]:not([type=hidden])").first();
          if (field != null
              && !field.attr("type").equals("password")
              && !field.attr("autocomplete").equals("one-time-code")
              && !field.val().equals(value)) {
            problems.add(where + ": “" + value + "” in " + name + " became “" + field.val() + "”");
          }
        });
  }

  /** By itself, or as the first of a group that is described together. */
  private static boolean describes(Element field, Element error) {
    Element group = field.closest("fieldset");
    return List.of(field.attr("aria-describedby").split(" ")).contains(error.id())
        || (field.is("[type=radio], [type=checkbox]")
            && group != null
            && List.of(group.attr("aria-describedby").split(" ")).contains(error.id()));
  }
}
