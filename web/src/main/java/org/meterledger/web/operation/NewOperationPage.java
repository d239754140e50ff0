package org.meterledger.web.operation;

import jakarta.faces.model.SelectItem;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletResponse;
import java.io.Serializable;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.meterledger.access.Access;
import org.meterledger.access.Permission;
import org.meterledger.meter.Meters;
import org.meterledger.operation.InvalidOperation;
import org.meterledger.operation.MeterOperation;
import org.meterledger.operation.OperationKinds;
import org.meterledger.operation.OperationList;
import org.meterledger.operation.OperationParameter;
import org.meterledger.operation.OperationRequest;
import org.meterledger.operation.Operations;
import org.meterledger.web.group.GroupNames;
import org.meterledger.web.layout.Texts;
import org.meterledger.web.security.Caller;
import org.omnifaces.util.Faces;

/** Backs operations/new.xhtml. */
@Named
@ViewScoped
public class NewOperationPage implements Serializable {

  private static final long serialVersionUID = 1L;

  private static final int HIGHEST_PRIORITY = 9;

  @Inject private Operations operations;
  @Inject private Access access;
  @Inject private OperationList list;
  @Inject private OperationKinds operationKinds;
  @Inject private Meters meters;
  @Inject private GroupNames groupNames;
  @Inject private OperationWords words;
  @Inject private Caller caller;
  @Inject private Texts texts;
  @Inject private Clock clock;

  /** Sent twice by an impatient finger, it is done once. */
  private final String key = UUID.randomUUID().toString();

  private final ArrayList<StepForm> steps = new ArrayList<>();
  private final HashMap<String, String> errors = new HashMap<>();
  private String serial;
  private Integer group;
  private Long again;
  private ArrayList<String> models = new ArrayList<>();
  private ZoneId zone = ZoneId.systemDefault();
  private String target;
  private int priority = OperationRequest.USUAL_PRIORITY;
  private String notBefore;
  private String expiresAt;
  private boolean retry = true;
  private boolean stopOnFailure = true;
  private transient Map<String, List<OperationParameter>> offers;

  /** Answers 403 to those who may only look, 404 where there is no such meter or group. */
  public void load() {
    if (!caller.may(Permission.OPERATE)) {
      Faces.responseSendError(HttpServletResponse.SC_FORBIDDEN, null);
      return;
    }
    if (serial != null && !loadMeter() || serial == null && group != null && !loadGroup()) {
      Faces.responseSendError(HttpServletResponse.SC_NOT_FOUND, null);
      return;
    }
    if (isChosen() && again != null) {
      list.find(access.sight(), again).ifPresent(this::repeat);
    }
    if (isChosen() && steps.isEmpty()) {
      addStep();
    }
  }

  private boolean loadMeter() {
    var meter = meters.find(serial);
    meter.ifPresent(
        found -> {
          models.add(found.getModel());
          zone = found.getTimeZone();
          target = found.getAlias() == null ? serial : serial + " " + found.getAlias();
          group = null;
        });
    return meter.isPresent();
  }

  private boolean loadGroup() {
    target = groupNames.getSeen().get(group);
    if (target != null) {
      models.addAll(operations.models(group));
    }
    return target != null;
  }

  private void repeat(MeterOperation before) {
    var work =
        before.bundleId() == null || group != null
            ? List.of(before)
            : list.bundle(access.sight(), before.bundleId());
    for (var each : work) {
      if (offers().containsKey(each.kind())) {
        var step = new StepForm(each.kind());
        step.take(parameters(step), OperationWords.json(each.parameters()), zone);
        steps.add(step);
      }
    }
    priority = before.priority();
    retry = !before.bypassRetry();
    stopOnFailure = before.stopOnFailure();
  }

  /**
   * What all models offer; a group of many models offers what each of them does. What takes an
   * object has a page of its own.
   */
  private Map<String, List<OperationParameter>> offers() {
    if (offers == null) {
      offers = operationKinds.common(models);
      offers
          .entrySet()
          .removeIf(
              offer ->
                  !caller.may(operationKinds.permission(offer.getKey()))
                      || offer.getValue().stream()
                          .anyMatch(each -> each.type() == OperationParameter.Type.OBJECT));
    }
    return offers;
  }

  public void addStep() {
    var kinds = getKinds();
    var step = new StepForm(kinds.isEmpty() ? null : (String) kinds.get(0).getValue());
    kindChosen(step);
    steps.add(step);
  }

  public void dropStep(int index) {
    steps.remove(index);
  }

  /** The parameters of another kind may want values to begin with. */
  public void kindChosen(StepForm step) {
    step.follow(parameters(step), LocalDate.ofInstant(clock.instant(), zone));
  }

