package org.meterledger.web.group;

import jakarta.faces.model.SelectItem;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletResponse;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import org.meterledger.group.GroupDetails;
import org.meterledger.group.GroupRule;
import org.meterledger.group.MeterGroup;
import org.meterledger.group.MeterGroups;
import org.meterledger.group.RuleKind;
import org.meterledger.server.NotThere;
import org.meterledger.web.layout.Refusals;
import org.meterledger.web.layout.Texts;
import org.omnifaces.util.Faces;

/** Backs groups.xhtml: all groups, and the one that is looked at or made. */
@Named
@ViewScoped
public class GroupsPage implements Serializable {

  private static final long serialVersionUID = 1L;

  @Inject private MeterGroups groups;
  @Inject private Refusals refusals;
  @Inject private Texts texts;

  private Integer id;
  private int version;
  private boolean builtIn;
  private GroupDetails details = new GroupDetails();
  private RuleKind ruleKind = RuleKind.LABEL;
  private String ruleValue;
  private boolean ruleExcluded;
  private String serials;

  public void load() {
    if (id == null) {
      return;
    }
    try {
      var group = groups.get(id);
      version = group.version();
      builtIn = group.builtIn();
      details = groups.details(group);
    } catch (NotThere gone) {
      Faces.responseSendError(HttpServletResponse.SC_NOT_FOUND, null);
    }
  }

  public void addRule() {
    details.getRules().add(new GroupRule(ruleKind, ruleValue, ruleExcluded));
    ruleValue = null;
    ruleExcluded = false;
  }

  public void removeRule(int number) {
    details.getRules().remove(number);
  }

  public void save() {
    refusals.done(
        () -> show((id == null ? groups.add(details) : groups.change(id, version, details)).id()));
  }

  /** Picks the meters whose serial numbers stand in the text. */
  public void pick() {
    refusals.done(() -> show(groups.pick(id, listed(), List.of()).id()));
  }

  public void letGo() {
    refusals.done(() -> show(groups.pick(id, List.of(), listed()).id()));
  }

  public void remove() {
    refusals.done(
        () -> {
          groups.remove(id);
          Faces.redirect(Faces.getRequestContextPath() + "/groups.xhtml");
        });
  }

  private static void show(int group) {
    Faces.redirect(Faces.getRequestContextPath() + "/groups.xhtml?group=%s", group);
  }

  private List<String> listed() {
    return serials == null
        ? List.of()
        : Arrays.stream(serials.split("[\\s,;]+")).filter(each -> !each.isEmpty()).toList();
  }

  public List<MeterGroup> getGroups() {
    return groups.all();
  }

  public List<SelectItem> getKinds() {
    return Arrays.stream(RuleKind.values())
        .map(kind -> new SelectItem(kind, texts.of("rule", kind)))
        .toList();
  }

  public boolean isBuiltIn() {
    return builtIn;
  }

  public GroupDetails getDetails() {
    return details;
  }

  public Integer getId() {
    return id;
  }

  public void setId(Integer id) {
    this.id = id;
  }

  public RuleKind getRuleKind() {
    return ruleKind;
  }

  public void setRuleKind(RuleKind ruleKind) {
    this.ruleKind = ruleKind;
  }

  public String getRuleValue() {
    return ruleValue;
  }

  public void setRuleValue(String ruleValue) {
    this.ruleValue = ruleValue;
  }

  public boolean isRuleExcluded() {
    return ruleExcluded;
  }

  public void setRuleExcluded(boolean ruleExcluded) {
    this.ruleExcluded = ruleExcluded;
  }

  public String getSerials() {
    return serials;
  }

  public void setSerials(String serials) {
    this.serials = serials;
  }
}
