package org.meterledger.simulators.g13;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A fresh gateway with the usual twelve meters for each test. */
abstract class WiredTest {
  G13Wired wired;

  @BeforeEach
  void start() {
    wired = new G13Wired();
  }

  @AfterEach
  void stop() {
    wired.close();
  }
}
