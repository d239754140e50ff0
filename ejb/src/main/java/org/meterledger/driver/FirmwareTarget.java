package org.meterledger.driver;

import java.nio.file.Path;
import java.time.Instant;
import java.util.function.IntConsumer;

/** The steps of IEC 62056-6-2 class 18, Image Transfer: transfer, verify, activate. */
public non-sealed interface FirmwareTarget extends Capability {

  /** {@code sha256} in hexadecimal, lower case, of the whole file. */
  record FirmwareImage(String identifier, String sha256, Path file) {}

  ReadResult<String> readFirmwareIdentifier();

  /** Resumes at the first block the meter lacks; reports the blocks done so far. */
  CommandResult transfer(FirmwareImage image, IntConsumer blocksDone);

  CommandResult verify(FirmwareImage image);

  CommandResult activate(FirmwareImage image, Instant at);
}
