package org.towncrier.console.campaignfile;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.towncrier.console.campaign.Campaign;
import org.towncrier.console.input.InvalidInputException;
import org.towncrier.console.input.InvalidInputException.Problem;
import org.towncrier.console.message.Contact;
import org.towncrier.console.message.Draft;
import org.towncrier.console.message.MessageKind;
import org.towncrier.console.message.Target;
import org.towncrier.console.message.Wording;
import org.towncrier.console.writing.Language;
import org.towncrier.console.writing.Text;
import org.towncrier.protocol.CampaignId;
import org.towncrier.protocol.MessageId;
import org.towncrier.protocol.ScheduledMessage.Priority;
import org.towncrier.protocol.Window;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;
import tools.jackson.dataformat.yaml.YAMLWriteFeature;

/** Campaign files as text: YAML in, YAML out, the same again. */
final class CampaignYaml {
  private static final YAMLMapper YAML =
      YAMLMapper.builder()
          .disable(YAMLWriteFeature.WRITE_DOC_START_MARKER)
          .enable(YAMLWriteFeature.MINIMIZE_QUOTES)
          .enable(YAMLWriteFeature.LITERAL_BLOCK_STYLE)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();

  private static final Pattern TWICE = Pattern.compile("Duplicate Object property \"(.*)\"");

  private CampaignYaml() {}

  /**
   * Reads a file.
   *
   * @param zone where its times are local
   * @throws InvalidInputException with every problem and its path
   */
  static CampaignFile read(String text, ZoneId zone) {
    JsonNode tree;
    Lines lines;
    try {
      tree = YAML.readTree(text);
      lines = Lines.of(YAML.createParser(text));
    } catch (JacksonException notYaml) {
      throw new InvalidInputException("", words(notYaml));
    }
    if (tree.isMissingNode()) {
      throw new InvalidInputException("", "The file is empty");
    }
    List<Problem> problems = new ArrayList<>();
    YamlNode root = new YamlNode(tree, "", problems);
    CampaignId id = root.value("campaign", CampaignId::new);
    String title = root.text("title");
    String sender = root.text("sender");
    String contact = root.text("contact");
    LocalDate starts = root.value("starts", CampaignYaml::day);
    LocalDate ends = root.value("ends", CampaignYaml::day);
    List<CampaignFile.Message> messages = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    for (YamlNode node : root.nodes("messages")) {
      CampaignFile.Message message = message(node, starts, ends, zone);
      if (message != null && !ids.add(message.id().value())) {
        node.problem("id", "is used twice in this file");
      }
      if (message != null) {
        messages.add(message);
      }
    }
    root.done();
    if (!problems.isEmpty() || id == null || starts == null || ends == null) {
      throw lines.in(problems);
    }
    return new CampaignFile(
        new Campaign(id, title, sender, contact, starts, ends), messages, lines);
  }

  /** Without the lines that it quotes and points into: a browser would set them crooked. */
  private static String words(JacksonException notYaml) {
    String words =
        notYaml
            .getOriginalMessage()
            .lines()
            .filter(line -> !line.isBlank() && !line.startsWith(" "))
            .collect(Collectors.joining(", "));
    words = plain(words);
    TokenStreamLocation at = notYaml.getLocation();
    // What is too deep or too long has no place.
    return at == null
        ? words
        : "%s (line %d, column %d)".formatted(words, at.getLineNr(), at.getColumnNr());
  }

  /** The parser's words, put plainly where we know the mistake. */
  private static String plain(String words) {
    Matcher twice = TWICE.matcher(words);
    if (twice.find()) {
      return "The key \"%s\" stands twice where it may stand once".formatted(twice.group(1));
    }
    if (words.contains("flow sequence")) {
      return "A list that begins with [ lacks a comma or its closing ]";
    }
    if (words.contains("flow mapping")) {
      return "What begins with { lacks a comma or its closing }";
    }
    if (words.contains("flow node")) {
      return "After [ or { something is missing: a value, or what closes it";
    }
    return "This is not YAML: " + words;
  }

