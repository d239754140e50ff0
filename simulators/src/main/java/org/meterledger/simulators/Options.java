package org.meterledger.simulators;

/** What the command lines of all simulators have in common. */
public final class Options {
  private Options() {}

  /**
   * The whole number behind an option.
   *
   * @param arguments of the command line
   * @param place of the number, behind its option
   * @throws IllegalArgumentException that names the option when there is no number or it lies
   *     outside of {@code least} and {@code most}
   */
  public static long number(String[] arguments, int place, long least, long most) {
    String option = arguments[place - 1];
    String value = place < arguments.length ? arguments[place] : "";
    if (!value.matches("[0-9]{1,10}")) {
      throw new IllegalArgumentException(option + " wants a number");
    }
    long number = Long.parseLong(value);
    if (number < least || number > most) {
      throw new IllegalArgumentException(
          option + " goes from " + least + " to " + most + ": " + number);
    }
    return number;
  }
}
