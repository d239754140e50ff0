package org.meterledger.web.audit;

import jakarta.annotation.PostConstruct;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Stream;
import org.meterledger.audit.AuditAction;
import org.meterledger.audit.AuditEntry;
import org.meterledger.audit.AuditFilter;
import org.meterledger.audit.AuditTrail;
import org.meterledger.audit.AuditVerdict;
import org.meterledger.web.layout.Formats;
import org.meterledger.web.layout.LazyRows;
import org.omnifaces.util.Servlets;

/** Backs audit.xhtml. */
@Named
@ViewScoped
public class AuditPage implements Serializable {

  private static final long serialVersionUID = 1L;

  @Inject private AuditTrail trail;
  @Inject private Formats format;

  private String from;
  private String to;
  private String account;
  private String action;
  private String subject;
  private String outcome;
  private int first;
  private LazyRows<AuditEntry> rows;
  private AuditVerdict verdict;

  @PostConstruct
  void begin() {
    rows =
        new LazyRows<>(
            (begin, max, sort, ascending) -> trail.list(filter(), begin, max),
            () -> trail.count(filter()));
  }

  private AuditFilter filter() {
    var until = day(to);
    return new AuditFilter(
        start(day(from)),
        start(until == null ? null : until.plusDays(1)),
        account,
        action,
        subject,
        Stream.of(AuditEntry.Outcome.values())
            .filter(each -> each.name().equals(outcome))
            .findFirst()
            .orElse(null),
        null);
  }

  private Instant start(LocalDate day) {
    return day == null ? null : day.atStartOfDay(getZone()).toInstant();
  }

  private static LocalDate day(String text) {
    try {
      return text == null ? null : LocalDate.parse(text);
    } catch (DateTimeException e) {
      return null;
    }
  }

  public void verify() {
    verdict = trail.verify();
  }

  /** Null until somebody has asked for it. */
  public AuditVerdict getVerdict() {
    return verdict;
  }

  public List<AuditDifference.Field> changes(AuditEntry entry) {
    return AuditDifference.of(entry);
  }

  /** Parameters of the API for all that the filter lets through. */
  public String getExport() {
    var filter = filter();
    var parameters = new LinkedHashMap<String, List<String>>();
    parameters.put("from", text(filter.from()));
    parameters.put("to", text(filter.to()));
    parameters.put("account", text(account));
    parameters.put("action", text(action));
    parameters.put("subject", text(subject));
    parameters.put("outcome", text(filter.outcome()));
    return Servlets.toQueryString(parameters);
  }

  private static List<String> text(Object part) {
    return part == null ? List.of() : List.of(part.toString());
  }

  public boolean isFiltered() {
    return !filter().equals(AuditFilter.ALL);
  }

  public AuditAction[] getActions() {
    return AuditAction.values();
  }

  public AuditEntry.Outcome[] getOutcomes() {
    return AuditEntry.Outcome.values();
  }

  public LazyRows<AuditEntry> getRows() {
    return rows;
  }

  /** Of what is done to the portal, which has no place. */
  public ZoneId getZone() {
    return format.getZone();
  }

  /** First day; absent where it is no date. */
  public String getFrom() {
    return from;
  }

  public void setFrom(String from) {
    this.from = from;
  }

  /** Last day, included. */
  public String getTo() {
    return to;
  }

  public void setTo(String to) {
    this.to = to;
  }

  public String getAccount() {
    return account;
  }

  public void setAccount(String account) {
    this.account = blankToNull(account);
  }

  public String getAction() {
    return action;
  }

  public void setAction(String action) {
    this.action = blankToNull(action);
  }

  public String getSubject() {
    return subject;
  }

  public void setSubject(String subject) {
    this.subject = blankToNull(subject);
  }

  public String getOutcome() {
    return outcome;
  }

  public void setOutcome(String outcome) {
    this.outcome = blankToNull(outcome);
  }

  public int getFirst() {
    return first;
  }

  public void setFirst(int first) {
    this.first = Math.max(0, first);
  }

  private static String blankToNull(String text) {
    return text == null || text.isBlank() ? null : text.strip();
  }
}
