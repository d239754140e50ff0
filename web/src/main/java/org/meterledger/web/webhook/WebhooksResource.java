package org.meterledger.web.webhook;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.meterledger.access.Permission;
import org.meterledger.web.api.Page;
import org.meterledger.web.api.Version;
import org.meterledger.webhook.Webhook;
import org.meterledger.webhook.WebhookDelivery;
import org.meterledger.webhook.WebhookDetails;
import org.meterledger.webhook.Webhooks;

/** Who is told over HTTP of what happens. */
@Path("webhooks")
@RequestScoped
@RolesAllowed(Permission.Names.MANAGE_WEBHOOKS)
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "Webhooks")
public class WebhooksResource {

  @Inject private Webhooks webhooks;

  /**
   * A webhook with its id and how it stands.
   *
   * @param queued deliveries that wait
   * @param last the newest delivery; left out before the first
   */
  public record WebhookView(
      int id,
      String groupName,
      Instant createdAt,
      long queued,
      DeliveryView last,
      WebhookDetails webhook) {}

  /**
   * A new webhook.
   *
   * @param secret told here and never again
   */
  public record NewWebhook(int id, String secret, WebhookDetails webhook) {}

  @GET
  @Operation(summary = "All webhooks by name, with their newest delivery")
  public List<WebhookView> list() {
    return webhooks.all().stream().map(this::view).toList();
  }

  @POST
  @Operation(
      summary = "Add a webhook",
      description =
          "The answer holds the secret that signs, base64 after whsec_; it is never shown again."
              + " Messages are signed as Standard Webhooks has it. They come at least once and in"
              + " no particular order; one that comes twice has the same Webhook-Id.")
  public Response add(@NotNull @Valid WebhookDetails details, @Context UriInfo uri) {
    var added = webhooks.add(details);
    var webhook = added.webhook();
    return Version.created(
        uri,
        webhook.id(),
        webhook.version(),
        new NewWebhook(webhook.id(), added.secret(), webhooks.details(webhook)));
  }

  @GET
  @Path("{id}")
  @Operation(summary = "One webhook; what it shows as webhook can be sent back by PUT")
  public Response get(@PathParam("id") int id) {
    return answer(webhooks.get(id));
  }

  @PUT
  @Path("{id}")
  @Operation(
      summary = "Change a webhook",
      description =
          "Needs If-Match with the ETag of the last GET. Without a secret the one there is stays.")
  public Response change(
      @PathParam("id") int id,
      @HeaderParam(HttpHeaders.IF_MATCH) String ifMatch,
      @NotNull @Valid WebhookDetails details) {
    int version = webhooks.get(id).version();
    Version.require(ifMatch, version);
    return answer(webhooks.change(id, version, details));
  }

  @DELETE
  @Path("{id}")
  @Operation(summary = "Remove a webhook, with what it was not told yet")
  public void remove(@PathParam("id") int id) {
    webhooks.remove(id);
  }

  @POST
  @Path("{id}/test")
  @Operation(summary = "Queue a message of type PING; its delivery is in the log")
  public Response test(@PathParam("id") int id) {
    return Response.accepted(DeliveryView.of(webhooks.test(id))).build();
  }

  @GET
  @Path("{id}/deliveries")
  @Operation(summary = "A page of the log, newest first")
  public Page<DeliveryView> deliveries(
      @PathParam("id") int id,
      @QueryParam("state") WebhookDelivery.State state,
      @QueryParam("first") @DefaultValue("0") @Min(0) int first,
      @QueryParam("max") @DefaultValue("100") @Min(1) @Max(1000) int max) {
    webhooks.get(id);
    return new Page<>(
        first,
        max,
        webhooks.count(id, state),
        webhooks.deliveries(id, state, first, max).stream().map(DeliveryView::of).toList());
  }

  @POST
  @Path("{id}/deliveries/{deliveryId}/retry")
  @Operation(
      summary = "Make a delivery again, now and for another 24 hours; its message id stays",
      description = "One that is under way is left alone.")
  public Response retry(@PathParam("id") int id, @PathParam("deliveryId") long deliveryId) {
    return Response.accepted(DeliveryView.of(webhooks.retry(id, deliveryId))).build();
  }

  private Response answer(Webhook webhook) {
    return Version.answer(webhook.version(), view(webhook));
  }

  private WebhookView view(Webhook webhook) {
    return new WebhookView(
        webhook.id(),
        webhook.group(),
        webhook.createdAt(),
        webhook.queued(),
        DeliveryView.of(webhook.last()),
        webhooks.details(webhook));
  }
}
