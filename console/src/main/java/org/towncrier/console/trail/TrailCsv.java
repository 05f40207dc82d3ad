package org.towncrier.console.trail;

import java.util.List;
import org.towncrier.console.audit.AuditTrail;
import org.towncrier.console.page.Csv;
import org.towncrier.console.page.LocalTimes;

/** The trail as a table for spreadsheets (RFC 4180). */
public final class TrailCsv {
  private TrailCsv() {}

  /**
   * @param entries in the order of the table
   * @param times how moments are said locally
   */
  public static Csv write(List<AuditTrail.Entry> entries, LocalTimes times) {
    Csv csv = new Csv().row("at_utc", "who", "what", "subject", "detail", "via", "at_local");
    for (AuditTrail.Entry entry : entries) {
      csv.row(
          entry.at().toString(),
          entry.who(),
          entry.what(),
          entry.subject(),
          entry.detail(),
          entry.via(),
          times.iso(entry.at()));
    }
    return csv;
  }
}
