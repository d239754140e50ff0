package org.meterledger.benchmarks;

import java.util.List;

/** One program: prepares its data, measures, reports. */
interface Benchmark {

  /** As given on the command line. */
  String name();

  /** What it measures against what, in one sentence. */
  String purpose();

  List<Options.Option> options();

  void run(Options options, Report report) throws Exception;
}
