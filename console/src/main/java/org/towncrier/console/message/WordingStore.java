package org.towncrier.console.message;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.towncrier.console.writing.Language;
import org.towncrier.console.writing.Text;
import org.towncrier.protocol.MessageId;
import org.towncrier.protocol.VariantId;
import tools.jackson.databind.json.JsonMapper;

/** The rows of wordings and their languages. */
class WordingStore {
  private final JdbcClient db;
  private final JsonMapper json = new JsonMapper();

  WordingStore(JdbcClient db) {
    this.db = db;
  }

  /** All wordings of a version, in their order. */
  List<Wording> of(MessageId message, int number) {
    Map<Integer, List<Text>> texts = new LinkedHashMap<>();
    db.sql(
            "SELECT place, language, words FROM wording_text WHERE message = ? AND number = ?"
                + " ORDER BY place, position")
        .params(message.value(), number)
        .query(
            row -> {
              texts
                  .computeIfAbsent(row.getInt("place"), place -> new ArrayList<>())
                  .add(new Text(new Language(row.getString("language")), row.getString("words")));
            });
    return db.sql(
            "SELECT place, file_name, contact, image FROM version_wording"
                + " WHERE message = ? AND number = ? ORDER BY place")
        .params(message.value(), number)
        .query(
            (row, n) ->
                new Wording(
                    row.getString("file_name"),
                    texts.getOrDefault(row.getInt("place"), List.of()),
                    contact(row.getString("contact")),
                    row.getBytes("image")))
        .list();
  }

  /** Those of a new version. */
  void insert(MessageId message, int number, Draft draft) {
    List<VariantId> variants = Variants.of(draft);
    for (int place = 1; place <= draft.wordings().size(); place++) {
      Wording wording = draft.wordings().get(place - 1);
      db.sql(
              """
              INSERT INTO version_wording
                (message, number, place, variant, file_name, contact, image)
              VALUES (?, ?, ?, ?, ?, ?, ?)
              """)
          .params(
              Arrays.asList(
                  message.value(),
                  number,
                  place,
                  variants.isEmpty() ? null : variants.get(place - 1).value(),
                  wording.fileName(),
                  written(wording.contact()),
                  wording.image()))
          .update();
      for (int position = 1; position <= wording.texts().size(); position++) {
        Text text = wording.texts().get(position - 1);
        db.sql(
                """
                INSERT INTO wording_text (message, number, place, position, language, words)
                VALUES (?, ?, ?, ?, ?, ?)
                """)
            .params(message.value(), number, place, position, text.language().tag(), text.words())
            .update();
      }
    }
  }

  /** Those of a draft that was changed: what it said before is not kept. */
  void rewrite(MessageId message, int number, Draft draft) {
    db.sql("DELETE FROM version_wording WHERE message = ? AND number = ?")
        .params(message.value(), number)
        .update();
    insert(message, number, draft);
  }

  private @Nullable String written(@Nullable Contact contact) {
    return contact == null ? null : json.writeValueAsString(contact);
  }

  private @Nullable Contact contact(@Nullable String written) {
    return written == null ? null : json.readValue(written, Contact.class);
  }
}
