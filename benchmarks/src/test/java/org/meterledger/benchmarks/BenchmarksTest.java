package org.meterledger.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each benchmark still runs and reports; how fast says nothing at these sizes. */
class BenchmarksTest {

  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

  private List<String> figures(Benchmark benchmark, String options) throws Exception {
    var report = new Report(new PrintStream(printed, true, StandardCharsets.UTF_8));
    Benchmarks.run(benchmark, report, options.split(" "));
    assertThat(report.figures()).allSatisfy(f -> assertThat(f.value()).isPositive());
    return report.figures().stream().map(Report.Figure::name).toList();
  }

  @Test
  void archive() throws Exception {
    assertThat(
            figures(new ArchiveBenchmark(), "--meters 40 --rows-before 400 --rounds 1 --threads 2"))
        .contains("archive.copy", "archive.rows", "archive.sessions")
        .contains("archive.share.copy-of-rows-with-encoding", "archive.share.commit");
    assertThat(printed.toString(StandardCharsets.UTF_8))
        .contains("fsync=on, synchronous_commit=on")
        .containsPattern("(?m)^archive\\.rows [0-9.]+ rows/s ratio=[0-9.]+ exponent=-?[0-9.]+$");
  }

  @Test
  void bytes() throws Exception {
    assertThat(figures(new BytesBenchmark(), "--meters 20 --periods 4 --threads 2"))
        .containsExactly("bytes.channels-1", "bytes.channels-6", "bytes.channels-20");
  }

  @Test
  void reading() throws Exception {
    assertThat(figures(new ReadingBenchmark(), "--meters 4 --sessions 2 --latency-ms 1 --rounds 1"))
        .containsExactly("reading.meters");
  }

  @Test
  void byReading() throws Exception {
    assertThat(figures(new ByReadingBenchmark(), "--meters 4 --sessions 2 --latency-ms 1"))
        .containsExactly("by-reading.last");
  }

  @Test
  void gatewayFleet() throws Exception {
    assertThat(
            figures(
                new GatewayFleetBenchmark(),
                "--gateways 2 --meters 2 --latency-ms 0 --sessions 4 --rounds 1"))
        .containsExactly("g13-fleet.round", "g13-fleet.late", "g13-fleet.cpu");
    assertThat(printed.toString(StandardCharsets.UTF_8)).contains("1 request(s) of one gateway");
  }

  @Test
  void gatewayFirstRead() throws Exception {
    assertThat(figures(new GatewayFirstReadBenchmark(), "--items 1600 --rounds 1"))
        .containsExactly("g13-first-read.items");
  }

  @Test
  void dmed4Registers() throws Exception {
    assertThat(
            figures(
                new Dmed4RegistersBenchmark(), "--meters 3 --latency-ms 1 --readings 2 --rounds 1"))
        .containsExactly("dmed4-registers.read", "dmed4-registers.simulator");
    assertThat(printed.toString(StandardCharsets.UTF_8))
        .containsPattern("At most 1 request\\(s\\) and [12] connection\\(s\\) of one meter");
  }

  @Test
  void series() throws Exception {
    assertThat(figures(new SeriesBenchmark(), "--meters 1 --queries 2"))
        .containsExactly("series.month");
  }

  @Test
  void claims() throws Exception {
    assertThat(figures(new ClaimBenchmark(), "--tasks 12000 --few 9000 --claims 2"))
        .containsExactly("claims.tasks");
  }

  @Test
  void groups() throws Exception {
    assertThat(figures(new GroupsBenchmark(), "--meters 30 --few 3"))
        .containsExactly("groups.submit", "groups.progress", "groups.plan");
  }

  @Test
  void access() throws Exception {
    assertThat(figures(new AccessBenchmark(), "--meters 300 --group 30 --queries 2"))
        .containsExactly("access.list", "access.search", "access.count", "access.series");
  }

  @Test
  void completeness() throws Exception {
    assertThat(
            figures(new CompletenessBenchmark(), "--meters 30 --few 3 --queries 2 --archived 10"))
        .containsExactly(
            "completeness.members.few",
            "completeness.members.many",
            "completeness.group",
            "completeness.count");
    assertThat(printed.toString(StandardCharsets.UTF_8)).contains("Counted: 10 days with 921 rows");
  }

  @Test
  void ocmf() throws Exception {
    assertThat(figures(new OcmfBenchmark(), "--records 2 --rounds 1"))
        .containsExactly(
            "ocmf.secp192k1",
            "ocmf.secp256k1",
            "ocmf.secp192r1",
            "ocmf.secp256r1",
            "ocmf.secp384r1",
            "ocmf.brainpoolp256r1",
            "ocmf.brainpoolp384r1");
  }

  @Test
  void refusesAnUnknownOption() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> figures(new ArchiveBenchmark(), "--metres 3"))
        .withMessage("Unknown option --metres");
  }
}
