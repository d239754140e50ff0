package org.meterledger.webhook;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.io.Serializable;
import java.util.SortedSet;
import java.util.TreeSet;

/** What a person says of a webhook. */
public class WebhookDetails implements Serializable {

  private static final long serialVersionUID = 1L;

  @NotNull
  @Size(min = 1, max = 80)
  private String name;

  @NotNull
  @Size(min = 1, max = 2000)
  private String url;

  @NotNull
  @Size(min = 1)
  private SortedSet<WebhookEvent> events = new TreeSet<>();

  private Integer groupId;

  @Size(max = 200)
  private String secret;

  private boolean enabled = true;

  /** 1..80 characters, unique among webhooks. */
  public String getName() {
    return name;
  }

  public void setName(String name) {
    this.name = name == null ? null : name.strip();
  }

  /** http or https, in no private network. */
  public String getUrl() {
    return url;
  }

  public void setUrl(String url) {
    this.url = url == null ? null : url.strip();
  }

  /** At least one. */
  public SortedSet<WebhookEvent> getEvents() {
    return events;
  }

  public void setEvents(SortedSet<WebhookEvent> events) {
    this.events = events;
  }

  /** Only of the meters of this group; null: of all. */
  public Integer getGroupId() {
    return groupId;
  }

  public void setGroupId(Integer groupId) {
    this.groupId = groupId;
  }

  /**
   * Base64 of 24 to 64 bytes, with {@code whsec_} before it or not. Only ever comes in. Null has a
   * new webhook make one, and keeps that of another.
   */
  public String getSecret() {
    return secret;
  }

  public void setSecret(String secret) {
    this.secret = secret == null || secret.isBlank() ? null : secret.strip();
  }

  /** Of what happens while it is false, nothing is told later. */
  public boolean isEnabled() {
    return enabled;
  }

  public void setEnabled(boolean enabled) {
    this.enabled = enabled;
  }
}
