package org.meterledger.web.group;

import jakarta.faces.model.SelectItem;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.Arrays;
import java.util.List;
import org.meterledger.group.GroupDetails;
import org.meterledger.group.GroupRule;
import org.meterledger.group.MeterGroup;
import org.meterledger.group.MeterGroups;
import org.meterledger.group.RuleKind;
import org.meterledger.web.layout.DetailsForm;
import org.meterledger.web.layout.Texts;

/** Backs groups.xhtml: all groups, and the one that is looked at or made. */
@Named
@ViewScoped
public class GroupsPage extends DetailsForm<GroupDetails> {

  private static final long serialVersionUID = 1L;

  @Inject private MeterGroups groups;
  @Inject private Texts texts;

  private boolean builtIn;
  private RuleKind ruleKind = RuleKind.LABEL;
  private String ruleValue;
  private boolean ruleExcluded;
  private String serials;

  public GroupsPage() {
    super("/groups.xhtml", new GroupDetails());
  }

  @Override
  protected void find(int id) {
    var group = groups.get(id);
    builtIn = group.builtIn();
    show(group.version(), groups.details(group));
  }

  @Override
  protected int add(GroupDetails details) {
    return groups.add(details).id();
  }

  @Override
  protected void change(int id, int version, GroupDetails details) {
    groups.change(id, version, details);
  }

  @Override
  protected void drop(int id) {
    groups.remove(id);
  }

  /** A group stays in view when it was changed. */
  @Override
  protected String address() {
    return getId() == null ? super.address() : super.address() + "?group=" + getId();
  }

  public void addRule() {
    getDetails().getRules().add(new GroupRule(ruleKind, ruleValue, ruleExcluded));
    ruleValue = null;
    ruleExcluded = false;
  }

  public void removeRule(int number) {
    getDetails().getRules().remove(number);
  }

  /** Picks the meters whose serial numbers stand in the text. */
  public void pick() {
    finish(() -> groups.pick(getId(), listed(), List.of()));
  }

  public void letGo() {
    finish(() -> groups.pick(getId(), List.of(), listed()));
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
