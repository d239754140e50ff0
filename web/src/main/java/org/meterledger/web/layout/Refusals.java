package org.meterledger.web.layout;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.meterledger.operation.ApprovalRefused;
import org.meterledger.server.ChangedMeanwhile;
import org.meterledger.server.InvalidInput;
import org.meterledger.server.NotThere;
import org.meterledger.server.StillInUse;
import org.meterledger.user.AccountRefused;
import org.omnifaces.util.Components;
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
    } catch (AccountRefused refused) {
      tell(refused.rule());
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

  /** At the field where the form has one of that name, or of that name with "new" before it. */
  private void tell(AccountRefused.Rule rule) {
    String words = texts.of("refused", rule.code());
    String field = rule.field();
    String other = "new" + field.substring(0, 1).toUpperCase(Locale.ROOT) + field.substring(1);
    var form = Components.getCurrentForm();
    var input = Stream.of(field, other).map(form::findComponent).filter(Objects::nonNull).findAny();
    if (input.isPresent()) {
      Messages.addError(input.get().getClientId(), words);
    } else {
      Messages.addGlobalError(words);
    }
    Faces.validationFailed();
  }

  private void tell(String rule, String subject) {
    Messages.addGlobalError(texts.get("refusal." + rule, subject));
    Faces.validationFailed();
  }
}
