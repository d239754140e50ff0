package org.meterledger.web.meter;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.meterledger.access.Permission;
import org.meterledger.archive.LoadProfiles;
import org.meterledger.archive.Series;
import org.meterledger.meter.Meter;
import org.meterledger.meter.Meters;
import org.meterledger.web.api.Csv;
import org.meterledger.web.api.Exports;

/** Interval data of a meter. */
@Path("meters/{serial}/load-profile")
@RequestScoped
@RolesAllowed(Permission.Names.VIEW_METERS)
@Tag(name = "Load profile")
public class LoadProfileResource {

  @Inject private Exports exports;
  @Inject private Meters meters;
  @Inject private LoadProfiles profiles;

  /** A load profile that a meter has. */
  public record ProfileDescription(
      String obis, Long capturePeriodSeconds, List<ChannelDescription> channels) {}

  /** A series; its buckets have this width, and those without rows are left out. */
  public record SeriesView(
      long bucketSeconds,
      boolean thinned,
      List<Series.SeriesChannel> channels,
      List<Series.Point> points) {}

  /** A channel as its register stands; told as power it has another unit. */
  public record ChannelDescription(String obis, String unit, int scaler, boolean cumulative) {}

  @GET
  @Produces(MediaType.APPLICATION_JSON + ";qs=1")
  @Operation(summary = "Rows, one after the other, in the order in which the meter recorded them")
  public Response json(@PathParam("serial") String serial, @BeanParam ProfileRequest request) {
    var meter = meters.get(serial);
    var query = request.query(meter, profiles);
    var export = new ProfileExport(meter, request, query.orElse(null));
    return exports.json(meter, "load-profile", out -> export.json(profiles, out));
  }

  @GET
  @Produces(Csv.MEDIA_TYPE + ";qs=0.9")
  @Operation(summary = "The same as a table: period_end, sequence, status, then the channels")
  public Response csv(@PathParam("serial") String serial, @BeanParam ProfileRequest request) {
    var meter = meters.get(serial);
    var query = request.query(meter, profiles);
    var export = new ProfileExport(meter, request, query.orElse(null));
    return exports.csv(meter, "load-profile", out -> export.csv(profiles, out));
  }

  @GET
  @Path("series")
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(summary = "Minimum, mean and maximum per bucket, thinned to what a chart can show")
  public SeriesView series(
      @PathParam("serial") String serial,
      @BeanParam ProfileRequest request,
      @QueryParam("points") @DefaultValue("1000") @Min(1) @Max(10_000) int points) {
    return request
        .query(meters.get(serial), profiles)
        .map(query -> profiles.series(query, points))
        .map(
            series ->
                new SeriesView(
                    series.bucket().toSeconds(),
                    series.thinned(),
                    series.channels(),
                    series.points()))
        .orElseGet(() -> new SeriesView(0, false, List.of(), List.of()));
  }

  @GET
  @Path("versions")
  @Produces(MediaType.APPLICATION_JSON + ";qs=1")
  @Operation(
      summary = "What the meter told otherwise later: all versions of such rows, as read",
      description = "supersededAt is null for the version that counts")
  public Response versions(@PathParam("serial") String serial, @BeanParam ProfileRequest request) {
    var meter = meters.get(serial);
    var export = versionsOf(meter, request);
    return exports.json(meter, "load-profile-versions", out -> export.json(profiles, out));
  }

  @GET
  @Path("versions")
  @Produces(Csv.MEDIA_TYPE + ";qs=0.9")
  @Operation(summary = "The same as a table")
  public Response versionsTable(
      @PathParam("serial") String serial, @BeanParam ProfileRequest request) {
    var meter = meters.get(serial);
    var export = versionsOf(meter, request);
    return exports.csv(meter, "load-profile-versions", out -> export.csv(profiles, out));
  }

  private VersionsExport versionsOf(Meter meter, ProfileRequest request) {
    return new VersionsExport(
        meter.getSerialNumber(), request.zone(meter), request.query(meter, profiles).orElse(null));
  }

  @GET
  @Path("channels")
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(summary = "The load profiles of the meter and their channels")
  public List<ProfileDescription> channels(@PathParam("serial") String serial) {
    return profiles.of(meters.get(serial).getId()).stream()
        .map(
            profile ->
                new ProfileDescription(
                    profile.obis().toString(),
                    profile.capturePeriod() == null ? null : profile.capturePeriod().toSeconds(),
                    profile.channels().stream()
                        .map(each -> each.channel())
                        .map(
                            channel ->
                                new ChannelDescription(
                                    channel.obis().toString(),
                                    channel.unit().symbol(),
                                    channel.scaler(),
                                    channel.obis().cumulative()))
                        .toList()))
        .toList();
  }
}
