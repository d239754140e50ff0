package org.meterledger.web.meters;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletResponse;
import java.io.Serializable;
import org.meterledger.meter.Meters;
import org.meterledger.web.layout.Texts;
import org.omnifaces.util.Faces;
import org.omnifaces.util.Messages;

/** Backs meters/remove.xhtml. */
@Named
@ViewScoped
public class RemoveMeterPage implements Serializable {

  private static final long serialVersionUID = 1L;

  @Inject private Meters meters;
  @Inject private Texts texts;

  private String serial;
  private String alias;
  private String typed;

  /** Answers 404 where there is no such meter. */
  public void load() {
    meters
        .find(serial == null ? "" : serial)
        .ifPresentOrElse(
            meter -> alias = meter.getAlias(),
            () -> Faces.responseSendError(HttpServletResponse.SC_NOT_FOUND, null));
  }

  public void remove() {
    if (!serial.equals(typed)) {
      Messages.addError("remove:typedSerial", texts.get("remove.differs"));
      Faces.validationFailed();
      return;
    }
    meters.remove(serial);
    Messages.addFlashGlobalInfo(texts.get("remove.done", serial));
    Faces.redirect(Faces.getRequestContextPath() + "/meters/list.xhtml");
  }

  public String getSerial() {
    return serial;
  }

  public void setSerial(String serial) {
    this.serial = serial;
  }

  public String getAlias() {
    return alias;
  }

  /** What the person typed to confirm. */
  public String getTyped() {
    return typed;
  }

  public void setTyped(String typed) {
    this.typed = typed == null ? null : typed.strip();
  }
}
