package org.towncrier.hardware.rig;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a radio left behind in this process: its threads, and its sockets in the kernel. */
final class Leftovers {
  private static final Pattern THREADS =
      Pattern.compile("(radio|BlueCove|DeviceInq|SearchServ|bluez).*", Pattern.CASE_INSENSITIVE);
  private static final Pattern SOCKET = Pattern.compile("socket:\\[(\\d+)]");

  /** The column of a socket's inode in the kernel's lists of Bluetooth sockets. */
  private static final int INODE = 5;

  private Leftovers() {}

  /** In words; nothing if nothing was left. */
  static List<String> ofThisProcess() throws IOException {
    List<String> left = new ArrayList<>();
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      // Shutdown is BlueCove's own, one a process: it waits for the process to end.
      if (THREADS.matcher(thread.getName()).matches()
          && !thread.getName().equals("BluecoveAsynchronousShutdownThread")) {
        left.add("thread " + thread.getName());
      }
    }
    Set<String> ours = sockets();
    for (String kind : List.of("hci", "l2cap", "rfcomm")) {
      for (String line : Files.readAllLines(Path.of("/proc/net", kind))) {
        String[] columns = line.trim().split("\\s+");
        if (columns.length > INODE && ours.contains(columns[INODE])) {
          left.add("a socket of " + kind);
        }
      }
    }
    return left;
  }

  /** How many files this process has open. */
  static int descriptors() throws IOException {
    int count = 0;
    try (DirectoryStream<Path> all = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
      for (Path ignored : all) {
        count++;
      }
    }
    return count;
  }

  private static Set<String> sockets() throws IOException {
    Set<String> inodes = new HashSet<>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
      for (Path descriptor : all) {
        try {
          Matcher socket = SOCKET.matcher(Files.readSymbolicLink(descriptor).toString());
          if (socket.matches()) {
            inodes.add(socket.group(1));
          }
        } catch (NoSuchFileException closed) {
          continue; // the one this very look had open
        }
      }
    }
    return inodes;
  }
}
