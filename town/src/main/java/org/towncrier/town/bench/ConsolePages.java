package org.towncrier.town.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.FormElement;
import org.jspecify.annotations.Nullable;
import org.towncrier.console.noticeboard.BoardServer;
import org.towncrier.console.page.PageAddresses;
import org.towncrier.console.people.People;
import org.towncrier.console.people.Role;
import org.towncrier.town.stage.NodeFile;
import org.towncrier.town.stage.NodePlan;
import org.towncrier.town.stage.RunningConsole;

/**
 * How quick and how heavy the pages of a real console are, once it has {@linkplain TwoYears two
 * years} of data. Which pages there are it learns from the console itself, which things they are of
 * by following links and searching, as people of every role.
 */
final class ConsolePages {
  private static final double P95_MS = 100;
  private static final double KILOBYTES = 300;

  /** Of pages of one kind, so many are asked in turn. */
  private static final int OF_A_KIND = 12;

  private static final OperatingSystemMXBean MACHINE =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  private static final int WARM_UP = 15;
  private static final String PASSWORD = "plum tractor eleven";
  private static final String BOARD = "board ";

  /** Between password and code: nobody here has a second factor. */
  private static final Set<String> NOT_ASKED = Set.of("/second-factor");

  private final Path folder;
  private final PrintStream out;
  private final PrintStream err;
  private final boolean json;
  private final int requests;

  /**
   * @param folder an empty one, for the console
   * @param out where the figures go
   * @param err where it goes what is wrong
   * @param json a line of JSON a page in place of the table
   * @param requests at each page
   */
  ConsolePages(Path folder, PrintStream out, PrintStream err, boolean json, int requests) {
    this.folder = folder;
    this.out = out;
    this.err = err;
    this.json = json;
    this.requests = requests;
  }

  /** One page of a kind, and somebody who may read it. */
  private record Ask(Reader reader, String path) {}

  /** Whether every page that the console has was found, and stayed within its limits. */
  boolean run() throws Exception {
    Path data = folder.resolve("console");
    List<NodePlan> nodes = nodes();
    try (RunningConsole empty = start(data)) {
      people(empty);
      for (NodePlan node : nodes) {
        empty.addNode(
            node,
            folder.resolve(node.site().value()),
            new NodeFile.Standing(0, node.place(), Duration.ofMillis(5120), Duration.ofSeconds(5)));
      }
    }
    String what =
        new TwoYears(Instant.now(), nodes, List.of("author-1", "author-2"), List.of("approver-1"))
            .write(data.resolve("console.db"));
    if (!json) {
      out.println("Two years: " + what);
    }
    try (RunningConsole console = start(data)) {
      return measure(console);
    }
  }

  private RunningConsole start(Path data) {
    return RunningConsole.start(
        data,
        0,
        List.of("--towncrier.broker.bind=mqtt://127.0.0.1:0"),
        List.of(
            "--logging.config=classpath:logback-bench.xml",
            "--towncrier.noticeboard.port=0",
            "--towncrier.noticeboard.url=https://check.example.gov.uk",
            "--towncrier.noticeboard.controller=North West Leicestershire District Council",
            "--towncrier.noticeboard.contact=01530 454704",
            "--towncrier.permitted-hours.start=00:00",
            "--towncrier.permitted-hours.end=00:00"));
  }

  private static List<NodePlan> nodes() {
    List<NodePlan> nodes = new ArrayList<>();
    Map<String, String> sites = new LinkedHashMap<>();
    sites.put("marlborough-square", "Marlborough Square, Coalville");
    sites.put("belvoir-road", "Belvoir Road, Coalville");
    sites.put("market-street", "Market Street, Ashby");
    sites.put("south-street", "South Street, Ashby");
    sites.put("donington-park", "Donington Park");
    for (Map.Entry<String, String> site : sites.entrySet()) {
      for (String node : List.of("north", "east", "south", "west")) {
        nodes.add(NodePlan.of(site.getKey(), site.getValue(), node, nodes.size() + 1));
      }
    }
    return nodes;
  }

  private static void people(RunningConsole console) {
    for (Role role : Role.values()) {
      String name = role.name().toLowerCase(Locale.ROOT).replace('_', '-');
      console.addPerson(name + "-1", role.title() + " One", role, PASSWORD);
    }
    console.addPerson("author-2", "Author Two", Role.AUTHOR, PASSWORD);
    // They were invited and have not come yet: no password to make, which takes its time.
    for (int n = 1; n <= 120; n++) {
      console
          .service(People.class)
          .add("colleague-" + n, "Colleague number " + n, Set.of(Role.EVALUATOR));
    }
  }

  private boolean measure(RunningConsole console) throws Exception {
    PageAddresses addresses = console.service(PageAddresses.class);
    Map<String, List<Ask>> pages = new TreeMap<>();
    Map<String, Long> bytes = new TreeMap<>();
    for (Role role : Role.values()) {
      Reader reader = new Reader(console.address());
      reader.signIn(role.name().toLowerCase(Locale.ROOT).replace('_', '-') + "-1", PASSWORD);
      walk(console.address(), reader, addresses, pages, bytes);
    }
    Reader stranger = new Reader(console.address());
    String link =
        "/set-password/"
            + console
                .service(People.class)
                .add("new-" + System.nanoTime(), "New Person", Set.of(Role.AUTHOR));
    walk(console.address(), stranger, addresses, pages, bytes, "/sign-in", link);
    String board = "http://127.0.0.1:" + console.service(BoardServer.class).port();
    walk(board, new Reader(board), null, pages, bytes, "/");
    return say(addresses, pages, bytes);
  }

