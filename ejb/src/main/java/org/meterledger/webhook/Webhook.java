package org.meterledger.webhook;

import java.io.Serializable;
import java.time.Instant;
import java.util.List;

/**
 * Who is told of what.
 *
 * @param events in the order of their declaration; never empty
 * @param groupId only of these meters; null: of all
 * @param group the name of that group; null: all meters
 * @param version counts the changes
 * @param queued deliveries that wait to be made or made again
 * @param last the newest delivery; null before the first
 */
public record Webhook(
    int id,
    String name,
    String url,
    List<WebhookEvent> events,
    Integer groupId,
    String group,
    boolean enabled,
    int version,
    Instant createdAt,
    long queued,
    WebhookDelivery last)
    implements Serializable {}
