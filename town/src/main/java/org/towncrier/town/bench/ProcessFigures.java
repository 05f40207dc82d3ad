package org.towncrier.town.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What Linux says of a process. */
final class ProcessFigures {
  /** USER_HZ, the unit of /proc/PID/stat: 100 on every Linux that Java runs on. */
  private static final int TICKS_PER_SECOND = 100;

  private final Path folder;

  ProcessFigures(long pid) {
    this.folder = Path.of("/proc", Long.toString(pid));
  }

  /** Resident memory in KiB: what it is now, or was at most. */
  long kibibytes(boolean most) throws IOException {
    String key = most ? "VmHWM:" : "VmRSS:";
    List<String> lines = Files.readAllLines(folder.resolve("status"));
    return lines.stream()
        .filter(line -> line.startsWith(key))
        .map(line -> line.replaceAll("[^0-9]", ""))
        .mapToLong(Long::parseLong)
        .findFirst()
        .orElseThrow(() -> new IOException("The process has ended"));
  }

  /** CPU it has used so far, in seconds. */
  double cpuSeconds() throws IOException {
    String stat = Files.readString(folder.resolve("stat"));
    // The second field is a name in brackets, which may hold spaces.
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / (double) TICKS_PER_SECOND;
  }
}
