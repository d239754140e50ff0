package org.meterledger.web.layout;

import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletResponse;
import java.io.Serializable;
import org.meterledger.server.NotThere;
import org.omnifaces.util.Faces;

/**
 * Backs a page that lists things, and on which one of them is looked at, made, changed or removed.
 *
 * @param <D> what a person says of such a thing
 */
public abstract class DetailsForm<D extends Serializable> implements Serializable {

  private static final long serialVersionUID = 1L;

  @Inject private Refusals refusals;

  private final String page;
  private Integer id;
  private int version;
  private D details;

  /**
   * @param page its path, with a slash in front
   * @param details of a new thing
   */
  protected DetailsForm(String page, D details) {
    this.page = page;
    this.details = details;
  }

  /**
   * Finds what there is, and {@link #show shows} it.
   *
   * @throws NotThere when there is none with this id
   */
  protected abstract void find(int id);

  /** Returns the id of the new thing. */
  protected abstract int add(D details);

  protected abstract void change(int id, int version, D details);

  protected abstract void drop(int id);

  /** Answers 404 where there is no such thing. */
  public void load() {
    if (id == null) {
      return;
    }
    try {
      find(id);
    } catch (NotThere gone) {
      Faces.responseSendError(HttpServletResponse.SC_NOT_FOUND, null);
    }
  }

  protected void show(int itsVersion, D itsDetails) {
    version = itsVersion;
    details = itsDetails;
  }

  public void save() {
    finish(
        () -> {
          if (id == null) {
            id = add(details);
          } else {
            change(id, version, details);
          }
        });
  }

  public void remove() {
    finish(
        () -> {
          drop(id);
          id = null;
        });
  }

  /** Does the work and opens the page anew; what refuses it is said on the page as it is. */
  protected void finish(Runnable work) {
    if (refusals.done(work)) {
      Faces.redirect(Faces.getRequestContextPath() + address());
    }
  }

  /** Where one is when the work is done: at the list. */
  protected String address() {
    return page;
  }

  public D getDetails() {
    return details;
  }

  /** Null for a new thing. */
  public Integer getId() {
    return id;
  }

  public void setId(Integer id) {
    this.id = id;
  }
}
