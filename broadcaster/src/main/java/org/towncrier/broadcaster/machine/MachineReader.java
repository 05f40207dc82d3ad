package org.towncrier.broadcaster.machine;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.towncrier.broadcaster.machine.MachineFacts.Block;

/** Reads how this machine is from the files in which Linux says so. Needs no rights. */
final class MachineReader {
  /** A folder that BlueZ names after a device. */
  private static final Pattern DEVICE = Pattern.compile("([0-9A-F]{2}:){5}[0-9A-F]{2}");

  private static final Pattern CORE_LIMIT =
      Pattern.compile("^Max core file size\\s+(\\S+)", Pattern.MULTILINE);

  private final Path root;
  private final List<String> javaFlags;

  /**
   * @param root where the machine's file system begins
   * @param javaFlags what this Java was started with
   */
  MachineReader(Path root, List<String> javaFlags) {
    this.root = root;
    this.javaFlags = List.copyOf(javaFlags);
  }

  MachineFacts read() {
    String status = text("proc/self/status");
    return new MachineFacts(
        text("proc/device-tree/model").replace("\0", "").strip(),
        text("proc/sys/kernel/osrelease").strip(),
        text("proc/sys/kernel/version").strip(),
        package_("bluez"),
        runs("bluetoothd"),
        remembered(),
        Long.parseUnsignedLong(field(status, "CapEff").orElse("0"), 16),
        // Real, effective, saved, file system: the second.
        field(status, "Uid").map(ids -> ids.split("\\s+")[1].equals("0")).orElse(false),
        blocks(),
        swaps(),
        keptFromSwap(),
        coreDumps(),
        javaDumps());
  }

  private static Optional<String> field(String status, String name) {
    return status
        .lines()
        .filter(line -> line.startsWith(name + ":"))
        .map(line -> line.substring(name.length() + 1).strip())
        .findFirst();
  }

  /** The version of an installed package, from dpkg's own list. */
  private Optional<String> package_(String name) {
    for (String entry : text("var/lib/dpkg/status").split("\n\n")) {
      if (entry.startsWith("Package: " + name + "\n")
          && field(entry, "Status").orElse("").endsWith(" installed")) {
        return field(entry, "Version");
      }
    }
    return Optional.empty();
  }

  private boolean runs(String program) {
    return list("proc").stream()
        .filter(process -> process.getFileName().toString().matches("\\d+"))
        .anyMatch(process -> text(process.resolve("comm")).strip().equals(program));
  }

  /** Devices lie in folders of their own below an adapter's, or in its folder "cache". */
  private OptionalInt remembered() {
    Path cache = root.resolve("var/lib/bluetooth");
    if (!Files.exists(cache)) {
      return OptionalInt.of(0);
    }
    if (!Files.isReadable(cache) || !Files.isExecutable(cache)) {
      return OptionalInt.empty();
    }
    long devices = 0;
    for (Path adapter : list("var/lib/bluetooth")) {
      devices +=
          Stream.concat(list(adapter).stream(), list(adapter.resolve("cache")).stream())
              .filter(one -> DEVICE.matcher(one.getFileName().toString()).matches())
              .count();
    }
    return OptionalInt.of((int) devices);
  }

  private List<Block> blocks() {
    List<Block> blocks = new ArrayList<>();
    for (Path one : list("sys/class/rfkill")) {
      if (text(one.resolve("type")).strip().equals("bluetooth")) {
        blocks.add(
            new Block(
                text(one.resolve("name")).strip(),
                text(one.resolve("soft")).strip().equals("1"),
                text(one.resolve("hard")).strip().equals("1")));
      }
    }
    return blocks;
  }

  /** Memory that is compressed into memory (zram) is no disk, unless it has one behind it. */
  private List<String> swaps() {
    return text("proc/swaps")
        .lines()
        .skip(1)
        .map(line -> line.split("\\s+")[0])
        .filter(name -> !name.isEmpty())
        .filter(
            name -> {
              String behind =
                  text("sys/block/" + name.replaceFirst("^/dev/", "") + "/backing_dev").strip();
              return !(name.startsWith("/dev/zram") && (behind.isEmpty() || behind.equals("none")));
            })
        .toList();
  }

  /**
   * Whether the service manager's limit on this service's swap is nought, and the kernel has it.
   */
  private boolean keptFromSwap() {
    return text("proc/self/cgroup")
        .lines()
        .filter(line -> line.startsWith("0::/"))
        .map(line -> text("sys/fs/cgroup/" + line.substring(4) + "/memory.swap.max").strip())
        .anyMatch("0"::equals);
  }

  /**
   * By the limit alone: with it at nought, systemd-coredump stores nothing either. A limit that
   * can't be read may be any.
   */
  private boolean coreDumps() {
    Matcher limit = CORE_LIMIT.matcher(text("proc/self/limits"));
    return !limit.find() || !limit.group(1).equals("0");
  }

  private List<String> javaDumps() {
    List<String> dumps = new ArrayList<>();
    // What comes last on the command line holds.
    String heapDump = last("HeapDumpOnOutOfMemoryError");
    if (heapDump.startsWith("-XX:+")) {
      dumps.add("a heap dump");
    }
    if (!last("ErrorFile").equals("-XX:ErrorFile=/dev/null")) {
      dumps.add("a report of a crash (hs_err)");
    }
    return dumps;
  }

  private String last(String flag) {
    Pattern wanted = Pattern.compile("-XX:[+-]?" + flag + "(=.*)?");
    return javaFlags.stream()
        .filter(given -> wanted.matcher(given).matches())
        .reduce("", (before, after) -> after);
  }

  private List<Path> list(String folder) {
    return list(root.resolve(folder));
  }

  private static List<Path> list(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    } catch (IOException absentOrForbidden) {
      return List.of();
    }
  }

  private String text(String file) {
    return text(root.resolve(file));
  }

  /** What a file says; nothing when it isn't there: processes end while they are looked at. */
  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (MalformedInputException notText) {
      return "";
    } catch (IOException absentOrForbidden) {
      return "";
    }
  }
}
