package org.meterledger.web.layout;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import org.meterledger.operation.ApprovalRefused;
import org.meterledger.server.ChangedMeanwhile;
import org.meterledger.server.InvalidInput;
import org.meterledger.server.NotThere;
import org.meterledger.server.StillInUse;
import org.omnifaces.util.Faces;
import org.omnifaces.util.Messages;

/** Says on a page, in its language, why something was not stored. */
@RequestScoped
public class Refusals {

  @Inject private Texts texts;

  /** Whether the work was done; what refuses it becomes a message. */
  public boolean done(Runnable work) {
    try {
      work.run();
      return true;
    } catch (InvalidInput broken) {
      tell(broken.rule(), broken.subject());
    } catch (ChangedMeanwhile changed) {
      tell("changed", "");
    } catch (StillInUse used) {
      tell("used", "");
    } catch (ApprovalRefused refused) {
      tell("approval." + refused.why(), refused.subject());
    } catch (NotThere gone) {
      tell("gone", "");
    }
    return false;
  }

  private void tell(String rule, String subject) {
    Messages.addGlobalError(texts.get("refusal." + rule, subject));
    Faces.validationFailed();
  }
}
