package org.towncrier.console.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.towncrier.console.TestConsole;
import org.towncrier.console.api.ApiClient.Answer;
import org.towncrier.console.token.Scope;

/** What is sent wrong to campaigns, events, weeks, places and figures, and what is said of it. */
class ApiBadInputTest {
  private static final String CAMPAIGN =
      "'title':'T','sender':'S','contact':'C','starts':'2027-03-01','ends':'2027-05-01'";
  private static final String EVENT = "'name':'Fair','first':'2090-03-01','last':'2090-03-02'";

  @TempDir static Path data;
  static ApiTown town;
  static ApiClient api;
  static String ann;
  static String admin;
  static String eve;

  @BeforeAll
  static void start() {
    town = new ApiTown(new TestConsole(data));
    api = town.api;
    town.campaign("safer", "Home safe");
    ann =
        town.token(
            "ann",
            Scope.CAMPAIGNS_READ,
            Scope.CAMPAIGNS_WRITE,
            Scope.MESSAGES_READ,
            Scope.MESSAGES_WRITE,
            Scope.PLAN_READ,
            Scope.PLAN_WRITE);
    admin = town.token("admin", Scope.NODES_READ, Scope.NODES_WRITE, Scope.NODES_TAKE_OUT);
    eve = town.token("eve", Scope.EVALUATION_READ);
  }

  @AfterAll
  static void stop() {
    town.console.close();
  }

  /** A body of which some parts are other ones, or none. */
  private static String body(String good, String... others) {
    String body = good;
    for (String other : others) {
      String field = other.substring(0, other.indexOf(':'));
      body = body.replaceAll(field + ":('[^']*'|[0-9]+),?", "");
      String value = other.substring(other.indexOf(':') + 1);
      body = value.isEmpty() ? body : body + "," + other;
    }
    return ("{" + body + "}")
        .replaceAll("\\{,+", "{")
        .replaceAll(",+}", "}")
        .replaceAll(",+", ",")
        .replace('\'', '"');
  }

