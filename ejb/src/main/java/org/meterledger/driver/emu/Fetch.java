package org.meterledger.driver.emu;

import org.meterledger.driver.http.Answer;

/** Asks one meter for a path with its query, and takes no body larger than so many bytes. */
@FunctionalInterface
interface Fetch {
  Answer get(String path, int largest);
}