  /** Finds pages that this reader may open, from the start and every fixed address. */
  private static void walk(
      String base,
      Reader reader,
      @Nullable PageAddresses addresses,
      Map<String, List<Ask>> pages,
      Map<String, Long> bytes,
      String... from)
      throws IOException, InterruptedException {
    Deque<String> ahead = new ArrayDeque<>(List.of(from));
    if (addresses != null && from.length == 0) {
      addresses.all().stream().filter(pattern -> !pattern.contains("{")).forEach(ahead::add);
    }
    FirstLoad load = new FirstLoad(reader, base);
    Map<String, Integer> found = new LinkedHashMap<>();
    Set<String> seen = new HashSet<>(ahead);
    while (!ahead.isEmpty()) {
      String path = ahead.remove();
      String kind = kind(path, addresses);
      if (found.getOrDefault(kind, 0) >= OF_A_KIND) {
        continue;
      }
      Reader.Answer answer = reader.get(path);
      if (answer.status() >= 500) {
        throw new IOException(path + " answered " + answer.status());
      }
      if (!answer.isPage()) {
        continue;
      }
      found.merge(kind, 1, Integer::sum);
      pages.computeIfAbsent(kind, k -> new ArrayList<>()).add(new Ask(reader, path));
      bytes.merge(kind, load.bytes(path, answer), Math::max);
      for (String next : links(answer.html(base + path))) {
        if (next.startsWith(base) && seen.add(next)) {
          ahead.add(next.substring(base.length()));
        }
      }
    }
  }

  private static String kind(String path, @Nullable PageAddresses addresses) {
    if (addresses != null) {
      return addresses.of(path).orElse(path);
    }
    return BOARD
        + path.replaceAll("[?#].*", "").replaceAll("^/(message|site|object)s?/.+", "/$1/{code}");
  }

  /** Links, and what comes of pressing a search form with a word in it. */
  private static List<String> links(Document html) {
    List<String> links = new ArrayList<>();
    for (Element link : html.select("a[href]")) {
      links.add(link.absUrl("href").replaceAll("#.*", ""));
    }
    for (FormElement form : html.select("form[method=get]").forms()) {
      form.select("input[type=search]").forEach(field -> field.val("square"));
      StringBuilder query = new StringBuilder(form.absUrl("action"));
      form.formData()
          .forEach(
              field ->
                  query
                      .append(query.indexOf("?") < 0 ? '?' : '&')
                      .append(field.key())
                      .append('=')
                      .append(URLEncoder.encode(field.value(), StandardCharsets.UTF_8)));
      links.add(query.toString());
    }
    return links;
  }

  private boolean say(
      PageAddresses addresses, Map<String, List<Ask>> pages, Map<String, Long> bytes)
      throws IOException, InterruptedException {
    boolean good = true;
    if (!json) {
      out.printf(
          "%-44s %8s %8s %8s %8s %8s%n", "page", "p50 ms", "p95 ms", "max ms", "CPU ms", "kB");
    }
    for (Map.Entry<String, List<Ask>> page : pages.entrySet()) {
      long cpuBefore = MACHINE.getProcessCpuTime();
      List<Long> nanos = nanos(page.getValue());
      double cpu = (MACHINE.getProcessCpuTime() - cpuBefore) / 1e6 / (requests + WARM_UP);
      double p95 = at(nanos, 0.95);
      double kb = bytes.getOrDefault(page.getKey(), 0L) / 1000.0;
      boolean within = p95 < P95_MS && kb <= KILOBYTES;
      good &= within;
      if (json) {
        out.printf(
            Locale.ROOT, "{\"page\":\"%s\",\"p95_ms\":%.1f,\"kb\":%.1f}%n", page.getKey(), p95, kb);
      } else {
        out.printf(
            Locale.ROOT,
            "%-44s %8.1f %8.1f %8.1f %8.1f %8.1f%s%n",
            page.getKey(),
            at(nanos, 0.5),
            p95,
            at(nanos, 1),
            cpu,
            kb,
            within ? "" : "  TOO MUCH");
      }
    }
    List<String> missed = missed(addresses.pages(), pages.keySet());
    if (!missed.isEmpty()) {
      err.println("Pages that nobody came to, so that they were not asked: " + missed);
      good = false;
    }
    if (!json) {
      out.printf(
          Locale.ROOT,
          "Each is asked %d times; p95 must be under %.0f ms, a first load %.0f kB at most. CPU is"
              + " the mean of a request, its asker's part included: on a busy machine the rest of"
              + " its time is waiting.%n",
          requests,
          P95_MS,
          KILOBYTES);
    }
    return good;
  }

  /** Pages that should have been asked, and were not. */
  static List<String> missed(List<String> all, Set<String> asked) {
    return all.stream()
        .filter(address -> !asked.contains(address) && !NOT_ASKED.contains(address))
        .toList();
  }

  private List<Long> nanos(List<Ask> asks) throws IOException, InterruptedException {
    List<Long> nanos = new ArrayList<>();
    for (int n = -WARM_UP; n < requests; n++) {
      Ask ask = asks.get(Math.floorMod(n, asks.size()));
      Reader.Answer answer = ask.reader().get(ask.path());
      if (!answer.isPage()) {
        throw new IOException(ask.path() + " answered " + answer.status());
      }
      if (n >= 0) {
        nanos.add(answer.nanos());
      }
    }
    Collections.sort(nanos);
    return nanos;
  }

  /** In milliseconds: that share of them took no longer. */
  private static double at(List<Long> sorted, double share) {
    return sorted.get(Math.max(0, (int) Math.ceil(share * sorted.size()) - 1)) / 1e6;
  }
}
