package org.meterledger.driver;

import java.net.URI;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Objects;

/** Where a meter answers. */
public sealed interface Endpoint {

  /**
   * A meter or gateway that speaks HTTP.
   *
   * @param base scheme, host and port, no path, for example {@code http://10.0.0.7}
   * @param user for Basic authentication; null where the meter asks for none
   * @param password null exactly when {@code user} is; never printed
   * @param timeout how long an answer may take, and anew each part of a long one that makes
   *     progress; at least a second
   * @param pin by which an {@code https} server is known instead of by its name; null for the usual
   *     check by name and authority
   * @param zone in which its clock runs where its times name none; not null
   */
  record Http(
      URI base, String user, String password, Duration timeout, CertificatePin pin, ZoneId zone)
      implements Endpoint {
    public Http {
      Objects.requireNonNull(zone);
    }

    public Http(URI base, String user, String password, Duration timeout) {
      this(base, user, password, timeout, null, ZoneOffset.UTC);
    }

    /** What follows host and port, without a slash at its end; empty for nothing. */
    public String path() {
      var path = base.getPath() == null ? "" : base.getPath();
      return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }

    @Override
    public String toString() {
      return base.toString();
    }
  }

  /**
   * A meter that is reached through a gateway, or answers together with others at one address.
   *
   * @param serialNumber of the meter, as the gateway knows it
   */
  record BehindGateway(Http gateway, String serialNumber) implements Endpoint {
    public BehindGateway {
      Objects.requireNonNull(serialNumber);
    }

    @Override
    public String toString() {
      return gateway + ", meter " + serialNumber;
    }
  }

  /**
   * A device that speaks Modbus.
   *
   * @param timeout within which each answer must have come whole, not counting the time that its
   *     bytes take on a serial line; at least a millisecond
   */
  record Modbus(ModbusAddress address, Duration timeout) implements Endpoint {
    public Modbus {
      Objects.requireNonNull(address);
      if (timeout.toMillis() < 1) {
        throw new IllegalArgumentException("No time to answer: " + timeout);
      }
    }

    @Override
    public String toString() {
      return address.toString();
    }
  }

  /**
   * What an address in text means.
   *
   * @param user for Basic authentication; of no use to Modbus, which knows no users
   * @param password null exactly when {@code user} is
   * @throws IllegalArgumentException with the rule that the address breaks
   */
  static Endpoint at(String address, String user, String password, Duration timeout) {
    return ModbusAddress.isModbus(address)
        ? new Modbus(ModbusAddress.parse(address), timeout)
        : new Http(URI.create(address), user, password, timeout);
  }

  /**
   * The one certificate that a server may show; devices issue their own.
   *
   * @param sha256 fingerprint of the certificate, 64 hexadecimal digits; colons, spaces and
   *     capitals are taken too
   * @param oldTls whether TLS 1.0 and 1.1 are allowed for this server, which are broken but all
   *     that some devices speak
   */
  record CertificatePin(String sha256, boolean oldTls) {
    /**
     * @throws IllegalArgumentException when this is no such fingerprint
     */
    public CertificatePin {
      sha256 = sha256.replaceAll("[:\\s]", "").toLowerCase(Locale.ROOT);
      if (!sha256.matches("[0-9a-f]{64}")) {
        throw new IllegalArgumentException("Not a SHA-256 fingerprint: " + sha256);
      }
    }
  }
}
