package org.meterledger.web.reading;

import jakarta.faces.model.SelectItem;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletResponse;
import java.io.Serializable;
import java.time.ZoneId;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.meterledger.group.MeterGroup;
import org.meterledger.reading.PlanDetails;
import org.meterledger.reading.ReadingPlans;
import org.meterledger.reading.TaskKind;
import org.meterledger.server.InvalidInput;
import org.meterledger.web.layout.Texts;
import org.omnifaces.util.Faces;
import org.omnifaces.util.Messages;

/** Backs readings/plan.xhtml, for a new plan and for one that is there. */
@Named
@ViewScoped
public class PlanPage implements Serializable {

  private static final long serialVersionUID = 1L;

  @Inject private ReadingPlans plans;
  @Inject private Texts texts;

  private Integer id;
  private int version;
  private PlanDetails details;
  private String name;
  private String typed;

  /** Answers 404 where there is no such plan. */
  public void load() {
    if (id == null) {
      details = new PlanDetails();
      details.setTimeZone(ZoneId.systemDefault().getId());
      details.setGroup(MeterGroup.ALL);
    } else {
      plans
          .find(id)
          .ifPresentOrElse(
              plan -> {
                details = plan.details();
                version = plan.version();
                name = details.getName();
              },
              () -> Faces.responseSendError(HttpServletResponse.SC_NOT_FOUND, null));
    }
  }

  public void save() {
    try {
      if (id == null) {
        plans.add(details);
      } else if (!plans.update(id, version, details)) {
        Messages.addGlobalError(texts.get("plan.changed"));
        return;
      }
      Messages.addFlashGlobalInfo(texts.get("plan.saved", details.getName()));
      Faces.redirect(Faces.getRequestContextPath() + "/readings.xhtml");
    } catch (InvalidInput broken) {
      Messages.addError(
          "plan:" + broken.field(), texts.of("invalidPlan", broken.field() + "." + broken.rule()));
      Faces.validationFailed();
    }
  }

  public void remove() {
    if (!name.equals(typed)) {
      Messages.addError("removal:typedName", texts.get("plan.differs"));
      Faces.validationFailed();
      return;
    }
    plans.remove(id);
    Messages.addFlashGlobalInfo(texts.get("plan.removed", name));
    Faces.redirect(Faces.getRequestContextPath() + "/readings.xhtml");
  }

  public boolean isNew() {
    return id == null;
  }

  public List<SelectItem> getKinds() {
    return Stream.of(TaskKind.values())
        .map(kind -> new SelectItem(kind, texts.of("kind", kind)))
        .toList();
  }

  public TreeSet<String> getZones() {
    return new TreeSet<>(ZoneId.getAvailableZoneIds());
  }

  public PlanDetails getDetails() {
    return details;
  }

  /** As check boxes have it. */
  public TaskKind[] getChosen() {
    return details.getKinds().toArray(TaskKind[]::new);
  }

  public void setChosen(TaskKind[] chosen) {
    details.setKinds(new TreeSet<>(List.of(chosen)));
  }

  /** Of the plan as it is stored; null for a new one. */
  public String getName() {
    return name;
  }

  public Integer getId() {
    return id;
  }

  public void setId(Integer id) {
    this.id = id;
  }

  /** What the person typed to confirm. */
  public String getTyped() {
    return typed;
  }

  public void setTyped(String typed) {
    this.typed = typed == null ? null : typed.strip();
  }
}
