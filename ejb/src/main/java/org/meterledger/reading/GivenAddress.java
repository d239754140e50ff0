package org.meterledger.reading;

import jakarta.json.JsonObject;
import java.net.URI;
import java.util.Set;
import java.util.regex.Pattern;
import org.meterledger.operation.InvalidOperation;
import org.meterledger.operation.OperationParameter;

/** An address to which a device is sent, and by which certificate it knows who is there. */
final class GivenAddress {

  static final String ADDRESS = "address";
  static final String CERTIFICATE = "certificate";

  private static final int LONGEST = 255;
  private static final int LONGEST_NAME = 64;
  private static final Set<String> SCHEMES = Set.of("http", "https");

  /** Neither control characters nor spaces nor what is not ASCII. */
  private static final Pattern PRINTABLE = Pattern.compile("[!-~]+");

  private static final Pattern FILE_NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");

  private GivenAddress() {}

  static OperationParameter parameter() {
    return OperationParameter.text(ADDRESS, true, LONGEST);
  }

  static OperationParameter certificateParameter() {
    return OperationParameter.text(CERTIFICATE, false, LONGEST_NAME);
  }

  static URI of(JsonObject parameters) {
    return URI.create(parameters.getString(ADDRESS));
  }

  /** Null where none is given. */
  static String certificate(JsonObject parameters) {
    return parameters.getString(CERTIFICATE, null);
  }

  /**
   * @throws InvalidOperation when one of the two breaks a rule
   */
  static void check(JsonObject parameters) {
    var text = parameters.getString(ADDRESS);
    if (!PRINTABLE.matcher(text).matches() || !fits(text)) {
      throw new InvalidOperation(
          "parameters." + ADDRESS,
          "pattern",
          "address is http:// or https:// with a host, without user, password, fragment, spaces and"
              + " control characters");
    }
    var certificate = certificate(parameters);
    if (certificate != null && !FILE_NAME.matcher(certificate).matches()) {
      throw new InvalidOperation(
          "parameters." + CERTIFICATE,
          "pattern",
          "certificate is the name of a file in the device: letters, digits, dots, - and _");
    }
  }

  private static boolean fits(String text) {
    try {
      var address = URI.create(text);
      return address.getScheme() != null
          && SCHEMES.contains(address.getScheme())
          && address.getHost() != null
          && address.getRawUserInfo() == null
          && address.getRawFragment() == null
          && address.getPort() <= 65_535
          && address.getPort() != 0;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