  private static CampaignFile.@Nullable Message message(
      YamlNode node, @Nullable LocalDate starts, @Nullable LocalDate ends, ZoneId zone) {
    MessageId id = node.value("id", MessageId::new);
    String title = node.text("title");
    MessageKind kind =
        node.value("kind", text -> choice(MessageKind.class, text), MessageKind.TEXT);
    Priority priority =
        node.value("priority", text -> choice(Priority.class, text), Priority.NORMAL);
    List<Wording> wordings = new ArrayList<>();
    wordings.add(wording(node, kind));
    for (YamlNode other : node.nodes("otherWordings")) {
      wordings.add(wording(other, kind));
      other.done();
    }
    if (wordings.size() > Draft.MOST_WORDINGS) {
      node.problem(
          "otherWordings",
          "a message has %d wordings at most, not %d"
              .formatted(Draft.MOST_WORDINGS, wordings.size()));
    }
    List<Target> targets = new ArrayList<>();
    for (String place : node.texts("places")) {
      try {
        targets.add(Target.parse(place));
      } catch (IllegalArgumentException wrong) {
        node.problem("places", String.valueOf(wrong.getMessage()));
      }
    }
    List<Window> windows = new ArrayList<>();
    for (YamlNode window : node.nodes("windows")) {
      Window read = window(window, starts, ends, zone);
      if (read != null) {
        windows.add(read);
      }
    }
    node.done();
    return id == null || kind == null || priority == null || wordings.size() > Draft.MOST_WORDINGS
        ? null
        : new CampaignFile.Message(
            id, new Draft(title, kind, wordings, priority, targets, windows));
  }

  /** One wording: a message's first stands in the message itself. */
  private static Wording wording(YamlNode node, @Nullable MessageKind kind) {
    List<Text> texts = new ArrayList<>();
    if (node.has("texts")) {
      for (YamlNode text : node.nodes("texts")) {
        Language language = text.value("language", Language::new);
        String words = text.text("words");
        text.done();
        if (language != null) {
          texts.add(new Text(language, words));
        }
      }
    } else {
      String words =
          kind == MessageKind.TEXT ? node.text("text") : node.optionalText("text").orElse("");
      Language language = node.value("language", Language::new, Language.ENGLISH);
      texts.add(new Text(language == null ? Language.ENGLISH : language, words));
    }
    Contact contact = kind == MessageKind.VCARD ? contact(node.child("card")) : null;
    byte[] image =
        kind == MessageKind.IMAGE ? node.value("image", Base64.getDecoder()::decode) : null;
    return new Wording(node.text("object"), texts, contact, image);
  }

  private static Contact contact(YamlNode node) {
    String name = node.text("name");
    String organisation = node.text("organisation");
    List<Contact.Number> numbers = new ArrayList<>();
    for (YamlNode number : node.nodes("numbers")) {
      numbers.add(new Contact.Number(number.text("label"), number.text("dial")));
      number.done();
    }
    node.done();
    return new Contact(name, organisation, numbers);
  }

