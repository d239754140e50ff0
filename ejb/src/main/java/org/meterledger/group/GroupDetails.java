package org.meterledger.group;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * What a person says of a group of meters. Meters that are picked by hand are not here, since they
 * may be many: see {@link MeterGroups#pick}.
 */
public class GroupDetails implements Serializable {

  private static final long serialVersionUID = 1L;

  @NotNull
  @Size(min = 1, max = 80)
  private String name;

  @NotNull
  @Size(max = 1000)
  private List<@NotNull @Valid GroupRule> rules = new ArrayList<>();

  /** 1..80 characters, unique among groups. */
  public String getName() {
    return name;
  }

  public void setName(String name) {
    this.name = name == null ? null : name.strip();
  }

  /** At most 1000. */
  public List<GroupRule> getRules() {
    return rules;
  }

  public void setRules(List<GroupRule> rules) {
    this.rules = rules;
  }
}
