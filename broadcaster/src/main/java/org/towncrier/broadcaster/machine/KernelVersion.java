package org.towncrier.broadcaster.machine;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A version of Linux, such as 6.1.192. */
record KernelVersion(int major, int minor, int patch) implements Comparable<KernelVersion> {
  private static final Comparator<KernelVersion> ORDER =
      Comparator.comparingInt(KernelVersion::major)
          .thenComparingInt(KernelVersion::minor)
          .thenComparingInt(KernelVersion::patch);

  /** Debian writes it after its name: "Debian 6.1.192-1", "Debian 1:6.12.47-1+rpt1". */
  private static final Pattern DEBIAN =
      Pattern.compile("Debian (?:\\d+:)?(\\d{1,4})\\.(\\d{1,4})\\.(\\d{1,4})");

  private static final Pattern RELEASE =
      Pattern.compile("^(\\d{1,4})\\.(\\d{1,4})(?:\\.(\\d{1,4}))?");

  /**
   * Debian calls all kernels of a series alike ({@code 6.1.0-41-amd64}): what it was built from is
   * in its build line only.
   *
   * @param release {@code /proc/sys/kernel/osrelease}
   * @param build {@code /proc/sys/kernel/version}; {@code /proc/version} names the compiler too,
   *     which is Debian's as well
   */
  static Optional<KernelVersion> of(String release, String build) {
    Matcher debian = DEBIAN.matcher(build);
    if (debian.find()) {
      return Optional.of(read(debian));
    }
    Matcher plain = RELEASE.matcher(release);
    return plain.find() ? Optional.of(read(plain)) : Optional.empty();
  }

  private static KernelVersion read(Matcher matcher) {
    return new KernelVersion(
        Integer.parseInt(matcher.group(1)),
        Integer.parseInt(matcher.group(2)),
        matcher.group(3) == null ? 0 : Integer.parseInt(matcher.group(3)));
  }

  boolean atLeast(int otherMajor, int otherMinor, int otherPatch) {
    return compareTo(new KernelVersion(otherMajor, otherMinor, otherPatch)) >= 0;
  }

  @Override
  public int compareTo(KernelVersion other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return major + "." + minor + "." + patch;
  }
}