  private static void isRefused(Answer answer, int status, String fields) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(status);
    assertThat(String.join(",", answer.wrong())).isEqualTo(fields == null ? "" : fields);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "'title':        | 422 | title",
        "'title':' '     | 422 | title",
        "'title':81      | 422 | title",
        "'sender':''     | 422 | sender",
        "'sender':161    | 422 | sender",
        "'sender':'a\\nb' | 422 | sender",
        "'contact':161   | 422 | contact",
        "'starts':'soon' | 400 | starts",
        "'starts':'1999-12-31' | 422 | starts",
        "'ends':'+999999999-12-31' | 422 | ends",
        "'ends':'2027-02-28' | 422 | ends",
        "'ends':'2027-06-01' | 422 | ends",
        "'id':'mine'     | 400 | id"
      })
  void a_campaign_is_refused_by_its_fields(String other, int status, String fields) {
    String sent = longer(other);
    int before = api.get(ann, "/campaigns").json().path("items").size();
    isRefused(api.post(ann, "/campaigns", body(CAMPAIGN, sent)), status, fields);
    if (!sent.startsWith("'id'")) {
      isRefused(
          api.put(ann, "/campaigns/safer", body(CAMPAIGN + ",'edit':1", sent)), status, fields);
    }
    assertThat(api.get(ann, "/campaigns").json().path("items").size()).isEqualTo(before);
    assertThat(api.get(ann, "/campaigns/safer").json().path("edit").asInt()).isEqualTo(1);
  }

  /** A number alone stands for that many letters. */
  private static String longer(String other) {
    return other.matches(".*:[0-9]+")
        ? other.replaceAll(
            "[0-9]+", "'" + "x".repeat(Integer.parseInt(other.replaceAll("[^0-9]", ""))) + "'")
        : other;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "'texts':3                                   | 400 | texts",
        "'texts':                                    | 422 | texts",
        "'texts':[]                                  | 422 | texts[0].text",
        "'texts':[{'language':'en','text':' '}]      | 422 | texts[0].text",
        "'texts':[{'text':'x'}]                      | 422 | texts[0].language",
        "'texts':[{'language':'tlh-!','text':'x'}]   | 422 | texts[0].language",
        "'texts':[EN,{'language':'pl','text':''}]    | 422 | texts[1].text",
        "'texts':[EN,EN]                             | 422 | texts[1].language",
        "'texts':[EN,{'language':'pl','text':'\\u0001'}] | 422 | texts[1].text",
        "'title':''                                  | 422 | title",
        "'campaign':'none'                           | 422 | campaign",
        "'places':[]                                 | 422 | places",
        "'places':['N.O']                            | 422 | places[0]",
        "'hours':3                                   | 422 | hours",
        "'text':'x'                                  | 400 | text"
      })
  void an_urgent_message_is_refused_by_its_fields(String other, int status, String fields) {
    Map<String, String> sent = new LinkedHashMap<>();
    sent.put("campaign", "'safer'");
    sent.put("title", "'Gas leak'");
    sent.put("texts", "[EN]");
    sent.put("places", "['square']");
    sent.put("hours", "2");
    String[] parts = other.split(":", 2);
    sent.put(parts[0].replace("'", ""), parts[1].isBlank() ? "null" : parts[1]);
    String body =
        sent.entrySet().stream()
            .map(field -> "'" + field.getKey() + "':" + field.getValue())
            .collect(Collectors.joining(",", "{", "}"))
            .replace("EN", "{'language':'en','text':'Leave'}")
            .replace('\'', '"');
    isRefused(api.post(ann, "/urgent-messages", body), status, fields);
    assertThat(api.get(ann, "/messages?words=Gas").json().path("items").size()).isZero();
  }

  @Test
  void an_urgent_message_lies_within_its_campaign() {
    Answer later =
        api.post(
            ann,
            "/campaigns",
            body(
                CAMPAIGN,
                "'sender':'The community safety team'",
                "'contact':'Objections: 01530 454704'",
                "'starts':'2090-03-01'",
                "'ends':'2090-05-01'"));
    String campaign = later.json().path("id").asString();
    isRefused(
        api.post(
            ann,
            "/urgent-messages",
            ("{'campaign':'"
                    + campaign
                    + "','title':'Gas leak','texts':[{'language':'en','text':'Leave'}],"
                    + "'places':['square'],'hours':2}")
                .replace('\'', '"')),
        422,
        "campaign");
  }

  @Test
  void a_campaign_that_is_not_there_or_was_changed_since_is_not_changed() {
    isRefused(api.put(ann, "/campaigns/none", body(CAMPAIGN + ",'edit':1")), 404, "");
    isRefused(api.put(ann, "/campaigns/NO!", body(CAMPAIGN + ",'edit':1")), 404, "");
    isRefused(api.put(ann, "/campaigns/safer", body(CAMPAIGN)), 422, "edit");
    isRefused(api.put(ann, "/campaigns/safer", body(CAMPAIGN + ",'edit':7")), 409, "");
    isRefused(api.put(ann, "/campaigns/safer", body(CAMPAIGN + ",'edit':1")), 422, "starts");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "'name':       | 422 | name",
        "'name':' '    | 422 | name",
        "'name':81     | 422 | name",
        "'first':      | 422 | first",
        "'first':'x'   | 400 | first",
        "'first':'3000-01-01' | 422 | first",
        "'first':'-999999999-01-01' | 422 | first",
        "'last':'2090-02-28'  | 422 | last",
        "'last':'2090-04-01'  | 422 | last",
        "'colour':'red' | 400 | colour"
      })
  void an_event_is_refused_by_its_fields(String other, int status, String fields) {
    String sent = longer(other);
    isRefused(api.post(ann, "/plan/events", body(EVENT, sent)), status, fields);
    String id = api.post(ann, "/plan/events", body(EVENT)).json().path("id").asString();
    try {
      isRefused(api.put(ann, "/plan/events/" + id, body(EVENT, sent)), status, fields);
      assertThat(api.get(ann, "/plan/events/" + id).json().path("name").asString())
          .isEqualTo("Fair");
    } finally {
      api.call(ann, "DELETE", "/plan/events/" + id, null, null);
    }
  }

  @Test
  void an_event_that_is_over_is_not_added_and_one_of_31_days_is() {
    isRefused(
        api.post(ann, "/plan/events", body(EVENT, "'first':'2020-03-01'", "'last':'2020-03-02'")),
        422,
        "last");
    Answer month = api.post(ann, "/plan/events", body(EVENT, "'last':'2090-03-31'"));
    assertThat(month.status()).isEqualTo(201);
    api.call(ann, "DELETE", "/plan/events/" + month.json().path("id").asString(), null, null);
  }

  @Test
  void what_is_not_there_is_404_whatever_its_name() {
    for (String id : List.of("99", "x", "-1", "9".repeat(30))) {
      isRefused(api.get(ann, "/plan/events/" + id), 404, "");
      isRefused(api.put(ann, "/plan/events/" + id, body(EVENT)), 404, "");
      isRefused(api.call(ann, "DELETE", "/plan/events/" + id, null, null), 404, "");
    }
    String place = "{\"latitude\":1,\"longitude\":1}";
    for (String path : List.of("/nodes/square/none", "/nodes/x/y", "/sites/none", "/sites/N.O")) {
      isRefused(api.put(admin, path + "/position", place), 404, "");
      isRefused(api.call(admin, "DELETE", path + "/position", null, null), 404, "");
    }
    for (String step : List.of("take-out", "keep", "take-out-at-once")) {
      isRefused(api.post(admin, "/nodes/square/none/" + step, null), 404, "");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "{}                                | 422 | latitude,longitude",
        "{'latitude':1}                    | 422 | longitude",
        "{'latitude':null,'longitude':1}   | 422 | latitude",
        "{'latitude':90.1,'longitude':-181} | 422 | latitude,longitude",
        "{'latitude':1e999,'longitude':1}  | 422 | latitude",
        "{'latitude':'north','longitude':1} | 400 | latitude",
        "{'latitude':1,'longitude':1,'height':2} | 400 | height",
        "[]                                | 400 |"
      })
  void a_place_that_is_none_is_refused_by_its_fields(String sent, int status, String fields) {
    for (String path : List.of("/nodes/square/square-north", "/sites/square")) {
      isRefused(api.put(admin, path + "/position", sent.replace('\'', '"')), status, fields);
      assertThat(api.get(admin, path).json().path("position").isNull()).isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "{'edit':1}                      | 422 | week",
        "{'week':'2026-11-27'}           | 422 | edit",
        "{'edit':1,'week':'next'}        | 400 | week",
        "{'edit':1,'week':'1999-01-01'}  | 422 | week",
        "{'edit':1,'week':'2026-11-27'}  | 422 | week"
      })
  void a_week_that_can_t_be_copied_is_refused(String sent, int status, String fields) {
    isRefused(
        api.post(ann, "/messages/safer-0/copy-week", sent.replace('\'', '"')), status, fields);
    isRefused(
        api.post(ann, "/messages/none/copy-week", "{\"edit\":1,\"week\":\"2026-11-27\"}"), 404, "");
  }

  @ParameterizedTest
  @CsvSource({
    "/plan/copy,400,week",
    "/plan/copy?week=x,400,week",
    "/plan/copy?week=3000-01-01,422,week"
  })
  void a_week_to_look_at_must_be_one(String path, int status, String field) {
    isRefused(api.get(ann, path), status, field);
  }

  @ParameterizedTest
  @CsvSource({
    "from=2026-11-01,400,to",
    "to=2026-11-01,400,from",
    "from=x&to=2026-11-01,400,from",
    "from=2026-11-02&to=2026-11-01,422,to",
    "from=2026-11-01&to=2026-12-02,422,to",
    "from=1999-11-01&to=2026-12-02,422,from",
    "from=2026-11-01&to=3000-01-01,422,to",
    "from=2026-11-01&to=2026-11-02&figures=ALL,400,figures"
  })
  void nights_that_can_t_be_asked_for_are_refused(String query, int status, String field) {
    isRefused(api.get(eve, "/evaluation/nights?" + query), status, field);
    isRefused(api.get(eve, "/evaluation/nights.csv?" + query), status, field);
  }

  @Test
  void who_has_a_neighbouring_scope_alone_does_none_of_it() {
    String reads = town.token("ann", Scope.CAMPAIGNS_READ, Scope.MESSAGES_READ, Scope.PLAN_READ);
    isRefused(api.post(reads, "/campaigns", body(CAMPAIGN)), 403, "");
    isRefused(api.put(reads, "/campaigns/safer", body(CAMPAIGN + ",'edit':1")), 403, "");
    isRefused(api.post(reads, "/plan/events", body(EVENT)), 403, "");
    isRefused(
        api.post(reads, "/messages/safer-0/copy-week", "{\"edit\":1,\"week\":\"2026-11-27\"}"),
        403,
        "");
    String writesNodes = town.token("admin", Scope.NODES_READ, Scope.NODES_WRITE);
    for (String step : List.of("take-out", "keep", "take-out-at-once")) {
      isRefused(api.post(writesNodes, "/nodes/square/square-north/" + step, null), 403, "");
    }
    isRefused(api.get(reads, "/evaluation/nights?from=2026-11-01&to=2026-11-02"), 403, "");
    isRefused(api.get(reads, "/evaluation/wordings"), 403, "");
  }

  @Test
  void who_speaks_stays_here_too_once_a_second_person_has_read_it() {
    town.campaign("read", "Waits");
    api.post(ann, "/messages/read-0/submit", null);
    String days =
        town.console
            .bean(JdbcClient.class)
            .sql(
                "SELECT '\"starts\":\"' || starts_on || '\",\"ends\":\"' || ends_on || '\"'"
                    + " FROM campaign WHERE id = 'read'")
            .query(String.class)
            .single();
    String other =
        "{\"edit\":1,\"title\":\"T\",\"sender\":\"A shop\",\"contact\":\"C\"," + days + "}";
    isRefused(api.put(ann, "/campaigns/read", other), 422, "title");
  }
}
