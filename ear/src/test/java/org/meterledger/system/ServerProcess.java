package org.meterledger.system;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The provisioned server with the EAR, as a child process with configuration, deployments, data and
 * log of its own. What is written lies below one directory, so that a second {@link #start()} finds
 * what the first left. Nothing of the caller's METERLEDGER_ environment reaches it.
 */
public final class ServerProcess implements AutoCloseable {

  private static final Path MODULE = Path.of(System.getProperty("basedir", ""));
  private static final Path HOME = MODULE.resolve("target/server").toAbsolutePath();
  private static final Path EAR = MODULE.resolve("target/meterledger.ear").toAbsolutePath();
  private static final Path JAVA_OPTIONS =
      MODULE.resolve("src/main/distribution/bin/java.options").toAbsolutePath();

  private static final Duration START_LIMIT = Duration.ofMinutes(3);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(60);
  private static final Duration TICK = Duration.ofMillis(200);

  private final Path base;
  private final Map<String, String> environment = new LinkedHashMap<>();
  private final List<String> javaOptions = new ArrayList<>();
  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
  private boolean shielded;
  private Process process;

  private ServerProcess(Path base) {
    this.base = base.toAbsolutePath();
  }

  /** As {@link #in}, without what an earlier run may have left there. */
  public static ServerProcess inNew(Path directory) {
    clear(directory);
    return in(directory);
  }

  /** Of what every JVM of the tests has one; two of them run at the same time. */
  static Path ofThisRun(String name) {
    return Path.of("target/it", name + '-' + ProcessHandle.current().pid());
  }

  /** Deletes what an earlier run may have left. */
  static void clear(Path directory) {
    if (Files.exists(directory)) {
      try (Stream<Path> left = Files.walk(directory)) {
        left.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** On free ports until {@link #with} says otherwise; nothing is started yet. */
  public static ServerProcess in(Path directory) {
    return new ServerProcess(directory)
        .with("METERLEDGER_HTTP_PORT", Ports.free())
        .with("METERLEDGER_HTTPS_PORT", Ports.free())
        .with("METERLEDGER_MANAGEMENT_PORT", Ports.free());
  }

  public ServerProcess with(String variable, Object value) {
    environment.put(variable, value.toString());
    return this;
  }

  public ServerProcess with(Database database) {
    return with("METERLEDGER_DATABASE_URL", database.url())
        .with("METERLEDGER_DATABASE_USER", database.user())
        .with("METERLEDGER_DATABASE_PASSWORD", database.password());
  }

  /** One of several; nodes of one cluster name keep each other's sessions. */
  public ServerProcess asNode(String name, String cluster) {
    return with("METERLEDGER_CLUSTER_NAME", cluster)
        .withJavaOption("-Djboss.node.name=" + name)
        .withJavaOption("-Djboss.tx.node.id=" + name);
  }

  public ServerProcess withJavaOption(String option) {
    javaOptions.add(option);
    return this;
  }

  /**
   * Ctrl-C reaches every process of the terminal; a shielded server stops only when told to, so
   * that its owner decides the order. Windows has no such shield.
   */
  public ServerProcess shieldedFromInterrupt() {
    shielded = File.separatorChar == '/';
    return this;
  }

  /** Returns at once; {@link #awaitReady()} waits for the deployment. */
  public ServerProcess start() {
    try {
      layOut();
      ProcessBuilder builder = new ProcessBuilder(command()).directory(base.toFile());
      builder.environment().keySet().removeIf(name -> name.startsWith("METERLEDGER_"));
      builder.environment().putAll(environment);
      process =
          builder
              .redirectErrorStream(true)
              .redirectOutput(Redirect.appendTo(log().toFile()))
              .start();
      // a server without input cannot be stopped by the end of the caller's
      process.getOutputStream().close();
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException("The server did not start", e);
    }
  }

  private void layOut() throws IOException {
    layOut(base);
    Path deployments = base.resolve("deployments");
    try (Stream<Path> markers = Files.list(deployments)) {
      for (Path marker : markers.toList()) {
        Files.delete(marker);
      }
    }
    Files.copy(EAR, deployments.resolve(EAR.getFileName()), StandardCopyOption.REPLACE_EXISTING);
  }

  /** Makes a directory that can be the server's jboss.server.base.dir; keeps data that is there. */
  static void layOut(Path base) throws IOException {
    copyFlat(HOME.resolve("standalone/configuration"), base.resolve("configuration"));
    Files.createDirectories(base.resolve("deployments"));
    Files.createDirectories(base.resolve("log"));
  }

  private static void copyFlat(Path from, Path to) throws IOException {
    Files.createDirectories(to);
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.copy(file, to.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  private List<String> command() {
    List<String> command = new ArrayList<>();
    if (shielded) {
      command.addAll(List.of("sh", "-c", "trap '' INT; exec \"$@\"", "sh"));
    }
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("@" + JAVA_OPTIONS);
    command.addAll(javaOptions);
    command.add("-Djboss.home.dir=" + HOME);
    command.add("-Djboss.server.base.dir=" + base);
    command.add("-Dorg.jboss.boot.log.file=" + base.resolve("log/server.log"));
    command.add(
        "-Dlogging.configuration=" + base.resolve("configuration/logging.properties").toUri());
    command.add("-jar");
    command.add(HOME.resolve("jboss-modules.jar").toString());
    command.addAll(List.of("-mp", HOME.resolve("modules").toString(), "org.jboss.as.standalone"));
    return command;
  }

  /** Waits until the EAR is deployed and a page is answered. */
  public ServerProcess awaitReady() throws InterruptedException {
    long limit = System.nanoTime() + START_LIMIT.toNanos();
    while (!ready()) {
      if (process.waitFor(TICK.toMillis(), TimeUnit.MILLISECONDS)) {
        throw failure("The server ended with exit code " + process.exitValue());
      }
      if (Files.exists(base.resolve("deployments/" + EAR.getFileName() + ".failed"))) {
        throw failure("The EAR was refused");
      }
      if (System.nanoTime() > limit) {
        throw failure("The server was not ready within " + START_LIMIT.toSeconds() + " s");
      }
    }
    return this;
  }

  private boolean ready() throws InterruptedException {
    if (Files.notExists(base.resolve("deployments/" + EAR.getFileName() + ".deployed"))) {
      return false;
    }
    try {
      HttpRequest front = HttpRequest.newBuilder(uri()).timeout(Duration.ofSeconds(10)).build();
      int status = http.send(front, BodyHandlers.discarding()).statusCode();
      return status < 400 || status == 401 || status == 403;
    } catch (IOException e) {
      return false;
    }
  }

  private IllegalStateException failure(String what) {
    return new IllegalStateException(what + "; from " + log() + ":\n" + troubles());
  }

  /**
   * What went wrong first causes what follows it, so the first errors come before the last lines.
   */
  private String troubles() {
    try {
      List<String> lines = Files.readAllLines(log());
      Stream<String> errors =
          lines.stream().filter(line -> line.contains(" ERROR ") || line.contains(" FATAL "));
      List<String> last = lines.subList(Math.max(0, lines.size() - 20), lines.size());
      return String.join("\n", Stream.concat(errors.limit(20), last.stream()).toList());
    } catch (IOException e) {
      return e.toString();
    }
  }

  public URI uri() {
    return URI.create("http://localhost:" + environment.get("METERLEDGER_HTTP_PORT") + "/");
  }

  /** Health and metrics. */
  public URI managementUri() {
    return URI.create("http://localhost:" + environment.get("METERLEDGER_MANAGEMENT_PORT") + "/");
  }

  /** What the process printed, of all its starts. */
  public Path log() {
    return base.resolve("log/console.log");
  }

  public Path directory() {
    return base;
  }

  public boolean running() {
    return process != null && process.isAlive();
  }

  /** Whether the server ended within the time, for whatever reason. */
  public boolean awaitEnd(Duration limit) throws InterruptedException {
    return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
  }

  public void awaitEnd() throws InterruptedException {
    process.waitFor();
  }

  /** As an operator stops it; kills when that takes longer than a minute. */
  public void stop() {
    end(Process::destroy);
  }

  /** As a power cut stops it. */
  public void kill() {
    end(Process::destroyForcibly);
  }

  private void end(Consumer<Process> how) {
    if (!running()) {
      return;
    }
    how.accept(process);
    boolean interrupted = false;
    try {
      if (!process.waitFor(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      interrupted = true;
      process.destroyForcibly();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    stop();
  }
}
