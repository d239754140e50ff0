package org.meterledger.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** On what the figures were taken: without that they say nothing. */
final class Machine {

  private static final Path CPU_INFO = Path.of("/proc/cpuinfo");
  private static final double GIBIBYTE = 1 << 30;

  private Machine() {}

  static String describe() {
    var system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    return String.format(
        Locale.ROOT,
        "%s %s, %d cores%s, %.1f GiB, Java %s with a heap of at most %.1f GiB, load %.1f",
        system.getName(),
        system.getArch(),
        system.getAvailableProcessors(),
        processor(),
        system.getTotalMemorySize() / GIBIBYTE,
        Runtime.version(),
        Runtime.getRuntime().maxMemory() / GIBIBYTE,
        system.getSystemLoadAverage());
  }

  private static String processor() {
    if (!Files.isReadable(CPU_INFO)) {
      return "";
    }
    try (var lines = Files.lines(CPU_INFO)) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .findFirst()
          .map(line -> " of " + line.substring(line.indexOf(':') + 1).strip())
          .orElse("");
    } catch (IOException e) {
      return "";
    }
  }
}
