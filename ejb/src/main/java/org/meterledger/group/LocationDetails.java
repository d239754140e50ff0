package org.meterledger.group;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.io.Serializable;

/** What a person says of a place. */
public class LocationDetails implements Serializable {

  private static final long serialVersionUID = 1L;

  @NotNull
  @Size(min = 1, max = 80)
  @Pattern(regexp = "[^/]*", message = "{location.name.pattern}")
  private String name;

  @Size(max = 2000)
  private String parent;

  /** 1..80 characters without {@code /}, unique in its parent. */
  public String getName() {
    return name;
  }

  public void setName(String name) {
    this.name = name == null ? null : name.strip();
  }

  /** Full name of the place it is in; null at the root. */
  public String getParent() {
    return parent;
  }

  public void setParent(String parent) {
    this.parent = parent == null || parent.isBlank() ? null : parent.strip();
  }
}
