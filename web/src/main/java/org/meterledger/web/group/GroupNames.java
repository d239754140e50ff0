package org.meterledger.web.group;

import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.model.SelectItem;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.meterledger.group.MeterGroup;
import org.meterledger.group.MeterGroups;
import org.meterledger.web.layout.Texts;

/** Groups of meters by their names; those that are built in have one in each language. */
@Named
@RequestScoped
public class GroupNames {

  @Inject private MeterGroups groups;
  @Inject private Texts texts;

  private Map<Integer, String> seen;

  /** The name of a group on the page. */
  public String words(int id, String name) {
    return id <= MeterGroup.WATCHED ? texts.get("builtInGroup." + id) : name;
  }

  /** Of the groups that the caller sees by their ids, in the order of lists. */
  public Map<Integer, String> getSeen() {
    if (seen == null) {
      seen = new LinkedHashMap<>();
      groups.choices().forEach(each -> seen.put(each.id(), words(each.id(), each.name())));
    }
    return seen;
  }

  /** The same to choose from. */
  public List<SelectItem> getItems() {
    return getSeen().entrySet().stream()
        .map(entry -> new SelectItem(entry.getKey(), entry.getValue()))
        .toList();
  }
}
