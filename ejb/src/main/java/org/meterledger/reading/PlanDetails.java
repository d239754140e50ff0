package org.meterledger.reading;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.io.Serializable;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** What a person says of a reading plan, from a page or the API. */
public class PlanDetails implements Serializable {

  private static final long serialVersionUID = 1L;

  private static final int DAY = 86_400;
  private static final int MONTH = 2_678_400;

  @NotBlank
  @Size(max = 80)
  private String name;

  @NotEmpty private SortedSet<TaskKind> kinds = new TreeSet<>(Set.of(TaskKind.LOAD_PROFILE));

  @NotNull private Integer group;

  @Min(5)
  @Max(MONTH)
  private Integer everySeconds;

  @Size(max = 100)
  private String cron;

  @NotNull
  @Size(max = 64)
  private String timeZone = "UTC";

  @Min(0)
  @Max(DAY)
  private int spreadSeconds = 300;

  @Min(1)
  @Max(MONTH)
  private int deadlineSeconds = 1_800;

  private boolean enabled = true;

  /** 1..80 characters, unique. */
  public String getName() {
    return name;
  }

  public void setName(String name) {
    this.name = name == null ? null : name.strip();
  }

  /** What is read; a meter that has none of it is not asked for it. */
  public SortedSet<TaskKind> getKinds() {
    return kinds;
  }

  public void setKinds(SortedSet<TaskKind> kinds) {
    this.kinds = kinds == null ? new TreeSet<>() : kinds;
  }

  /** Id of the group of meters. */
  public Integer getGroup() {
    return group;
  }

  public void setGroup(Integer group) {
    this.group = group;
  }

  /**
   * 5 s to 31 days; null where there is {@link #getCron()}. The load profile of a model that keeps
   * none is made with periods of this length where the model allows it, else of its usual length.
   */
  public Integer getEverySeconds() {
    return everySeconds;
  }

  public void setEverySeconds(Integer everySeconds) {
    this.everySeconds = everySeconds;
  }

  /** Minute, hour, day of month, month, day of week as in crontab(5); null with an interval. */
  public String getCron() {
    return cron;
  }

  public void setCron(String cron) {
    this.cron = cron == null || cron.isBlank() ? null : cron.strip();
  }

  /** In which {@link #getCron()} is meant; IANA name. */
  public String getTimeZone() {
    return timeZone;
  }

  public void setTimeZone(String timeZone) {
    this.timeZone = timeZone;
  }

  /** Meters are asked within so many seconds after the time, each at its own; 0 to a day. */
  public int getSpreadSeconds() {
    return spreadSeconds;
  }

  public void setSpreadSeconds(int spreadSeconds) {
    this.spreadSeconds = spreadSeconds;
  }

  /** A reading is late so many seconds after its time; 1 s to 31 days. */
  public int getDeadlineSeconds() {
    return deadlineSeconds;
  }

  public void setDeadlineSeconds(int deadlineSeconds) {
    this.deadlineSeconds = deadlineSeconds;
  }

  /** Whether it is followed. */
  public boolean isEnabled() {
    return enabled;
  }

  public void setEnabled(boolean enabled) {
    this.enabled = enabled;
  }
}