  private static LocalDate day(String text) {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeParseException none) {
      throw new IllegalArgumentException("is not a day such as 2026-12-24", none);
    }
  }

  private static LocalTime time(String text) {
    try {
      return LocalTime.parse(text);
    } catch (DateTimeParseException none) {
      throw new IllegalArgumentException("is not a time such as \"23:30\"", none);
    }
  }

  private static @Nullable Window window(
      YamlNode node, @Nullable LocalDate starts, @Nullable LocalDate ends, ZoneId zone) {
    LocalDate from = node.value("from", CampaignYaml::day, starts);
    LocalDate to = node.value("to", CampaignYaml::day, ends);
    Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
    for (String day : node.texts("days")) {
      try {
        days.add(choice(DayOfWeek.class, day));
      } catch (IllegalArgumentException wrong) {
        node.problem("days", String.valueOf(wrong.getMessage()));
      }
    }
    LocalTime start = node.value("start", CampaignYaml::time);
    LocalTime end = node.value("end", CampaignYaml::time);
    if (days.isEmpty()) {
      node.problem("days", "needs at least one day of the week");
    }
    node.done();
    if (from == null || to == null || days.isEmpty() || start == null || end == null) {
      return null;
    }
    if (to.isBefore(from)) {
      node.problem("to", "is before from");
      return null;
    }
    return new Window(from, to, days, start, end, zone);
  }

  private static <E extends Enum<E>> E choice(Class<E> type, String text) {
    for (E constant : type.getEnumConstants()) {
      if (constant.name().equalsIgnoreCase(text.strip())) {
        return constant;
      }
    }
    throw new IllegalArgumentException(
        "\"%s\" is not one of %s"
            .formatted(text, List.of(type.getEnumConstants()).toString().toLowerCase(Locale.ROOT)));
  }

  /** Writes a file that {@link #read} reads back the same. */
  static String write(CampaignFile file) {
    Map<String, Object> root = new LinkedHashMap<>();
    Campaign campaign = file.campaign();
    root.put("campaign", campaign.id().value());
    root.put("title", campaign.title());
    root.put("sender", campaign.sender());
    root.put("contact", campaign.contact());
    root.put("starts", campaign.startsOn().toString());
    root.put("ends", campaign.endsOn().toString());
    root.put("messages", file.messages().stream().map(CampaignYaml::fields).toList());
    return YAML.writeValueAsString(root);
  }

  private static Map<String, Object> fields(CampaignFile.Message message) {
    Draft draft = message.draft();
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("id", message.id().value());
    fields.put("title", draft.title());
    fields.put("kind", lower(draft.kind()));
    fields.put("priority", lower(draft.priority()));
    fields.putAll(fields(draft.first()));
    if (draft.wordings().size() > 1) {
      fields.put(
          "otherWordings", draft.wordings().stream().skip(1).map(CampaignYaml::fields).toList());
    }
    fields.put("places", draft.targets().stream().map(Target::toString).toList());
    fields.put("windows", draft.windows().stream().map(CampaignYaml::fields).toList());
    return fields;
  }

  private static Map<String, Object> fields(Wording wording) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("object", wording.fileName());
    if (wording.texts().size() > 1) {
      fields.put("texts", wording.texts().stream().map(CampaignYaml::fields).toList());
    } else if (!wording.words().isEmpty()) {
      fields.put("text", wording.words());
    }
    if (wording.texts().size() == 1
        && !wording.texts().get(0).language().equals(Language.ENGLISH)) {
      fields.put("language", wording.texts().get(0).language().tag());
    }
    Contact contact = wording.contact();
    if (contact != null) {
      Map<String, Object> card = new LinkedHashMap<>();
      card.put("name", contact.name());
      card.put("organisation", contact.organisation());
      card.put(
          "numbers",
          contact.numbers().stream()
              .map(
                  number -> {
                    Map<String, String> one = new LinkedHashMap<>();
                    one.put("label", number.label());
                    one.put("dial", number.dial());
                    return one;
                  })
              .toList());
      fields.put("card", card);
    }
    byte[] image = wording.image();
    if (image != null) {
      fields.put("image", Base64.getEncoder().encodeToString(image));
    }
    return fields;
  }

  private static Map<String, Object> fields(Text text) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("language", text.language().tag());
    fields.put("words", text.words());
    return fields;
  }

  private static Map<String, Object> fields(Window window) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("from", window.from().toString());
    fields.put("to", window.to().toString());
    fields.put("days", window.days().stream().map(CampaignYaml::lower).toList());
    fields.put("start", window.start().toString());
    fields.put("end", window.end().toString());
    return fields;
  }

  private static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