  /** Queues it and shows it; what is wrong is said at the field. */
  public void submit() {
    errors.clear();
    try {
      var request = request();
      if (group == null) {
        var ids = operations.submit(serial, request, caller.getName(), key);
        Faces.redirect(Faces.getRequestContextPath() + "/operations/view.xhtml?id=%s", ids.get(0));
      } else {
        long id = operations.submitToGroup(group, request, caller.getName(), key);
        Faces.redirect(Faces.getRequestContextPath() + "/operations.xhtml?request=%s", id);
      }
    } catch (InvalidOperation broken) {
      refuse(broken);
    }
  }

  private OperationRequest request() {
    var work = new ArrayList<OperationRequest.Step>();
    for (int i = 0; i < steps.size(); i++) {
      var step = steps.get(i);
      try {
        work.add(
            new OperationRequest.Step(step.getKind(), step.parameters(parameters(step), zone)));
      } catch (InvalidOperation e) {
        throw new InvalidOperation(field(i, e.field()), e.rule(), e.getMessage());
      }
    }
    boolean single = work.size() == 1;
    return new OperationRequest(
        single ? work.get(0).kind() : null,
        single ? work.get(0).parameters() : null,
        single ? List.of() : work,
        priority,
        StepForm.instant("notBefore", notBefore, zone),
        StepForm.instant("expiresAt", expiresAt, zone),
        !retry,
        stopOnFailure,
        null);
  }

  private void refuse(InvalidOperation broken) {
    String plain = broken.field().replaceAll("^steps\\[\\d+]\\.", "");
    String sentence = texts.of("invalidOperation", plain + "." + broken.rule());
    if (sentence.equals(plain + "." + broken.rule())) {
      sentence = texts.of("invalidOperation", broken.rule());
    }
    boolean shown =
        plain.startsWith("parameters.")
            || List.of("kind", "priority", "notBefore", "expiresAt").contains(plain);
    errors.put(shown ? broken.field() : "", sentence);
  }

  private String field(int step, String field) {
    return isBundle() ? "steps[" + step + "]." + field : field;
  }

  /** What is wrong with a field of a step; null when nothing is. */
  public String error(int step, String field) {
    return errors.get(field(step, field));
  }

  /** By field; empty name for what concerns no field. */
  public Map<String, String> getErrors() {
    return errors;
  }

  public List<OperationParameter> parameters(StepForm step) {
    return offers().getOrDefault(step.getKind(), List.of());
  }

  public List<SelectItem> choices(OperationParameter parameter) {
    var none =
        parameter.required() ? Stream.<SelectItem>empty() : Stream.of(new SelectItem("", "–"));
    return Stream.concat(
            none,
            parameter.choices().stream()
                .map(each -> new SelectItem(each, words.choice(parameter.name(), each))))
        .toList();
  }

  public List<SelectItem> getKinds() {
    return offers().keySet().stream()
        .map(kind -> new SelectItem(kind, texts.of("kind", kind)))
        .toList();
  }

  /** The highest first. */
  public List<SelectItem> getPriorities() {
    return IntStream.rangeClosed(0, HIGHEST_PRIORITY)
        .map(i -> HIGHEST_PRIORITY - i)
        .mapToObj(each -> new SelectItem(each, priorityWords(each)))
        .toList();
  }

  private String priorityWords(int each) {
    String words = texts.of("priority", each);
    return words.equals(String.valueOf(each)) ? words : each + " – " + words;
  }

  /** Whether it is known whom to ask. */
  public boolean isChosen() {
    return target != null;
  }

  public boolean isBundle() {
    return steps.size() > 1;
  }

  /** The meter or group, in words. */
  public String getTarget() {
    return target;
  }

  /** In which times are meant. */
  public ZoneId getZone() {
    return zone;
  }

  public List<StepForm> getSteps() {
    return steps;
  }

  public String getSerial() {
    return serial;
  }

  public void setSerial(String serial) {
    this.serial = serial == null || serial.isBlank() ? null : serial.strip();
  }

  public Integer getGroup() {
    return group;
  }

  public void setGroup(Integer group) {
    this.group = group;
  }

  /** Id of an operation that is asked again. */
  public Long getAgain() {
    return again;
  }

  public void setAgain(Long again) {
    this.again = again;
  }

  public int getPriority() {
    return priority;
  }

  public void setPriority(int priority) {
    this.priority = priority;
  }

  public String getNotBefore() {
    return notBefore;
  }

  public void setNotBefore(String notBefore) {
    this.notBefore = notBefore;
  }

  public String getExpiresAt() {
    return expiresAt;
  }

  public void setExpiresAt(String expiresAt) {
    this.expiresAt = expiresAt;
  }

  public boolean isRetry() {
    return retry;
  }

  public void setRetry(boolean retry) {
    this.retry = retry;
  }

  public boolean isStopOnFailure() {
    return stopOnFailure;
  }

  public void setStopOnFailure(boolean stopOnFailure) {
    this.stopOnFailure = stopOnFailure;
  }
}
