package org.towncrier.console.browser;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The page as Chromium tells it to a screen reader: its accessibility tree, in reading order. What
 * a listener steers by must make sense: headings that go down one level at a time, landmarks of
 * which there is one each or that have names of their own, and a name for everything to press or
 * fill in.
 */
final class ScreenReaderTree {
  private static final Set<String> TO_PRESS =
      Set.of(
          "button",
          "link",
          "textbox",
          "searchbox",
          "combobox",
          "checkbox",
          "radio",
          "listbox",
          "spinbutton",
          "Date",
          "DateTime",
          "InputTime",
          "DisclosureTriangle");
  private static final Set<String> ONCE = Set.of("banner", "main", "contentinfo");

  /** A form is a landmark only once it has a name. */
  private static final Set<String> NAMED = Set.of("navigation", "region", "search");

  private final List<Node> nodes = new ArrayList<>();

  private record Node(String role, String name, int level) {}

  @SuppressWarnings("unchecked")
  ScreenReaderTree(Chromium chromium) {
    Map<String, Map<String, Object>> byId = new HashMap<>();
    List<Map<String, Object>> all =
        (List<Map<String, Object>>)
            chromium.devtools("Accessibility.getFullAXTree", Map.of()).get("nodes");
    all.forEach(node -> byId.put(String.valueOf(node.get("nodeId")), node));
    read(all.get(0), byId);
  }

  @SuppressWarnings("unchecked")
  private void read(Map<String, Object> node, Map<String, Map<String, Object>> byId) {
    if (!Boolean.TRUE.equals(node.get("ignored"))) {
      nodes.add(new Node(value(node, "role"), value(node, "name").strip(), level(node)));
    }
    for (Object child : (List<Object>) node.getOrDefault("childIds", List.of())) {
      Map<String, Object> next = byId.get(String.valueOf(child));
      if (next != null) {
        read(next, byId);
      }
    }
  }

  @SuppressWarnings("unchecked")
  private static String value(Map<String, Object> node, String key) {
    Object of = node.get(key);
    return of == null ? "" : String.valueOf(((Map<String, Object>) of).getOrDefault("value", ""));
  }

  @SuppressWarnings("unchecked")
  private static int level(Map<String, Object> node) {
    for (Object property : (List<Object>) node.getOrDefault("properties", List.of())) {
      Map<String, Object> one = (Map<String, Object>) property;
      if ("level".equals(one.get("name"))) {
        return ((Number) ((Map<String, Object>) one.get("value")).get("value")).intValue();
      }
    }
    return 0;
  }

  /** What would confuse a listener, in words. */
  List<String> problems() {
    List<String> problems = new ArrayList<>();
    headings(problems);
    landmarks(problems);
    for (Node node : nodes) {
      if (TO_PRESS.contains(node.role()) && node.name().isEmpty()) {
        problems.add("a " + node.role() + " without a name");
      }
    }
    return problems;
  }

  private void headings(List<String> problems) {
    int before = 0;
    int first = 0;
    for (Node node : nodes) {
      if (!node.role().equals("heading")) {
        continue;
      }
      if (node.name().isEmpty()) {
        problems.add("a heading without words");
      }
      if (node.level() == 1) {
        first++;
      } else if (node.level() > before + 1 && before > 0) {
        problems.add(
            "after level %d comes the heading “%s” of level %d"
                .formatted(before, node.name(), node.level()));
      }
      before = node.level();
    }
    if (first != 1) {
      problems.add(first + " headings of level 1");
    }
  }

  private void landmarks(List<String> problems) {
    for (String role : ONCE) {
      long count = nodes.stream().filter(node -> node.role().equals(role)).count();
      if (count != 1) {
        problems.add(count + " landmarks " + role);
      }
    }
    Set<String> told = new HashSet<>();
    for (Node node : nodes) {
      if (NAMED.contains(node.role()) && !told.add(node.role() + " " + node.name())) {
        problems.add("two landmarks " + node.role() + " called “" + node.name() + "”");
      }
    }
  }
}
