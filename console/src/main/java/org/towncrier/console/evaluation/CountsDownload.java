package org.towncrier.console.evaluation;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.towncrier.console.page.LocalTimes;

/** Every exact count as a file, row by row: as one text it would not fit into the memory. */
@Component
public class CountsDownload {
  private final EvaluationQuery query;
  private final LocalTimes times;

  CountsDownload(EvaluationQuery query, LocalTimes times) {
    this.query = query;
    this.times = times;
  }

  /** Answers with it. */
  public void write(HttpServletResponse response) throws IOException {
    response.setContentType("text/csv;charset=UTF-8");
    response.setHeader(
        HttpHeaders.CONTENT_DISPOSITION,
        ContentDisposition.attachment().filename("towncrier-counts.csv").build().toString());
    response.setCharacterEncoding(StandardCharsets.UTF_8.name());
    try (Writer out = response.getWriter()) {
      out.write(CountsCsv.head());
      query.each(
          count -> {
            try {
              out.write(CountsCsv.row(count, times));
            } catch (IOException gone) {
              throw new UncheckedIOException(gone);
            }
          });
    } catch (UncheckedIOException gone) {
      throw gone.getCause();
    }
  }
}
