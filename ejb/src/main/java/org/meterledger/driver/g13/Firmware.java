package org.meterledger.driver.g13;

import jakarta.json.Json;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.meterledger.driver.CommandResult;
import org.meterledger.driver.ReadResult;
import org.meterledger.driver.http.Call;

/** Firmware of a gateway and of the meters behind it (N24 to N27). */
public final class Firmware {

  /** Meters in one request (manual p. 95). */
  public static final int MOST_METERS = 10;

  /** Far more than the 1.5 MB of the manual's example. */
  public static final int LARGEST_IMAGE = 32 << 20;

  private final G13Connection connection;

  Firmware(G13Connection connection) {
    this.connection = connection;
  }

  /** How far the update of one meter is. */
  public enum MeterState {
    PENDING,
    SUCCESS,
    FAILED
  }

  /** How far the update of all meters is. */
  public enum Progress {
    NOT_INITIATED,
    IN_PROGRESS,
    COMPLETED
  }

  /** One meter of an update. */
  public record MeterUpdate(String serialNumber, MeterState state) {}

  /** N24. */
  public record Status(Progress progress, List<MeterUpdate> meters) {
    public Status {
      meters = List.copyOf(meters);
    }

    static Status of(Node answer) {
      var meters = new ArrayList<MeterUpdate>();
      for (Node each : answer.at("devices").items()) {
        meters.add(new MeterUpdate(each.at("serial").text(), state(each.at("status"))));
      }
      var progress = (int) answer.at("firmwareupdatecomplete").whole(0, 2);
      return new Status(Progress.values()[progress], meters);
    }

    private static MeterState state(Node status) {
      try {
        return MeterState.valueOf(status.text().toUpperCase(Locale.ROOT));
      } catch (IllegalArgumentException e) {
        throw new BadAnswer("knows a state of an update that is none: " + status.text());
      }
    }
  }

  /** N24. */
  public ReadResult<Status> status() {
    return connection.get("/meters/firmwareupdatestatus", Status::of);
  }

  /**
   * N25. Puts an image into the gateway, and does nothing with it yet.
   *
   * @param fileName letters, digits, dots, hyphens and underscores
   */
  public CommandResult upload(String fileName, byte[] image) {
    Limit.rule(
        fileName.matches("[A-Za-z0-9._-]{1,100}"),
        "The name of an image has letters, digits, dots, hyphens and underscores");
    Limit.rule(
        image.length > 0 && image.length <= LARGEST_IMAGE,
        "An image has 1 byte to " + LARGEST_IMAGE + " bytes");
    var boundary = "meterledger-image-boundary";
    while (new String(image, StandardCharsets.ISO_8859_1).contains(boundary)) {
      boundary += "-";
    }
    var body = new ByteArrayOutputStream(image.length + 300);
    body.writeBytes(
        ("--"
                + boundary
                + "\r\nContent-Disposition: form-data; name=\"image\"; filename=\""
                + fileName
                + "\"\r\nContent-Type: application/octet-stream\r\n\r\n")
            .getBytes(StandardCharsets.ISO_8859_1));
    body.writeBytes(image);
    body.writeBytes(("\r\n--" + boundary + "--\r\n").getBytes(StandardCharsets.ISO_8859_1));
    return connection.upload(
        new Call(
            "POST", "/firmware", "multipart/form-data; boundary=" + boundary, body.toByteArray()));
  }

  /** N26. The gateway updates itself with the image that is in it. */
  public CommandResult updateGateway() {
    return connection.command("PUT", "/firmware");
  }

  /** N27. Updates meters with the image that is in the gateway; one update at a time. */
  public CommandResult updateMeters(List<String> serialNumbers) {
    Limit.rule(
        !serialNumbers.isEmpty() && serialNumbers.size() <= MOST_METERS,
        "One request updates 1 to " + MOST_METERS + " meters");
    var meters = Json.createArrayBuilder();
    serialNumbers.forEach(serial -> meters.add(Limit.serial(serial)));
    return connection.put(
        "/meters/firmware", Json.createObjectBuilder().add("meters", meters).build());
  }
}
