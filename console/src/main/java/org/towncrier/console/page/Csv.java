package org.towncrier.console.page;

import java.nio.charset.StandardCharsets;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/** A table for spreadsheets (RFC 4180). */
public final class Csv {
  private final StringBuilder table = new StringBuilder();

  /** Adds a row. */
  public Csv row(String... cells) {
    for (int i = 0; i < cells.length; i++) {
      table.append(i == 0 ? "" : ",").append(cell(cells[i]));
    }
    table.append("\r\n");
    return this;
  }

  /** As a file to keep. */
  public ResponseEntity<byte[]> download(String name) {
    return ResponseEntity.ok()
        .contentType(new MediaType("text", "csv", StandardCharsets.UTF_8))
        .header(
            HttpHeaders.CONTENT_DISPOSITION,
            ContentDisposition.attachment().filename(name).build().toString())
        .body(toString().getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public String toString() {
    return table.toString();
  }

  /** What a spreadsheet would take for a formula is made words again by an apostrophe. */
  private static String cell(String value) {
    boolean formula = !value.isEmpty() && "=+-@\t\r".indexOf(value.charAt(0)) >= 0;
    String safe = formula && !value.matches("-[0-9]+(\\.[0-9]+)?") ? "'" + value : value;
    return safe.matches("[^\",\r\n]*") ? safe : '"' + safe.replace("\"", "\"\"") + '"';
  }
}
